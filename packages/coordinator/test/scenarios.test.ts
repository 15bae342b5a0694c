import { join } from "node:path";
import { tellScenarios } from "../../../test/support/scenarios.ts";
import { Story } from "./support/story.ts";

tellScenarios(join(import.meta.dirname, "scenarios"), () => {
  const story = new Story();
  return { tell: (line) => story.tell(line), end: () => story.coordinator.close() };
});
