import type { DirectoryClaim, Kv, Runtime } from "@millrace/runtime";
import { MillraceError, type TopicId, type TopicPartition, type TopicSettings, type Uuid } from "@millrace/vocabulary";
import type { DirectoryIdentity, LastStop, LogDirectory, LogDirectoryOptions } from "../directory-contract.ts";
import type { Log } from "../log-contract.ts";
import type { LogSurroundings } from "../log/surroundings.ts";
import { logDirectoryName } from "../names.ts";
import { DirectoryEntries } from "../segment/directory-entries.ts";
import { FileRemover } from "../segment/file-remover.ts";
import { OpenFiles } from "../segment/open-files.ts";
import { RecentChunks } from "../log/recent-chunks.ts";
import { Tails } from "../tail/tails.ts";
import { Cleaning } from "./cleaning.ts";
import type { FailureNote } from "./failure-note.ts";
import { Flusher } from "./flusher.ts";
import type { Life } from "./life.ts";
import { LogSet } from "./log-set.ts";
import { Maintenance } from "./maintenance.ts";
import type { Room } from "./room.ts";
import { WrittenPoints } from "./written-points.ts";

/** Descriptors for segments that nobody is in: enough for the readers of a busy broker, few beside what a process may open. */
const idleFilesMax = 2000;

/** What has been found and opened when the directory comes to life. */
export interface OpenedDirectory {
  readonly claim: DirectoryClaim;
  readonly identity: DirectoryIdentity;
  readonly raft: Kv;
  readonly state: Kv;
  readonly room: Room;
  readonly life: Life;
  readonly failure: FailureNote;
  readonly found: readonly TopicPartition[];
}

/** Everything one broker keeps on disk: its logs, and what they share. */
export class StoredLogDirectory implements LogDirectory {
  readonly path: string;
  readonly #options: LogDirectoryOptions;
  readonly #opened: OpenedDirectory;
  readonly #around: LogSurroundings;
  readonly #logs: LogSet;
  readonly #flusher: Flusher;
  readonly #writtenPoints: WrittenPoints;
  readonly #maintenance: Maintenance;
  readonly #cleaning: Cleaning;
  #failure: MillraceError | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: LogDirectoryOptions, opened: OpenedDirectory) {
    const { runtime, path, configuration } = options;
    const { clock, logger } = runtime;
    this.path = path;
    this.#options = options;
    this.#opened = opened;
    this.#around = this.#surroundings(runtime);
    // A log that was made in an earlier life and not written to is nowhere noted but in its directory's name.
    this.#around.root.changed();
    this.#logs = new LogSet(this.#around, opened.found);
    opened.room.observe((cause) => this.#dropUnwritten(cause));
    const isHeld = () => this.isFull || this.#failure !== undefined;
    const logs = () => this.#logs.all();
    this.#flusher = new Flusher({ clock, logger, state: opened.state, logOf: (state) => this.#logs.with(state), isHeld });
    this.#writtenPoints = new WrittenPoints({ clock, logger, logOf: (state) => this.#logs.with(state), isHeld });
    this.#maintenance = new Maintenance({ ...options, logs });
    this.#cleaning = new Cleaning({ clock, logger, configuration, logs, isHeld });
  }

  get identity(): DirectoryIdentity {
    return this.#opened.identity;
  }

  get lastStop(): LastStop {
    return this.#opened.life.lastStop;
  }

  get owesLoss(): boolean {
    return this.#opened.life.owesLoss;
  }

  get previousBrokerEpoch(): number | undefined {
    return this.#opened.life.previousBrokerEpoch;
  }

  get lives(): readonly Uuid[] {
    return this.#opened.life.lives;
  }

  get raft(): Kv {
    return this.#opened.raft;
  }

  get state(): Kv {
    return this.#opened.state;
  }

  get failure(): MillraceError | undefined {
    return this.#failure;
  }

  get isFull(): boolean {
    return this.#opened.room.isFull;
  }

  get found(): readonly TopicPartition[] {
    return this.#opened.found;
  }

  log(topicId: TopicId, partition: number): Log | undefined {
    return this.#logs.get(logDirectoryName({ topicId, partition }));
  }

  logs(): Iterable<Log> {
    return this.#logs.all();
  }

  openLog(topicId: TopicId, partition: number, settings: () => TopicSettings): Promise<Log> {
    return this.#logs.open({ topicId, partition }, settings);
  }

  removeLog(topicId: TopicId, partition: number): Promise<void> {
    return this.#logs.remove({ topicId, partition });
  }

  noteLoss(): Promise<void> {
    return this.#opened.life.noteLoss();
  }

  beginRegistration(incarnation: Uuid): Promise<void> {
    return this.#opened.life.beginRegistration(incarnation);
  }

  noteBrokerEpoch(epoch: number, incarnation: Uuid): Promise<void> {
    return this.#opened.life.noteBrokerEpoch(epoch, incarnation);
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  /** Takes the reserve, and removes the logs of these names, which an earlier life was about to. */
  tidy(removed: readonly string[]): void {
    const { remover, root } = this.#around;
    this.#opened.room.takeReserve().catch((error) => this.#fail(error));
    for (const name of removed) remover.removeLater(`${root.path}/${name}`, 0);
  }

  async #close(): Promise<void> {
    const { raft, state, room, life, failure, claim } = this.#opened;
    await this.#cleaning.stop();
    await this.#maintenance.stop();
    await this.#writtenPoints.stop();
    await this.#flusher.stop();
    await room.stop();
    const isWhole = await this.#logs.close();
    this.#around.remover.close();
    this.#around.tails.close();
    this.#around.recent.close();
    await this.#around.files.close();
    const isInOrder = isWhole && this.#failure === undefined;
    try {
      if (isInOrder) await life.end();
      await failure.end({ isInOrder });
    } finally {
      await raft.close();
      await state.close();
      await claim.release();
    }
  }

  #surroundings({ disk, clock, random, logger, work }: Runtime): LogSurroundings {
    const { configuration, memory } = this.#options;
    const { state, room, life } = this.#opened;
    const ports = { disk, clock, random: random.stream("storage"), logger, work, memory, configuration, state };
    return {
      ...ports,
      files: new OpenFiles(disk, idleFilesMax),
      remover: new FileRemover(disk, clock, logger),
      tails: new Tails(memory, () => configuration.get("millrace.tail.max.bytes")),
      recent: new RecentChunks(memory),
      root: new DirectoryEntries(disk, `${this.path}/logs`),
      lastStop: this.lastStop,
      pageCacheId: life.pageCacheId,
      mustWriteAgain: this.#opened.failure.mustWriteAgain,
      isFull: () => room.isFull,
      failure: () => this.#failure,
      fail: (cause) => this.#fail(cause),
      becomeFull: (cause) => void room.becomeFull(cause),
      dropUnwritten: (log, error) =>
        void this.#logs
          .with(log)
          ?.dropUnwritten(error)
          .catch(() => undefined),
      dirtied: (log) => {
        this.#flusher.dirtied(log);
        this.#writtenPoints.dirtied(log);
      },
      marked: (log) => this.#flusher.marked(log),
    };
  }

  #fail(cause: unknown): MillraceError {
    if (this.#failure !== undefined) return this.#failure;
    const facts = cause instanceof MillraceError ? { ...cause.facts, cause: cause.code } : { cause: String(cause) };
    this.#failure = new MillraceError("KAFKA_STORAGE_ERROR", { directory: this.path, ...facts }, { cause });
    this.#options.runtime.logger.error("log directory failed", { directory: this.path, error: cause });
    for (const log of this.#logs.all()) log.state.fail(this.#failure);
    const failure = this.#failure;
    // The process ends with what follows.
    void this.#opened.failure.note().then(() => this.#options.onFailure(failure));
    return failure;
  }

  #dropUnwritten(cause: unknown): void {
    const error = new MillraceError("KAFKA_STORAGE_ERROR", { directory: this.path, cause: "DISK_FULL" }, { cause });
    for (const log of this.#logs.all()) log.dropUnwritten(error).catch(() => undefined);
  }
}
