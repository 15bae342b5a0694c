import { hourMs } from "@millrace/vocabulary";
import type { Fault, MachineScene } from "./fault.ts";

/** What wall clocks do; monotonic ones go on. */
export const clockFaults = {
  "clock jumps forward": {
    does: "the wall clock jumps ahead by up to a day",
    strike: ({ stage, node, chance }) => {
      stage.world.jumpWallClock(node.name, chance.pick([1, 1_000, hourMs, 23 * hourMs]));
      return true;
    },
  },
  "clock jumps back": {
    does: "the wall clock jumps back by up to a day",
    strike: ({ stage, node, chance }) => {
      stage.world.jumpWallClock(node.name, -chance.pick([1, 1_000, hourMs, 23 * hourMs]));
      return true;
    },
  },
} as const satisfies Record<string, Fault<MachineScene>>;
