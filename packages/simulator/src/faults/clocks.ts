import { hourMs } from "@millrace/vocabulary";
import type { Fault } from "./fault.ts";

/** What wall clocks do; monotonic ones go on. */
export const clockFaults = {
  "clock jumps forward": {
    does: "the broker's wall clock jumps ahead by up to a day",
    strike: ({ stage, node, chance }) => {
      stage.world.jumpWallClock(node.name, chance.pick([1, 1_000, hourMs, 23 * hourMs]));
      return true;
    },
  },
  "clock jumps back": {
    does: "the broker's wall clock jumps back by up to a day",
    strike: ({ stage, node, chance }) => {
      stage.world.jumpWallClock(node.name, -chance.pick([1, 1_000, hourMs, 23 * hourMs]));
      return true;
    },
  },
  "client's clock is off": {
    does: "a client stamps its records with another time",
    strike: ({ stage, client, chance }) => {
      stage.world.jumpWallClock(client, chance.pick([-10_000 * hourMs, -hourMs, hourMs / 2]));
      return true;
    },
  },
} as const satisfies Record<string, Fault>;
