import type { DiskOperation } from "@millrace/runtime/simulated";
import { GiB } from "@millrace/vocabulary";
import { type Fault, lasting, type MachineScene } from "./fault.ts";

/** The next few operations of a kind fail. */
function fails(operation: DiskOperation, errno?: string): Fault<MachineScene> {
  return {
    does: `the next ${operation} fails${errno === undefined ? "" : ` with ${errno}`}`,
    strike: ({ stage, node }) => {
      stage.world.failNext(node.name, operation, errno);
      return true;
    },
  };
}

function slows(scene: MachineScene, part: "operationUs" | "syncUs", lastUs: number): boolean {
  const { world } = scene.stage;
  const usual = scene.stage.usual.machine?.disk?.[part] ?? [20, 120];
  return lasting(
    scene,
    [500, 8_000],
    () => world.change(scene.node.name, { disk: { [part]: [1_000, lastUs] } }),
    () => world.change(scene.node.name, { disk: { [part]: usual } }),
  );
}

/** What disks do that are still as they were written. */
export const diskFaults = {
  "failed read": fails("read"),
  "failed write": fails("write"),
  "failed sync": {
    does: "the next sync fails, and what it was about is never written",
    strike: fails("sync").strike,
  },
  "failed open": fails("open"),
  "no descriptor left": fails("open", "EMFILE"),
  "failed rename": fails("rename"),
  "failed truncation": fails("truncate"),
  "failed directory sync": fails("syncDirectory"),
  "failed listing": fails("list"),
  "quota exceeded": fails("write", "EDQUOT"),
  "full disk": {
    does: "there is room for a few KiB more, until somebody makes some",
    strike: (scene) => {
      const { world } = scene.stage;
      const usedBytes = world.platter(scene.node.name).usedBytes;
      return lasting(
        scene,
        [500, 8_000],
        () => world.change(scene.node.name, { disk: { capacityBytes: usedBytes + scene.chance.below(8_192) } }),
        () => world.change(scene.node.name, { disk: { capacityBytes: 16 * GiB } }),
      );
    },
  },
  "slow disk": { does: "operations take up to 200 ms", strike: (scene) => slows(scene, "operationUs", 200_000) },
  "slow sync": { does: "syncs take up to three seconds", strike: (scene) => slows(scene, "syncUs", 3_000_000) },
} as const satisfies Record<string, Fault<MachineScene>>;
