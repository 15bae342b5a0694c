import { dataPath } from "../../brokers/cluster/broker-node.ts";
import type { Fault } from "../../faults/fault.ts";
import type { ReplicasScene } from "./scene.ts";

/** Spoils what a machine holds, while no process lives on it, and starts one. Others hold everything that was acknowledged. */
function whileDown({ stage, node, chance }: ReplicasScene, spoil: () => void): boolean {
  stage.losses.lost(node);
  node.crash("killed", chance.pick([50, 1_000, 5_000]));
  spoil();
  return true;
}

/** What becomes of one machine's disk while others have a good copy of everything. */
export const spoiltDiskFaults = {
  "wiped disk": {
    does: "a broker that has no say in the metadata comes back on an empty disk, formatted anew",
    strike: (scene) => {
      const { stage, node } = scene;
      if (!node.isAlive || stage.cluster.isVoter(node) || !stage.losses.mayLoseRecords(node)) return false;
      return whileDown(scene, () => stage.world.platter(node.name).wipe());
    },
  },
  "truncated tail": {
    does: "a segment of a replica has lost its end when the broker starts",
    strike: (scene) => {
      const { stage, node, chance } = scene;
      const platter = stage.world.platter(node.name);
      const isSegment = (path: string) => path.startsWith(`${dataPath}/logs/`) && path.endsWith(".log") && platter.bytes(path)!.length > 0;
      const segments = platter.files().filter(isSegment);
      if (!node.isAlive || segments.length === 0 || !stage.losses.mayLoseRecords(node)) return false;
      const path = chance.pick(segments);
      return whileDown(scene, () => platter.shorten(path, chance.below(platter.bytes(path)!.length)));
    },
  },
} as const satisfies Record<string, Fault<ReplicasScene>>;
