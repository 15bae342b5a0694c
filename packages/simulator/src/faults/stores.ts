import { type Fault, lasting, type MachineScene } from "./fault.ts";

/** What the stores of keys and values do. */
export const storeFaults = {
  "failed store commit": {
    does: "for a moment the commits of the stores fail, and may be there or not",
    strike: (scene) => {
      const { world } = scene.stage;
      return lasting(
        scene,
        [1, 100],
        () => world.change(scene.node.name, { kv: { commitFailedPpm: 1_000_000 } }),
        () => world.change(scene.node.name, { kv: { commitFailedPpm: 0 } }),
      );
    },
  },
  "slow store": {
    does: "commits of the stores take up to a second",
    strike: (scene) => {
      const { world, usual } = scene.stage;
      return lasting(
        scene,
        [500, 8_000],
        () => world.change(scene.node.name, { kv: { commitUs: [1_000, 1_000_000] } }),
        () => world.change(scene.node.name, { kv: { commitUs: usual.machine?.kv?.commitUs ?? [500, 3_000] } }),
      );
    },
  },
} as const satisfies Record<string, Fault<MachineScene>>;
