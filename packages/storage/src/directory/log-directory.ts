import type { DirectoryClaim, Kv, Runtime } from "@millrace/runtime";
import { codeOf, MillraceError, type TopicId, type TopicPartition, type TopicSettings } from "@millrace/vocabulary";
import type { DirectoryIdentity, LastStop, LogDirectory, LogDirectoryOptions } from "../directory-contract.ts";
import type { Log } from "../log-contract.ts";
import { logDirectoryName, removedLogSuffix } from "../names.ts";
import { removeHints } from "../log/hints.ts";
import type { LogState } from "../log/log-state.ts";
import { PartitionLog } from "../log/partition-log.ts";
import { type OpenedLog, openLog } from "../log/recovery.ts";
import type { LogSurroundings } from "../log/surroundings.ts";
import { FileRemover } from "../segment/file-remover.ts";
import { OpenFiles } from "../segment/open-files.ts";
import { Tails } from "../tail/tails.ts";
import { Cleaning } from "./cleaning.ts";
import { Flusher } from "./flusher.ts";
import type { Life } from "./life.ts";
import { Maintenance } from "./maintenance.ts";
import type { Room } from "./room.ts";

/** Descriptors for segments that nobody is in: enough for the readers of a busy broker, few beside what a process may open. */
const idleFilesMax = 2000;
/** Logs that are flushed at once when the directory is closed. */
const closingsMax = 16;

/** What has been found and opened when the directory comes to life. */
export interface OpenedDirectory {
  readonly claim: DirectoryClaim;
  readonly identity: DirectoryIdentity;
  readonly raft: Kv;
  readonly state: Kv;
  readonly room: Room;
  readonly life: Life;
  readonly found: readonly TopicPartition[];
}

/** Everything one broker keeps on disk: its logs, and what they share. */
export class StoredLogDirectory implements LogDirectory {
  readonly path: string;
  readonly identity: DirectoryIdentity;
  readonly found: readonly TopicPartition[];
  readonly raft: Kv;
  readonly state: Kv;
  readonly #options: LogDirectoryOptions;
  readonly #opened: OpenedDirectory;
  readonly #around: LogSurroundings;
  readonly #flusher: Flusher;
  readonly #maintenance: Maintenance;
  readonly #cleaning: Cleaning;
  readonly #logs = new Map<string, PartitionLog>();
  readonly #opening = new Map<string, Promise<PartitionLog>>();
  /** Names of logs that lie on the disk, opened or not. */
  readonly #stored: Set<string>;
  #failure: MillraceError | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: LogDirectoryOptions, opened: OpenedDirectory) {
    const { runtime, path } = options;
    const { clock, logger } = runtime;
    this.#options = options;
    this.#opened = opened;
    this.path = path;
    this.identity = opened.identity;
    this.found = opened.found;
    this.raft = opened.raft;
    this.state = opened.state;
    this.#stored = new Set(opened.found.map(logDirectoryName));
    opened.room.observe((cause) => this.#dropUnwritten(cause));
    const isHeld = () => this.isFull || this.#failure !== undefined;
    const logOf = (state: LogState) => this.#logs.get(state.name);
    this.#flusher = new Flusher({ clock, logger, state: this.state, logOf, isHeld });
    this.#around = this.#surroundings(runtime);
    const logs = () => this.#logs.values();
    this.#maintenance = new Maintenance({ ...options, logs });
    this.#cleaning = new Cleaning({ clock, logger, configuration: options.configuration, logs, isHeld });
  }

  /** Takes the reserve, and removes the logs of these names, which an earlier life was about to. */
  tidy(removed: readonly string[]): void {
    this.#opened.room.takeReserve().catch((error) => this.#fail(error));
    for (const name of removed) this.#around.remover.removeLater(`${this.#around.root}/${name}`, 0);
  }

  get lastStop(): LastStop {
    return this.#opened.life.lastStop;
  }

  get previousBrokerEpoch(): number | undefined {
    return this.#opened.life.previousBrokerEpoch;
  }

  get failure(): MillraceError | undefined {
    return this.#failure;
  }

  get isFull(): boolean {
    return this.#opened.room.isFull;
  }

  log(topicId: TopicId, partition: number): Log | undefined {
    return this.#logs.get(logDirectoryName({ topicId, partition }));
  }

  logs(): Iterable<Log> {
    return this.#logs.values();
  }

  async openLog(topicId: TopicId, partition: number, settings: () => TopicSettings): Promise<Log> {
    const id = { topicId, partition };
    const name = logDirectoryName(id);
    const known = this.#logs.get(name);
    if (known !== undefined) return known;
    if (this.#failure !== undefined) throw this.#failure;
    const opening = this.#opening.get(name) ?? this.#openNow(id, settings).finally(() => this.#opening.delete(name));
    this.#opening.set(name, opening);
    return opening;
  }

  async removeLog(topicId: TopicId, partition: number): Promise<void> {
    const id = { topicId, partition };
    const name = logDirectoryName(id);
    await this.#opening.get(name);
    const log = this.#logs.get(name);
    if (!this.#stored.delete(name)) return;
    this.#logs.delete(name);
    const { disk, remover, random, root, state } = this.#around;
    if (log !== undefined) {
      log.refuseAppends("removed");
      this.#flusher.forget(log.state);
      await log.close();
    }
    // Under another name at once, so that the partition may come back while its files still wait to be removed.
    const removed = `${root}/${name}.${random.uuid()}${removedLogSuffix}`;
    await disk.rename(`${root}/${name}`, removed);
    await disk.syncDirectory(root);
    await state.commit(removeHints(state, id));
    const delayMs = log?.state.settings()["file.delete.delay.ms"] ?? this.#options.configuration.get("log.segment.delete.delay.ms");
    remover.removeLater(removed, delayMs);
  }

  noteBrokerEpoch(epoch: number): Promise<void> {
    return this.#opened.life.noteBrokerEpoch(epoch);
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    await this.#cleaning.stop();
    await this.#maintenance.stop();
    await this.#flusher.stop();
    await this.#opened.room.stop();
    const isWhole = await this.#closeLogs();
    this.#around.remover.close();
    this.#around.tails.close();
    await this.#around.files.close();
    try {
      if (isWhole && this.#failure === undefined) await this.#opened.life.end();
    } finally {
      await this.raft.close();
      await this.state.close();
      await this.#opened.claim.release();
    }
  }

  async #openNow(id: TopicPartition, settings: () => TopicSettings): Promise<PartitionLog> {
    const name = logDirectoryName(id);
    const opened = await this.#readLog(id, settings);
    const log = new PartitionLog(opened);
    if (opened.isRebuilt) await log.flush({ syncIndexes: true });
    this.#stored.add(name);
    this.#logs.set(name, log);
    if (log.state.dirtyBytes > 0) this.#flusher.dirtied(log.state);
    return log;
  }

  async #readLog(id: TopicPartition, settings: () => TopicSettings): Promise<OpenedLog> {
    try {
      return await openLog(id, settings, this.#around, this.#stored.has(logDirectoryName(id)));
    } catch (error) {
      if (codeOf(error) !== "DISK_FULL") throw this.#fail(error);
      await this.#opened.room.becomeFull(error);
      throw new MillraceError("KAFKA_STORAGE_ERROR", { log: logDirectoryName(id), cause: "DISK_FULL" }, { cause: error });
    }
  }

  /** Flushes and closes every log. False: one could not be, and the next life has to recover it. */
  async #closeLogs(): Promise<boolean> {
    const waiting = [...this.#logs.values()];
    let isWhole = true;
    const closeNext = async (): Promise<void> => {
      for (let log = waiting.pop(); log !== undefined; log = waiting.pop()) {
        log.refuseAppends("closed");
        const isFlushed = await log.flush({ syncIndexes: true }).then(
          () => log.state.recovery.offset === log.state.nextOffset,
          () => false,
        );
        isWhole &&= isFlushed;
        await log.close();
      }
    };
    await Promise.all(Array.from({ length: closingsMax }, closeNext));
    return isWhole;
  }

  #surroundings({ disk, clock, random, logger, work }: Runtime): LogSurroundings {
    const { configuration, memory } = this.#options;
    const stream = random.stream("storage");
    return {
      disk,
      clock,
      random: stream,
      logger,
      work,
      memory,
      configuration,
      state: this.state,
      files: new OpenFiles(disk, idleFilesMax),
      remover: new FileRemover(disk, clock, logger),
      tails: new Tails(memory, () => configuration.get("millrace.tail.max.bytes")),
      root: `${this.path}/logs`,
      wasLossy: this.lastStop === "lossy",
      isFull: () => this.isFull,
      failure: () => this.#failure,
      fail: (cause) => this.#fail(cause),
      becomeFull: (cause) => void this.#opened.room.becomeFull(cause),
      dirtied: (log) => this.#flusher.dirtied(log),
      marked: (log) => this.#flusher.marked(log),
    };
  }

  #fail(cause: unknown): MillraceError {
    if (this.#failure !== undefined) return this.#failure;
    const facts = cause instanceof MillraceError ? { ...cause.facts, cause: cause.code } : { cause: String(cause) };
    this.#failure = new MillraceError("KAFKA_STORAGE_ERROR", { directory: this.path, ...facts }, { cause });
    this.#options.runtime.logger.error("log directory failed", { directory: this.path, error: cause });
    for (const log of this.#logs.values()) log.state.fail(this.#failure);
    this.#options.onFailure(this.#failure);
    return this.#failure;
  }

  #dropUnwritten(cause: unknown): void {
    const error = new MillraceError("KAFKA_STORAGE_ERROR", { directory: this.path, cause: "DISK_FULL" }, { cause });
    for (const log of this.#logs.values()) log.dropUnwritten(error).catch(() => undefined);
  }
}
