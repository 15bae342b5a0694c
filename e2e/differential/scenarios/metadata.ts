import { zeroUuid } from "@millrace/vocabulary";
import { type Scenario, scenario } from "../scenario.ts";
import { illegalNames, longestName, unknownId } from "./names.ts";

/** Field that versions before 4 lack: there, topics are always created. */
const withoutCreation = (version: number) => (version >= 4 ? { allowAutoTopicCreation: false } : {});
const byName = (name: string) => ({ name, topicId: zeroUuid });

export const metadataScenarios: readonly Scenario[] = [
  scenario("Metadata of topics that are there", async (side) => {
    const topicId = await side.createTopic("metadata-there", { partitions: 3 });
    await side.askEach("a topic by name", "Metadata", () => ({ topics: [byName("metadata-there")] }));
    await side.askEach("a topic twice", "Metadata", () => ({ topics: [byName("metadata-there"), byName("metadata-there")] }));
    await side.askEach("authorized operations", "Metadata", (version) => ({
      topics: [byName("metadata-there")],
      ...(version >= 8 ? { includeTopicAuthorizedOperations: true } : {}),
      ...(version >= 8 && version <= 10 ? { includeClusterAuthorizedOperations: true } : {}),
    }));
    for (const version of side.versionsOf("Metadata").filter((each) => each >= 10)) {
      await side.attempt("a topic by id", "Metadata", version, { topics: [{ name: null, topicId }] });
      await side.attempt("a topic by id and name", "Metadata", version, { topics: [{ name: "metadata-there", topicId }] });
      await side.attempt("a topic by id and another name", "Metadata", version, { topics: [{ name: "metadata-other", topicId }] });
    }
  }),

  scenario("Metadata of no topics and of all", async (side) => {
    for (const version of side.versionsOf("Metadata").filter((each) => each >= 1)) {
      await side.attempt("no topics", "Metadata", version, { topics: [], ...withoutCreation(version) });
    }
  }),

  scenario("Metadata of internal topics", (side) =>
    side.askEach("an internal topic", "Metadata", () => ({ topics: [byName("__consumer_offsets")] })),
  ),

  scenario("Metadata of topics that are not there", async (side) => {
    for (const version of side.versionsOf("Metadata").filter((each) => each >= 4)) {
      const ask = (situation: string, ...names: string[]) =>
        side.attempt(situation, "Metadata", version, { topics: names.map(byName), allowAutoTopicCreation: false });
      await ask("an unknown topic", "metadata-unknown");
      await ask("the longest name, unknown", longestName);
      await ask("an unknown topic twice", "metadata-unknown", "metadata-unknown");
      for (const name of illegalNames) await ask("an illegal name", name);
      await ask("an illegal name among others", "metadata-unknown", "no/name");
    }
    for (const version of side.versionsOf("Metadata").filter((each) => each >= 10)) {
      const ask = (situation: string, topics: { name: string | null; topicId: string }[]) =>
        side.attempt(situation, "Metadata", version, { topics, allowAutoTopicCreation: false });
      await ask("an unknown id", [{ name: null, topicId: unknownId }]);
      await ask("an unknown id and a name", [{ name: "metadata-unknown", topicId: unknownId }]);
      await ask("neither id nor name", [{ name: null, topicId: zeroUuid }]);
      await ask("an unknown id, and a name apart", [{ name: null, topicId: unknownId }, byName("metadata-unknown")]);
    }
  }),

  scenario("Metadata that creates topics", async (side) => {
    for (const version of side.versionsOf("Metadata")) {
      const name = `metadata-created-${version}`;
      await side.attempt("a topic to be created", "Metadata", version, { topics: [byName(name)] });
      await side.seesTopic(name);
      await side.attempt("a topic that was created", "Metadata", version, { topics: [byName(name)] });
      await side.attempt("an illegal name to be created", "Metadata", version, { topics: [byName("no/name"), byName("..")] });
    }
  }),
];
