import type { Clock } from "@millrace/runtime";

/** Lets everything else that is ready run first. */
export function nextTurn(clock: Clock): Promise<void> {
  return new Promise((resolve) => clock.afterTurn(resolve));
}
