import { join } from "node:path";
import { tellScenarios } from "../../../test/support/scenarios.ts";
import { MachineStory } from "./support/machine-story.ts";

tellScenarios(join(import.meta.dirname, "machine-scenarios"), () => {
  const story = new MachineStory();
  return { tell: (line) => story.tell(line) };
});
