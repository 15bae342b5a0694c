import type { PartitionImage } from "@millrace/metadata";
import type { Appended, AppendOptions, Log } from "@millrace/storage";
import {
  assert,
  type BrokerId,
  type LeaderEpoch,
  MillraceError,
  noBroker,
  Offset,
  PartitionEpoch,
  type TopicId,
  type TopicSettings,
  unknownLeaderEpoch,
} from "@millrace/vocabulary";
import { CommitQueue, type Committed } from "./commit-queue.ts";
import { CommittedBytes } from "./committed-bytes.ts";
import { nextHighWatermark } from "./high-watermark.ts";

/** Who is told when a partition has something new, or is no longer led here. */
export interface PartitionObserver {
  /** The high watermark, the last stable offset or the log start has moved. */
  advanced(partition: Partition): void;
  /** This broker leads the partition no more, or its log has failed. The observer is forgotten. */
  lost(partition: Partition, error: MillraceError): void;
  /** The disk was full: what was appended and not written is gone. This broker goes on to lead. */
  dropped?(partition: Partition, error: MillraceError): void;
}

/** What a partition needs to know of its place. */
export interface PartitionOptions {
  readonly topic: string;
  readonly topicId: TopicId;
  readonly index: number;
  readonly self: BrokerId;
  readonly log: Log;
  readonly settings: () => TopicSettings;
}

/** Isolation of a reader: up to the high watermark, or up to the last stable offset. */
export type Isolation = "read_uncommitted" | "read_committed";

/**
 * This broker's replica of one partition. As the leader it appends, counts how far the in-sync replicas are, and says what
 * is committed; whoever waits for that is told in the turn in which it becomes so.
 */
export class Partition {
  readonly topic: string;
  readonly topicId: TopicId;
  readonly index: number;
  readonly log: Log;
  readonly #self: BrokerId;
  readonly #settings: () => TopicSettings;
  readonly #forWrite = new CommitQueue();
  readonly #forCommit = new CommitQueue();
  readonly #forSync = new CommitQueue();
  readonly #bytes = new CommittedBytes();
  readonly #observers = new Set<PartitionObserver>();
  #state: PartitionImage | undefined;
  #highWatermark: Offset;
  #epochStart: Offset;

  constructor({ topic, topicId, index, self, log, settings }: PartitionOptions) {
    this.topic = topic;
    this.topicId = topicId;
    this.index = index;
    this.log = log;
    this.#self = self;
    this.#settings = settings;
    this.#highWatermark = log.highWatermarkHint;
    this.#epochStart = log.logEnd;
    log.observe({
      written: () => this.#written(),
      synced: () => this.#synced(),
      logStartMoved: () => this.#logStartMoved(),
      failed: (error) => this.#lose(error),
      dropped: (error) => this.#dropped(error),
    });
  }

  /** `topic-index`, as every log line names a partition. */
  get name(): string {
    return `${this.topic}-${this.index}`;
  }

  get isLeader(): boolean {
    return this.#state?.leader === this.#self;
  }

  get leader(): BrokerId {
    return this.#state?.leader ?? noBroker;
  }

  get leaderEpoch(): LeaderEpoch {
    return this.#state?.leaderEpoch ?? unknownLeaderEpoch;
  }

  get partitionEpoch(): PartitionEpoch {
    return this.#state?.partitionEpoch ?? PartitionEpoch(-1);
  }

  /** Everything below is on each in-sync replica and may be read. Never goes back while this broker leads. */
  get highWatermark(): Offset {
    return this.#highWatermark;
  }

  /** Whether the high watermark has reached this leader's first offset, so that it may be told to consumers (KIP-207). */
  get isHighWatermarkKnown(): boolean {
    return this.#highWatermark >= this.#epochStart;
  }

  /** Everything below is decided: no transaction that is open, or whose end is not yet committed, begins before it. */
  get lastStableOffset(): Offset {
    const open = this.log.firstOpenTransactionOffset;
    return open !== undefined && open < this.#highWatermark ? open : this.#highWatermark;
  }

  get settings(): TopicSettings {
    return this.#settings();
  }

  /** Bytes that have become committed since this broker began to lead: differences tell a waiting fetch what it would get. */
  get committedBytes(): number {
    return this.#bytes.committed;
  }

  /** The end of what a reader may see. */
  readableEnd(isolation: Isolation): Offset {
    return isolation === "read_committed" ? this.lastStableOffset : this.#highWatermark;
  }

  /**
   * Takes over a state that the controller committed. Only one with a higher partition epoch counts, since answers and the
   * metadata log may bring the same change in either order.
   */
  assume(state: PartitionImage): void {
    if (this.#state !== undefined && state.partitionEpoch <= this.#state.partitionEpoch) return;
    const wasLeader = this.isLeader;
    const isNewEpoch = state.leaderEpoch !== this.leaderEpoch;
    this.#state = state;
    if (wasLeader && (isNewEpoch || !this.isLeader)) this.#resign();
    if (this.isLeader && isNewEpoch) this.#lead(state.leaderEpoch);
  }

  /** The partition is gone from this broker. */
  close(error: MillraceError): void {
    this.#state = undefined;
    this.#lose(error);
  }

  /**
   * Throws unless this broker leads and the caller knows no other leader epoch: NOT_LEADER_OR_FOLLOWER, FENCED_LEADER_EPOCH,
   * UNKNOWN_LEADER_EPOCH. `currentEpoch` -1: the caller does not say.
   */
  checkLeader(currentEpoch: LeaderEpoch = unknownLeaderEpoch): void {
    const facts = { partition: this.name, leader: this.leader, leaderEpoch: this.leaderEpoch };
    if (currentEpoch !== unknownLeaderEpoch && currentEpoch < this.leaderEpoch)
      throw new MillraceError("FENCED_LEADER_EPOCH", { ...facts, asked: currentEpoch });
    if (currentEpoch > this.leaderEpoch) throw new MillraceError("UNKNOWN_LEADER_EPOCH", { ...facts, asked: currentEpoch });
    if (!this.isLeader) throw new MillraceError("NOT_LEADER_OR_FOLLOWER", facts);
    if (this.log.failure !== undefined)
      throw new MillraceError("KAFKA_STORAGE_ERROR", { partition: this.name }, { cause: this.log.failure });
  }

  /**
   * Appends an admitted batch as the leader. With `acks` -1 the ISR must have min.insync.replicas members:
   * NOT_ENOUGH_REPLICAS otherwise, with nothing written. Everything `Log.append` throws comes through.
   */
  append(batch: Buffer, options: Omit<AppendOptions, "leaderEpoch"> & { acks: -1 | 0 | 1 }): Appended {
    this.checkLeader();
    if (options.acks === -1) this.#checkMinimumIsr();
    const appended = this.log.append(batch, { ...options, leaderEpoch: this.leaderEpoch });
    if (!appended.isDuplicate) this.#bytes.appended(Offset(appended.lastOffset + 1), batch.length);
    return appended;
  }

  /** Calls back when everything below `offset` is committed. The function returned gives up waiting. */
  whenCommitted(offset: Offset, settle: Committed): () => void {
    if (offset <= this.#highWatermark) {
      settle(undefined);
      return () => {};
    }
    return this.#forCommit.wait(offset, settle);
  }

  /** Calls back when everything below `offset` is in this machine's page cache. */
  whenWritten(offset: Offset, settle: Committed): () => void {
    if (offset <= this.log.logEnd) {
      settle(undefined);
      return () => {};
    }
    return this.#forWrite.wait(offset, settle);
  }

  /** Calls back when everything below `offset` would survive a power cut of this machine. */
  whenSynced(offset: Offset, settle: Committed): () => void {
    if (offset <= this.log.syncedEnd) {
      settle(undefined);
      return () => {};
    }
    if (offset <= this.log.logEnd) this.#sync();
    return this.#forSync.wait(offset, settle);
  }

  /** Tells the observer of progress until the function returned is called. */
  observe(observer: PartitionObserver): () => void {
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  #lead(leaderEpoch: LeaderEpoch): void {
    this.#epochStart = this.log.logEnd;
    this.log.beginEpoch(leaderEpoch);
    this.#bytes.restart();
    // What a crash left in the page cache counts in a synced topic once it is synced, whether more is written or not.
    if (this.#isSyncedTopic && this.log.syncedEnd < this.log.logEnd) this.#sync();
    this.#advance();
  }

  #resign(): void {
    this.#lose(new MillraceError("NOT_LEADER_OR_FOLLOWER", { partition: this.name, leader: this.leader, leaderEpoch: this.leaderEpoch }));
  }

  #dropped(error: MillraceError): void {
    this.#refuseWaiting(error);
    this.#bytes.restart();
    for (const observer of this.#observers) observer.dropped?.(this, error);
  }

  #refuseWaiting(error: MillraceError): void {
    for (const queue of [this.#forWrite, this.#forCommit, this.#forSync]) queue.fail(error);
  }

  #lose(error: MillraceError): void {
    this.#refuseWaiting(error);
    const observers = [...this.#observers];
    this.#observers.clear();
    for (const observer of observers) observer.lost(this, error);
  }

  #checkMinimumIsr(): void {
    const inSync = this.#state!.isr.length;
    if (inSync < this.#minimumIsr)
      throw new MillraceError("NOT_ENOUGH_REPLICAS", { partition: this.name, inSync, minimum: this.#minimumIsr });
  }

  get #minimumIsr(): number {
    return Math.min(this.settings["min.insync.replicas"], this.#state!.replicas.length);
  }

  get #isSyncedTopic(): boolean {
    return this.settings["millrace.durability"] === "synced";
  }

  #written(): void {
    if (this.#isSyncedTopic || this.#forSync.length > 0) this.#sync();
    this.#forWrite.advance(this.log.logEnd);
    this.#advance();
  }

  #synced(): void {
    this.#forSync.advance(this.log.syncedEnd);
    this.#advance();
  }

  /** A rejected sync reaches everyone through the log's `failed`. */
  #sync(): void {
    this.log.sync().catch(() => {});
  }

  #advance(): void {
    if (!this.isLeader) return;
    const { isr } = this.#state!;
    const ownEnd = this.#isSyncedTopic ? this.log.syncedEnd : this.log.logEnd;
    const next = nextHighWatermark(
      this.#highWatermark,
      { ownEnd, endOf: () => undefined },
      { self: this.#self, committed: isr, proposed: [], minimum: this.#minimumIsr },
    );
    if (next === this.#highWatermark) return;
    assert(next <= this.log.logEnd, "the high watermark lies within the log", { partition: this.name, next, logEnd: this.log.logEnd });
    this.#highWatermark = next;
    this.log.highWatermarkIs(next);
    this.#bytes.committedUpTo(next);
    this.#forCommit.advance(next);
    this.#tell();
  }

  #logStartMoved(): void {
    if (this.#highWatermark < this.log.logStart) this.#highWatermark = this.log.logStart;
    this.#tell();
  }

  #tell(): void {
    for (const observer of this.#observers) observer.advanced(this);
  }
}
