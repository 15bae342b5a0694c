import { hourMs } from "@millrace/vocabulary";
import { type Fault, lasting } from "../../faults/fault.ts";
import type { FaultScene } from "./fault.ts";

/** What becomes of the processes of clients. */
export const clientFaults = {
  "client crash": {
    does: "a client's process dies in the middle of what it does, and another comes",
    strike: ({ stage, client, chance }) => stage.clients.crash(stage, client, chance.within([1, 2_000])),
  },
  "client pause": {
    does: "a client stands still and goes on with what it was at",
    strike: (scene) =>
      lasting(
        scene,
        [500, 12_000],
        () => scene.stage.world.pause(scene.client),
        () => scene.stage.world.resume(scene.client),
      ),
  },
  "client's clock is off": {
    does: "a client stamps its records with another time",
    strike: ({ stage, client, chance }) => {
      stage.world.jumpWallClock(client, chance.pick([-10_000 * hourMs, -hourMs, hourMs / 2]));
      return true;
    },
  },
} as const satisfies Record<string, Fault<FaultScene>>;
