import { setTimeout as sleep } from "node:timers/promises";
import { stopTimeoutMs } from "./broker-process.ts";
import { brokerDirectory, type Cluster } from "./cluster-file.ts";
import { runningOn } from "./pid-file.ts";

const lookEveryMs = 50;

/**
 * Waits for brokers of an earlier `up` that was killed: they stop by themselves, but may not have come to an end, and one that stood
 * still must go on for that. What does not end in time is killed.
 *
 * @param say told that there is something to wait for
 */
export async function endLeftovers(cluster: Cluster, data: string, say: (text: string) => void): Promise<void> {
  for (let id = 1; id <= cluster.brokers; id++) await endLeftover(id, brokerDirectory(data, id), say);
}

async function endLeftover(id: number, directory: string, say: (text: string) => void): Promise<void> {
  const found = runningOn(directory);
  if (found === undefined) return;
  say(`broker ${id} of an earlier start (pid ${found}) still stops`);
  signal(found, "SIGCONT");
  for (let waitedMs = 0; runningOn(directory) === found; waitedMs += lookEveryMs) {
    if (waitedMs === stopTimeoutMs) signal(found, "SIGKILL");
    await sleep(lookEveryMs);
  }
}

function signal(pid: number, name: "SIGCONT" | "SIGKILL"): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has just ended.
  }
}
