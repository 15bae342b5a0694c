import { execFileSync } from "node:child_process";
import { rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import type { Dice } from "../../fuzz/dice.ts";
import type { ChaosCluster } from "./chaos-cluster.ts";

/** Something that goes wrong for a while. */
export interface Fault {
  readonly name: string;
  /** Makes it go wrong, and gives whom it meets, in words, and what makes it good again. */
  begin(cluster: ChaosCluster, dice: Dice): Promise<Trouble>;
}

export interface Trouble {
  readonly says: string;
  /** Resolves when brokers serve again; what they do then to catch up goes on. */
  end(): Promise<void>;
}

/** A broker dies as in a crash of its process. */
const kill: Fault = ending("kill", "SIGKILL");

/** A broker stops in order: what a rolling restart does. */
const stop: Fault = ending("stop", "SIGTERM");

/** All brokers die at once. */
const killAll: Fault = {
  name: "kill-all",
  async begin(cluster) {
    await Promise.all(cluster.ids.map((id) => cluster.end(id, "SIGKILL")));
    return { says: "all", end: async () => void (await Promise.all(cluster.ids.map((id) => cluster.start(id)))) };
  },
};

/** A broker stands still, and knows nothing of it afterwards. */
const pause: Fault = {
  name: "pause",
  async begin(cluster, dice) {
    const id = dice.oneOf(cluster.ids);
    cluster.pause(id);
    return { says: `broker ${id}`, end: async () => cluster.resume(id) };
  },
};

/** A broker hears nothing of the others, and they nothing of it, while clients reach all of them. */
const isolate: Fault = {
  name: "isolate",
  async begin(cluster, dice) {
    const id = dice.oneOf(cluster.ids);
    for (const other of cluster.ids) {
      cluster.network.set(id, other, { isCut: true });
      cluster.network.set(other, id, { isCut: true });
    }
    return { says: `broker ${id}`, end: async () => cluster.network.heal() };
  },
};

/** One direction between two brokers is silent. */
const oneWay: Fault = {
  name: "one-way",
  async begin(cluster, dice) {
    const from = dice.oneOf(cluster.ids);
    const to = dice.oneOf(cluster.ids.filter((id) => id !== from));
    cluster.network.set(from, to, { isCut: true });
    return { says: `from ${from} to ${to}`, end: async () => cluster.network.heal() };
  },
};

/** Two brokers hear nothing of each other, and both are heard by the rest. */
const apart: Fault = {
  name: "apart",
  async begin(cluster, dice) {
    const one = dice.oneOf(cluster.ids);
    const other = dice.oneOf(cluster.ids.filter((id) => id !== one));
    cluster.network.set(one, other, { isCut: true });
    cluster.network.set(other, one, { isCut: true });
    return { says: `brokers ${one} and ${other}`, end: async () => cluster.network.heal() };
  },
};

const slow: Fault = {
  name: "slow",
  async begin(cluster, dice) {
    const delayMs = 5 + dice.below(100);
    for (const from of cluster.ids) for (const to of cluster.ids) cluster.network.set(from, to, { delayMs });
    return { says: `${delayMs} ms each way`, end: async () => cluster.network.heal() };
  },
};

/** Every connection among brokers breaks, once. */
const reset: Fault = {
  name: "reset",
  async begin(cluster) {
    cluster.network.reset();
    return { says: "all connections among brokers", end: async () => {} };
  },
};

/** What works with every cluster. */
export const faults: readonly Fault[] = [kill, stop, killAll, pause, isolate, apart, oneWay, slow, reset];

/** The disk of a broker becomes full: the small one whose path this is. */
export function fullDisk(broker: number, path: string): Fault {
  const ballast = join(path, "ballast");
  return {
    name: "full-disk",
    async begin() {
      const { bavail, bsize } = statfsSync(path);
      execFileSync("fallocate", ["-l", String(bavail * bsize), ballast]);
      return { says: `broker ${broker}`, end: async () => rmSync(ballast) };
    },
  };
}

function ending(name: string, signal: "SIGKILL" | "SIGTERM"): Fault {
  return {
    name,
    async begin(cluster, dice) {
      const id = dice.oneOf(cluster.ids);
      await cluster.end(id, signal);
      return { says: `broker ${id}`, end: () => cluster.start(id) };
    },
  };
}
