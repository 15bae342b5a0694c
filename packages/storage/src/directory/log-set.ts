import { codeOf, MillraceError, type TopicPartition, type TopicSettings } from "@millrace/vocabulary";
import { removeHints } from "../log/hints.ts";
import type { LogState } from "../log/log-state.ts";
import { PartitionLog } from "../log/partition-log.ts";
import { type OpenedLog, openLog } from "../log/open-log.ts";
import type { LogSurroundings } from "../log/surroundings.ts";
import { logDirectoryName, removedLogSuffix } from "../names.ts";

/** Logs that are flushed at once when the directory is closed. */
const closingsMax = 16;

/** The logs of a directory, by name. What is done to one of them is done in the order in which it was asked for. */
export class LogSet {
  readonly #around: LogSurroundings;
  /** Opened logs. */
  readonly #logs = new Map<string, PartitionLog>();
  /** Names of logs that lie on the disk, opened or not. */
  readonly #stored: Set<string>;
  /** The newest opening or removal of a log that is under way. */
  readonly #changing = new Map<string, Promise<unknown>>();

  constructor(around: LogSurroundings, found: readonly TopicPartition[]) {
    this.#around = around;
    this.#stored = new Set(found.map(logDirectoryName));
  }

  get(name: string): PartitionLog | undefined {
    return this.#logs.get(name);
  }

  /** The log that has this state, unless it is removed: another of its name has another. */
  with(state: LogState): PartitionLog | undefined {
    const log = this.#logs.get(state.name);
    return log?.state === state ? log : undefined;
  }

  all(): Iterable<PartitionLog> {
    return this.#logs.values();
  }

  /** The log of a partition: recovered, or made where there is none. */
  open(id: TopicPartition, settings: () => TopicSettings): Promise<PartitionLog> {
    const name = logDirectoryName(id);
    return this.#inOrder(name, async () => this.#logs.get(name) ?? (await this.#openNow(name, id, settings)));
  }

  /** Takes a log out, and its directory under another name, so that the partition may come back while its files still go. */
  remove(id: TopicPartition): Promise<void> {
    const name = logDirectoryName(id);
    return this.#inOrder(name, async () => {
      if (!this.#stored.delete(name)) return;
      const log = this.#logs.get(name);
      this.#logs.delete(name);
      log?.refuseAppends("removed");
      await log?.close();
      try {
        await this.#removeFiles(id, log);
      } catch (error) {
        throw this.#around.fail(error);
      }
    });
  }

  /** Flushes and closes every log. False: one could not be, and the next life has to recover it. */
  async close(): Promise<boolean> {
    await Promise.all([...this.#changing.values()].map((change) => change.catch(() => undefined)));
    const waiting = [...this.#logs.values()];
    let isWhole = true;
    const closeNext = async (): Promise<void> => {
      for (let log = waiting.pop(); log !== undefined; log = waiting.pop()) if (!(await closeLog(log))) isWhole = false;
    };
    await Promise.all(Array.from({ length: closingsMax }, closeNext));
    return isWhole;
  }

  #inOrder<Result>(name: string, change: () => Promise<Result>): Promise<Result> {
    const before = this.#changing.get(name) ?? Promise.resolve();
    const result = before.catch(() => undefined).then(change);
    this.#changing.set(name, result);
    const forget = () => void (this.#changing.get(name) === result && this.#changing.delete(name));
    result.then(forget, forget);
    return result;
  }

  async #openNow(name: string, id: TopicPartition, settings: () => TopicSettings): Promise<PartitionLog> {
    const failure = this.#around.failure();
    if (failure !== undefined) throw failure;
    const opened = await this.#read(id, settings);
    const log = new PartitionLog(opened);
    if (opened.isRebuilt) await log.flush({ syncIndexes: true });
    this.#stored.add(name);
    this.#logs.set(name, log);
    if (log.state.dirtyBytes > 0) this.#around.dirtied(log.state);
    return log;
  }

  async #read(id: TopicPartition, settings: () => TopicSettings): Promise<OpenedLog> {
    const name = logDirectoryName(id);
    try {
      return await openLog({ id, settings, around: this.#around, exists: this.#stored.has(name) });
    } catch (error) {
      if (codeOf(error) !== "DISK_FULL") throw this.#around.fail(error);
      this.#around.becomeFull(error);
      throw new MillraceError("KAFKA_STORAGE_ERROR", { log: name, cause: "DISK_FULL" }, { cause: error });
    }
  }

  async #removeFiles(id: TopicPartition, log: PartitionLog | undefined): Promise<void> {
    const { disk, remover, random, root, state, configuration } = this.#around;
    const from = `${root.path}/${logDirectoryName(id)}`;
    const to = `${from}.${random.uuid()}${removedLogSuffix}`;
    await disk.rename(from, to);
    root.changed();
    await root.sync();
    await state.commit(removeHints(state, id));
    remover.removeLater(to, log?.state.settings()["file.delete.delay.ms"] ?? configuration.get("log.segment.delete.delay.ms"));
  }
}

/** Whether everything of the log was flushed. */
async function closeLog(log: PartitionLog): Promise<boolean> {
  log.refuseAppends("closed");
  try {
    await log.flush({ syncIndexes: true });
    await log.sync();
    return log.state.recovery.offset === log.state.nextOffset;
  } catch {
    // Whoever let it fail has said so.
    return false;
  } finally {
    await log.close();
  }
}
