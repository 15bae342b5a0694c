import { batchHeaderBytes, BatchView } from "@millrace/records";
import { dataPath } from "../cluster/broker-node.ts";
import { type Fault, lasting } from "../../faults/fault.ts";
import type { FaultScene } from "./fault.ts";

/** What a batch begins with. */
const baseOffsetBytes = 8;

/** A file of a partition that clients know, of which the name ends so; undefined where there is none with bytes in it. */
function drawFile({ stage, chance, node }: FaultScene, ending: string): { path: string; bytes: number } | undefined {
  const platter = stage.world.platter(node.name);
  const paths = platter
    .files()
    .filter((path) => path.endsWith(ending) && partitionOf(path, stage.model.partitions) !== undefined && platter.bytes(path)!.length > 0);
  if (paths.length === 0) return undefined;
  const path = chance.pick(paths);
  return { path, bytes: platter.bytes(path)!.length };
}

/** The partition that a file belongs to, of those that are known. */
function partitionOf<Known>(path: string, known: ReadonlyMap<string, Known>): Known | undefined {
  const [, name] = /\/logs\/([^/]+)\//.exec(path) ?? [];
  return name === undefined ? undefined : known.get(name);
}

function rotIn(scene: FaultScene, ending: string): boolean {
  const { stage, chance, node } = scene;
  const file = drawFile(scene, ending);
  if (file === undefined) return false;
  stage.model.damage(partitionOf(file.path, stage.model.partitions)!.name);
  const platter = stage.world.platter(node.name);
  const position = chance.below(file.bytes);
  platter.flipBit(file.path, ending === ".log" ? besideBaseOffset(platter.bytes(file.path)!, position) : position, chance.below(8));
  return true;
}

/**
 * A position of a segment that is no base offset: no checksum covers these, and a batch that claims other offsets is not told apart from what
 * compaction leaves.
 */
function besideBaseOffset(bytes: Buffer, position: number): number {
  const view = new BatchView(bytes);
  let start = 0;
  while (start + batchHeaderBytes <= bytes.length) {
    view.moveTo(start);
    if (view.sizeBytes < batchHeaderBytes || start + view.sizeBytes > position) break;
    start += view.sizeBytes;
  }
  return position < start + baseOffsetBytes ? Math.min(position + baseOffsetBytes, bytes.length - 1) : position;
}

/** Spoils something while no process lives, and starts one on it. */
function whileDown(scene: FaultScene, spoil: () => void): boolean {
  const { node, chance } = scene;
  if (!node.isAlive) return false;
  node.crash("killed", chance.pick([50, 1_000]));
  spoil();
  return true;
}

/** What becomes of bytes that were written. */
export const rotFaults = {
  "bit rot in a log": { does: "one bit of a segment turns over", strike: (scene) => rotIn(scene, ".log") },
  "bit rot in an offset index": { does: "one bit of an .index turns over", strike: (scene) => rotIn(scene, ".index") },
  "bit rot in a time index": { does: "one bit of a .timeindex turns over", strike: (scene) => rotIn(scene, ".timeindex") },
  "bit rot in a hint": {
    does: "one bit turns over of what the state store keeps, while the broker is down",
    strike: (scene) => {
      const { world } = scene.stage;
      const [index, bit] = [scene.chance.below(1_000), scene.chance.below(10_000)];
      return whileDown(scene, () => void world.platter(scene.node.name).rotStore(`${dataPath}/state`, index, bit));
    },
  },
  "truncated tail": {
    does: "a segment has lost its end when the broker starts",
    strike: (scene) => {
      const file = drawFile(scene, ".log");
      if (file === undefined) return false;
      const { stage, node, chance } = scene;
      return whileDown(scene, () => {
        stage.model.damage(partitionOf(file.path, stage.model.partitions)!.name);
        stage.world.platter(node.name).shorten(file.path, chance.below(file.bytes));
      });
    },
  },
  "lost index": {
    does: "an index is gone when the broker starts",
    strike: (scene) => {
      const file = drawFile(scene, scene.chance.pick([".index", ".timeindex"]));
      if (file === undefined) return false;
      return whileDown(scene, () => scene.stage.world.platter(scene.node.name).shorten(file.path, 0));
    },
  },
  "misdirected writes": {
    does: "for a moment writes land elsewhere in their file",
    strike: (scene) => {
      const { world } = scene.stage;
      return lasting(
        scene,
        [10, 500],
        () => world.change(scene.node.name, { disk: { misdirectedPpm: 300_000 } }),
        () => world.change(scene.node.name, { disk: { misdirectedPpm: 0 } }),
      );
    },
  },
  "wiped disk": {
    does: "the broker comes back on an empty disk, formatted anew",
    strike: (scene) => {
      const { stage, node } = scene;
      return whileDown(scene, () => {
        stage.world.platter(node.name).wipe();
        stage.model.forgetEverything();
      });
    },
  },
  "old backup restored": {
    does: "the disk is put back to what it held some time before",
    strike: (scene) => {
      const { stage, node, chance } = scene;
      const platter = stage.world.platter(node.name);
      const backup = platter.copy();
      stage.later(chance.within([500, 10_000]), () => {
        whileDown(scene, () => {
          platter.restore(backup);
          stage.model.forgetEverything();
        });
      });
      return true;
    },
  },
} as const satisfies Record<string, Fault<FaultScene>>;
