import { zeroUuid } from "@millrace/vocabulary";
import { type Scenario, scenario } from "../scenario.ts";

export const metadataScenarios: readonly Scenario[] = [
  scenario("Metadata of a topic", async (side) => {
    await side.createTopic("metadata-one", { partitions: 3 });
    await side.askEach("a topic by name", "Metadata", () => ({ topics: [{ name: "metadata-one", topicId: zeroUuid }] }));
    await side.askEach("no topic", "Metadata", (version) => ({
      topics: version === 0 ? [{ name: "metadata-one", topicId: zeroUuid }] : [],
    }));
  }),
];
