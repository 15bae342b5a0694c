import type { PartitionImage } from "@millrace/metadata";
import type { Appended, AppendOptions, Log } from "@millrace/storage";
import {
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
import type { Committed } from "./commit-queue.ts";
import type { Leader } from "./leading/leader.ts";
import type { Proposal } from "./leading/proposal.ts";
import type { Isolation } from "./partition-progress.ts";
import { Replica } from "./replica.ts";
import type { ReplicaSurroundings } from "./surroundings.ts";

/** Who is told when a partition has something new, or is no longer led here. */
export interface PartitionObserver {
  /** The high watermark, the last stable offset or the log start has moved. */
  advanced(partition: Partition): void;
  /** The leader is another one now, or the log has failed. The observer is forgotten. */
  lost(partition: Partition, error: MillraceError): void;
  /** The disk was full: what was appended and not written is gone. This broker goes on to lead. */
  dropped?(partition: Partition, error: MillraceError): void;
}

/** What a partition needs to know of its place. */
export interface PartitionOptions {
  readonly topic: string;
  readonly topicId: TopicId;
  readonly index: number;
  readonly log: Log;
  readonly settings: () => TopicSettings;
  readonly around: ReplicaSurroundings;
}

/**
 * This broker's replica of one partition: its leader or a follower, as the newest state says. Whoever waits for records to be
 * written, synced or committed is told in the turn in which they are.
 */
export class Partition {
  readonly topic: string;
  readonly topicId: TopicId;
  readonly index: number;
  readonly log: Log;
  readonly #replica: Replica;

  constructor(options: PartitionOptions) {
    this.topic = options.topic;
    this.topicId = options.topicId;
    this.index = options.index;
    this.log = options.log;
    this.#replica = new Replica(this, options);
  }

  /** `topic-index`, as every log line names a partition. */
  get name(): string {
    return `${this.topic}-${this.index}`;
  }

  get isLeader(): boolean {
    return this.#replica.roles.leading !== undefined;
  }

  /** Whether this broker leads the partition or follows its leader: between the two it does neither. */
  get hasRole(): boolean {
    return this.#replica.roles.hasRole;
  }

  /** What this broker does as the leader; undefined while it is none. */
  get leading(): Leader | undefined {
    return this.#replica.roles.leading;
  }

  get leader(): BrokerId {
    return this.#replica.roles.state?.leader ?? noBroker;
  }

  get leaderEpoch(): LeaderEpoch {
    return this.#replica.roles.state?.leaderEpoch ?? unknownLeaderEpoch;
  }

  get partitionEpoch(): PartitionEpoch {
    return this.#replica.roles.state?.partitionEpoch ?? PartitionEpoch(-1);
  }

  /** Everything below is on each in-sync replica and may be read. Never goes back but with committed records that are lost. */
  get highWatermark(): Offset {
    return this.#replica.progress.highWatermark;
  }

  /** Whether the high watermark has reached this leader's first offset, so that it may be told to consumers (KIP-207). */
  get isHighWatermarkKnown(): boolean {
    return this.highWatermark >= (this.leading?.epochStart ?? 0);
  }

  /** Everything below is decided: no transaction that is open, or whose end is not yet committed, begins before it. */
  get lastStableOffset(): Offset {
    return this.#replica.progress.lastStableOffset;
  }

  get settings(): TopicSettings {
    return this.#replica.settings;
  }

  /** Bytes that have become committed since this broker took its role: differences tell a waiting fetch what it would get. */
  get committedBytes(): number {
    return this.#replica.progress.committedBytes;
  }

  /** Whether the ISR has as many members as acks=all asks for. */
  get hasMinimumIsr(): boolean {
    const { state } = this.#replica.roles;
    return state !== undefined && state.isr.length >= this.#minimumIsr(state);
  }

  /** The end of what a reader may see. */
  readableEnd(isolation: Isolation): Offset {
    return this.#replica.progress.readableEnd(isolation);
  }

  /**
   * Takes over a state that the controller committed. Only one with a higher partition epoch counts, since answers and the
   * metadata log may bring the same change in either order.
   */
  assume(state: PartitionImage): void {
    this.#replica.roles.assume(state, () => new MillraceError("NOT_LEADER_OR_FOLLOWER", this.#facts()));
  }

  /** Whether the outcome of this proposal is still waited for. */
  isProposing(proposal: Proposal): boolean {
    return this.#replica.isProposing(proposal);
  }

  /** The controller has refused what this replica proposed. */
  refused(proposal: Proposal, error: MillraceError): void {
    this.#replica.refused(proposal, error);
  }

  /** Time has passed, or what is known of settings and brokers has changed. */
  tick(): void {
    this.#replica.tick();
  }

  /**
   * Others may lead by now, though nobody has said so: what waits to be committed is told NOT_LEADER_OR_FOLLOWER, and may still be. The
   * broker goes on as a leader where it turns out to be one.
   */
  lapse(): void {
    if (!this.isLeader) return;
    const reason = "this broker has no session with the controller";
    this.#replica.progress.waits.refuseCommits(new MillraceError("NOT_LEADER_OR_FOLLOWER", { ...this.#facts(), reason }));
  }

  /** The partition is gone from this broker. */
  close(error: MillraceError): void {
    this.#replica.roles.end(error);
  }

  /**
   * Throws unless this broker leads and the caller knows no other leader epoch: NOT_LEADER_OR_FOLLOWER, FENCED_LEADER_EPOCH,
   * UNKNOWN_LEADER_EPOCH. `currentEpoch` -1: the caller does not say.
   */
  checkLeader(currentEpoch: LeaderEpoch = unknownLeaderEpoch): void {
    this.checkReplica(currentEpoch);
    if (!this.isLeader) throw new MillraceError("NOT_LEADER_OR_FOLLOWER", this.#facts());
  }

  /** As `checkLeader`, but a follower passes: what is committed may be read from it, too (KIP-392). */
  checkReplica(currentEpoch: LeaderEpoch = unknownLeaderEpoch): void {
    if (currentEpoch !== unknownLeaderEpoch && currentEpoch < this.leaderEpoch)
      throw new MillraceError("FENCED_LEADER_EPOCH", { ...this.#facts(), asked: currentEpoch });
    if (currentEpoch > this.leaderEpoch) throw new MillraceError("UNKNOWN_LEADER_EPOCH", { ...this.#facts(), asked: currentEpoch });
    if (!this.hasRole) throw new MillraceError("NOT_LEADER_OR_FOLLOWER", this.#facts());
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
    if (!appended.isDuplicate) this.#replica.progress.appended(Offset(appended.lastOffset + 1), batch.length);
    return appended;
  }

  /** Calls back when everything below `offset` is committed. The function returned gives up waiting. */
  whenCommitted(offset: Offset, settle: Committed): () => void {
    return this.#replica.progress.waits.forCommit(offset, this.highWatermark, settle);
  }

  /** Calls back when everything below `offset` is in this machine's page cache. */
  whenWritten(offset: Offset, settle: Committed): () => void {
    return this.#replica.progress.waits.forWrite(offset, settle);
  }

  /** Calls back when everything below `offset` would survive a power cut of every replica in sync at once. */
  whenSynced(offset: Offset, settle: Committed): () => void {
    const giveUp = this.#replica.progress.waits.forSync(offset, this.#replica.syncedEnd, settle);
    this.leading?.wantSynced(offset);
    if (offset > this.log.syncedEnd && offset <= this.log.logEnd) this.#replica.sync();
    return giveUp;
  }

  /** Tells the observer of progress until the function returned is called. */
  observe(observer: PartitionObserver): () => void {
    return this.#replica.progress.observe(observer);
  }

  #checkMinimumIsr(): void {
    if (this.hasMinimumIsr) return;
    const state = this.#replica.roles.state!;
    const facts = { partition: this.name, inSync: state.isr.length, minimum: this.#minimumIsr(state) };
    throw new MillraceError("NOT_ENOUGH_REPLICAS", facts);
  }

  #minimumIsr({ replicas }: PartitionImage): number {
    return Math.min(this.settings["min.insync.replicas"], replicas.length);
  }

  #facts() {
    return { partition: this.name, leader: this.leader, leaderEpoch: this.leaderEpoch };
  }
}
