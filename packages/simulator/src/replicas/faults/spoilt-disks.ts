import type { CrashCause } from "@millrace/runtime/simulated";
import { dataPath } from "../../brokers/cluster/broker-node.ts";
import type { Fault } from "../../faults/fault.ts";
import type { ReplicasScene } from "./scene.ts";

/** Spoils what a machine holds, while no process lives on it, and starts one. Others hold everything that was acknowledged. */
function whileDown({ stage, node, chance }: ReplicasScene, cause: CrashCause, spoil: () => void): boolean {
  stage.losses.lost(node);
  node.crash(cause, chance.pick([50, 1_000, 5_000]));
  spoil();
  return true;
}

/** The segment that each replica ends with. */
function lastSegments(files: readonly string[]): string[] {
  const last = new Map<string, string>();
  for (const path of files.filter((each) => each.startsWith(`${dataPath}/logs/`) && each.endsWith(".log")).toSorted())
    last.set(path.slice(0, path.lastIndexOf("/")), path);
  return [...last.values()];
}

/** What becomes of one machine's disk while others have a good copy of everything. */
export const spoiltDiskFaults = {
  "wiped disk": {
    does: "a broker that has no say in the metadata comes back on an empty disk, formatted anew",
    strike: (scene) => {
      const { stage, chance } = scene;
      const others = stage.cluster.nodes.filter((each) => each.isAlive && !stage.cluster.isVoter(each));
      const node = others.length === 0 ? undefined : chance.pick(others);
      if (node === undefined || !stage.losses.mayLoseRecords(node)) return false;
      return whileDown({ ...scene, node }, "killed", () => stage.world.platter(node.name).wipe());
    },
  },
  "truncated tail": {
    does: "the power goes, and with it the end of a log that was synced",
    strike: (scene) => {
      const { stage, node, chance } = scene;
      const platter = stage.world.platter(node.name);
      const segments = () => lastSegments(platter.files()).filter((path) => platter.bytes(path)!.length > 0);
      if (!node.isAlive || segments().length === 0 || !stage.losses.mayLoseRecords(node)) return false;
      return whileDown(scene, "power cut", () => {
        // The power cut may have taken some of them.
        const left = segments();
        const path = left.length === 0 ? undefined : chance.pick(left);
        if (path !== undefined) platter.shorten(path, chance.below(platter.bytes(path)!.length));
      });
    },
  },
} as const satisfies Record<string, Fault<ReplicasScene>>;
