import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MemoryBudget, type Runtime, type Work } from "@millrace/runtime";
import { RealDisk, RealKvStores, realClock, realHost, realLogger, realRandom } from "@millrace/runtime/real";
import { MiB, type TopicSettings } from "@millrace/vocabulary";
import { type Log, type LogDirectory, storageTasks } from "../../src/index.ts";
import { openTestDirectory, topicSettings } from "../../src/testing/index.ts";
import { topicId } from "./broker.ts";

/** Runs tasks where they are asked for. */
export const inlineWork: Work = {
  run: async (name, input) => storageTasks.find((task) => task.name === name)!.run(input),
  close: async () => undefined,
};

/** The real disk, lmdb and clock; a test of storage needs nothing else of the world. */
export function realWorld(): Runtime {
  const parts = { clock: realClock, random: realRandom, disk: new RealDisk(), kv: new RealKvStores(), work: inlineWork };
  return { ...parts, host: realHost(), logger: realLogger({ level: "silent", form: "json" }) } as unknown as Runtime;
}

/** A directory on the real disk, gone when the test is over. */
export class RealBroker {
  readonly path: string;
  readonly runtime: Runtime = realWorld();
  directory!: LogDirectory;

  private constructor(path: string) {
    this.path = path;
  }

  static async open(): Promise<RealBroker> {
    const broker = new RealBroker(await mkdtemp(join(tmpdir(), "millrace-storage-")));
    await broker.openDirectory();
    return broker;
  }

  async openDirectory(): Promise<void> {
    this.directory = await openTestDirectory(this.runtime, { path: this.path, memory: new MemoryBudget(() => 256 * MiB) });
  }

  log(settings: Partial<TopicSettings> = {}, partition = 0): Promise<Log> {
    const complete = topicSettings(settings);
    return this.directory.openLog(topicId, partition, () => complete);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.directory.close();
    await rm(this.path, { recursive: true, force: true });
  }
}
