import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Runtime, Work } from "@millrace/runtime";
import { RealDisk, RealKvStores, realClock, realHost, realLogger, realRandom } from "@millrace/runtime/real";

/** The real world, but for what the log does not use here. */
export function benchWorld(): Runtime {
  const work: Work = { run: () => Promise.reject(new Error("nothing here runs beside the loop")), close: async () => undefined };
  const logger = realLogger({ level: "error", form: "readable" });
  const parts = { clock: realClock, random: realRandom, disk: new RealDisk(), kv: new RealKvStores(), host: realHost() };
  return { ...parts, work, logger } as Omit<Runtime, "peers" | "sockets"> as Runtime;
}

/** Runs in a folder of its own, which goes afterwards. */
export async function inFolder<Value>(run: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), "millrace-bench-"));
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
