import type { Side } from "./side.ts";

/** A story that is played on both brokers alike. What it asks by `side.ask` is compared. */
export interface Scenario {
  /** A claim's subject: the test says that both brokers do it alike. */
  readonly title: string;
  readonly play: (side: Side) => Promise<void>;
}

export function scenario(title: string, play: Scenario["play"]): Scenario {
  return { title, play };
}
