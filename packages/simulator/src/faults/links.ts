import { type Fault, lasting, type MachineScene } from "./fault.ts";

/** What becomes of all that travels, whoever sends it. */
export const linkFaults = {
  "lost packets": {
    does: "a part of all packets is lost and sent again up to three seconds later",
    strike: (scene) => {
      const { world } = scene.stage;
      return lasting(
        scene,
        [500, 8_000],
        () => world.changeNetwork({ lostPpm: scene.chance.pick([10_000, 100_000, 300_000]) }),
        () => world.changeNetwork({ lostPpm: 0 }),
      );
    },
  },
} as const satisfies Record<string, Fault<MachineScene>>;
