import { join } from "node:path";
import { tellScenarios } from "../../../test/support/scenarios.ts";
import { QuorumStory } from "./support/quorum-story.ts";

tellScenarios(join(import.meta.dirname, "scenarios"), () => {
  const story = new QuorumStory();
  return { tell: (line) => story.tell(line) };
});
