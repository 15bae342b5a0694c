import { join } from "node:path";
import { tellScenarios } from "../../../test/support/scenarios.ts";
import { ControllerStory } from "./support/controller-story.ts";

tellScenarios(join(import.meta.dirname, "scenarios"), () => {
  const story = new ControllerStory();
  return { tell: (line) => story.tell(line) };
});
