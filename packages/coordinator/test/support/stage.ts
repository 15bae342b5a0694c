import type { GroupCoordinator } from "../../src/index.ts";

/** What those who act in a story see of it. */
export interface Stage {
  readonly coordinator: GroupCoordinator;
  /** Adds a line to the trace. */
  say(words: string): void;
  /** A member id as the trace shows it: whose it is, and the how manyth of theirs. */
  readonly label: (memberId: string) => string;
  /** The member id behind a label, or of an actor. */
  memberId(label: string): string;
}
