import { join } from "node:path";
import { tellScenarios } from "../../../test/support/scenarios.ts";
import { LivesStory } from "./support/lives-story.ts";
import { MembershipStory } from "./support/membership-story.ts";

tellScenarios(join(import.meta.dirname, "lives"), () => {
  const story = new LivesStory();
  return { tell: (line) => story.tell(line) };
});

tellScenarios(join(import.meta.dirname, "membership"), () => {
  const story = new MembershipStory();
  return { tell: (line) => story.tell(line) };
});
