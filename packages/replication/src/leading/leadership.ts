import type { PartitionImage } from "@millrace/metadata";
import { assert, type BrokerEpoch, type BrokerId, type ErrorCode, type LeaderEpoch, Offset, secondMs } from "@millrace/vocabulary";
import { type InSync, nextHighWatermark, type ReplicaProgress } from "../high-watermark.ts";
import { type FollowerEnds, type FollowerLife, FollowerProgress } from "./follower-progress.ts";
import { type IsrRules, isChange, type MemberLife, membersAfter, type Proposal } from "./proposal.ts";

/** After the controller found a member ineligible it is not asked for another change so soon: the metadata will say why. */
const heldOffMs: number = 1 * secondMs;

export interface LeadershipOptions {
  readonly self: BrokerId;
  /** The state that made this broker the leader. */
  readonly state: PartitionImage;
  /** The first offset of the leader epoch: what its log ended at. */
  readonly epochStart: Offset;
  readonly highWatermark: Offset;
  readonly own: FollowerEnds;
  readonly rules: IsrRules;
  readonly nowMs: number;
}

/**
 * The leader of one partition in one leader epoch: how far its followers are, who is in sync, and what is committed. A machine:
 * what it is told changes it, and may make a proposal due, which it returns; it asks for nothing by itself.
 *
 * One proposal is under way at most. Until its outcome is known its members count for the high watermark beside those of the
 * committed ISR, since it may have been committed already.
 */
export class Leadership {
  readonly leaderEpoch: LeaderEpoch;
  readonly epochStart: Offset;
  readonly #self: BrokerId;
  readonly #rules: IsrRules;
  readonly #followers = new Map<BrokerId, FollowerProgress>();
  readonly #progress: ReplicaProgress;
  #state: PartitionImage;
  #written: Offset;
  #synced: Offset;
  #highWatermark: Offset;
  #syncedMark: Offset = Offset(0);
  #inSync: InSync;
  #proposal: Proposal | undefined;
  #heldOffUntilMs = -Infinity;

  constructor({ self, state, epochStart, highWatermark, own, rules, nowMs }: LeadershipOptions) {
    this.#self = self;
    this.leaderEpoch = state.leaderEpoch;
    this.epochStart = epochStart;
    this.#state = state;
    this.#highWatermark = highWatermark;
    this.#written = own.written;
    this.#synced = own.synced;
    this.#rules = rules;
    for (const id of state.isr) if (id !== self) this.#followers.set(id, new FollowerProgress(nowMs));
    this.#inSync = this.#maximalIsr();
    const ownEnd = () => (rules.isSynced ? this.#synced : this.#written);
    this.#progress = {
      get ownEnd() {
        return ownEnd();
      },
      endOf: (id) => this.#endOf(id),
    };
    this.#advance();
  }

  /** Everything below is on each member of the maximal ISR. Never goes back. */
  get highWatermark(): Offset {
    return this.#highWatermark;
  }

  /** Everything below is synced on each member of the maximal ISR. As the high watermark, it stays below min.insync.replicas. */
  get syncedMark(): Offset {
    const progress = { ownEnd: this.#synced, endOf: (id: BrokerId) => this.follower(id)?.synced };
    this.#syncedMark = nextHighWatermark(this.#syncedMark, progress, this.#inSync);
    return this.#syncedMark;
  }

  /** Under way, with an outcome that is not known. */
  get proposal(): Proposal | undefined {
    return this.#proposal;
  }

  /** What is known of a follower that has a subscription. */
  follower(id: BrokerId): FollowerProgress | undefined {
    const follower = this.#followers.get(id);
    return follower?.isSubscribed === true ? follower : undefined;
  }

  /**
   * The leader's own log has grown, or more of it is synced; or the topic's settings have changed. Who stood at its end until now was
   * caught up until now, however long ago that was said.
   */
  wrote(written: Offset, synced: Offset, nowMs: number): void {
    if (written > this.#written)
      for (const follower of this.#followers.values())
        if (follower.isSubscribed && this.#isAtEnd(follower)) follower.caughtUpMs = Math.max(follower.caughtUpMs, nowMs);
    this.#written = written;
    this.#synced = synced;
    this.#advance();
  }

  /**
   * A follower whose log continues into the leader's subscribes, with `ends` that are to be acknowledged at once. False: another
   * subscription of the same follower is newer, and this one is not to be served.
   */
  subscribe(id: BrokerId, life: FollowerLife, ends: FollowerEnds): boolean {
    const follower = this.#followers.get(id) ?? new FollowerProgress(-Infinity);
    if (!follower.isBefore(life)) return false;
    this.#followers.set(id, follower);
    follower.begin(life, ends);
    return true;
  }

  /** Completed writes and syncs of a follower. One of another subscription than the newest changes nothing. */
  acknowledged(id: BrokerId, life: FollowerLife, ends: FollowerEnds, nowMs: number): Proposal | undefined {
    const follower = this.#followers.get(id);
    if (follower === undefined || !follower.isOf(life)) return undefined;
    follower.acknowledge(ends);
    follower.measure(follower.counted(this.#rules.isSynced), this.#written, nowMs);
    this.#advance();
    return this.#inSync.committed.includes(id) && !this.#hasLost(follower) ? undefined : this.#propose(nowMs);
  }

  /** A subscription is over; its follower was heard from last at `heardMs`. */
  unsubscribe(id: BrokerId, life: FollowerLife, heardMs: number): void {
    const follower = this.#followers.get(id);
    if (follower === undefined || !follower.isOf(life)) return;
    if (this.#isAtEnd(follower)) follower.caughtUpMs = Math.max(follower.caughtUpMs, heardMs);
    follower.end();
  }

  /** Another state of this leader epoch is committed. Its partition epoch is higher than that of the one before. */
  assume(state: PartitionImage, nowMs: number): Proposal | undefined {
    assert(state.leaderEpoch === this.leaderEpoch && state.partitionEpoch > this.#state.partitionEpoch, "a leader's states rise", {
      before: this.#state.partitionEpoch,
      state,
    });
    const joined = state.isr.filter((id) => !this.#state.isr.includes(id));
    this.#state = state;
    // Whatever was proposed rested on the state before: it has come about with this one, or never will.
    this.#proposal = undefined;
    this.#heldOffUntilMs = -Infinity;
    for (const id of this.#followers.keys()) if (!state.replicas.includes(id)) this.#followers.delete(id);
    for (const id of state.isr) if (id !== this.#self && !this.#followers.has(id)) this.#followers.set(id, new FollowerProgress(nowMs));
    // Who joins has the whole lag time to get to the leader's end, where it need not have been.
    for (const id of joined) this.#followers.get(id)!.caughtUpMs = nowMs;
    this.#inSync = this.#maximalIsr();
    this.#advance();
    return this.#propose(nowMs);
  }

  /**
   * The controller has refused a proposal. Where that can mean that the partition is not what it was here (its epochs have moved on),
   * the proposal may have been committed before, and counts until the state arrives that says so.
   */
  refused(proposal: Proposal, code: ErrorCode, nowMs: number): void {
    if (proposal !== this.#proposal || (code !== "INELIGIBLE_REPLICA" && code !== "INVALID_REQUEST")) return;
    this.#proposal = undefined;
    this.#heldOffUntilMs = nowMs + heldOffMs;
    this.#inSync = this.#maximalIsr();
    this.#advance();
  }

  /** Time has passed, or what is known of brokers has changed: who lags goes, who may join does. */
  tick(nowMs: number): Proposal | undefined {
    return this.#propose(nowMs);
  }

  #propose(nowMs: number): Proposal | undefined {
    if (this.#proposal !== undefined || nowMs < this.#heldOffUntilMs) return undefined;
    const { isr, replicas, partitionEpoch } = this.#state;
    const members = membersAfter(isr, replicas, {
      stays: (id) => id === this.#self || this.#stays(id, nowMs),
      joins: (id) => this.#joins(id),
    });
    if (!isChange(isr, members)) return undefined;
    const lives = members.map((broker): MemberLife => ({ broker, epoch: this.#epochOf(broker) }));
    this.#proposal = { leaderEpoch: this.leaderEpoch, partitionEpoch, isr: lives };
    this.#inSync = this.#maximalIsr();
    return this.#proposal;
  }

  /** In sync is who had all of the leader's log within the last `lagMaxMs`. Who lacks what is committed has lost it, and is not. */
  #stays(id: BrokerId, nowMs: number): boolean {
    const follower = this.#followers.get(id)!;
    if (this.#hasLost(follower)) return false;
    return (follower.isSubscribed && this.#isAtEnd(follower)) || nowMs - follower.caughtUpMs <= this.#rules.lagMaxMs;
  }

  /** By an acknowledgement of this leader epoch, past both the high watermark and the epoch's start (KAFKA-7128, KIP-841). */
  #joins(id: BrokerId): boolean {
    const follower = this.follower(id);
    if (follower === undefined) return false;
    const end = follower.counted(this.#rules.isSynced);
    return end >= this.#highWatermark && end >= this.epochStart && this.#rules.mayJoin(id, follower.brokerEpoch);
  }

  #hasLost(follower: FollowerProgress): boolean {
    return follower.isSubscribed && follower.written < this.#highWatermark;
  }

  #isAtEnd(follower: FollowerProgress): boolean {
    return follower.counted(this.#rules.isSynced) >= this.#written;
  }

  /** The life that a member's place in the ISR rests on: that of its acknowledgement, or the one that the metadata knows. */
  #epochOf(id: BrokerId): BrokerEpoch {
    return this.follower(id)?.brokerEpoch ?? this.#rules.epochOf(id);
  }

  #endOf(id: BrokerId): Offset | undefined {
    const follower = this.follower(id);
    return follower === undefined ? undefined : follower.counted(this.#rules.isSynced);
  }

  #maximalIsr(): InSync {
    const rules = this.#rules;
    const { isr, replicas, eligibleLeaders } = this.#state;
    const proposed = this.#proposal === undefined ? [] : this.#proposal.isr.map(({ broker }) => broker).filter((id) => !isr.includes(id));
    return {
      self: this.#self,
      committed: isr,
      proposed,
      hasEligible: eligibleLeaders.length > 0,
      get minimum() {
        return Math.min(rules.minInSync, replicas.length);
      },
    };
  }

  #advance(): void {
    this.#highWatermark = nextHighWatermark(this.#highWatermark, this.#progress, this.#inSync);
    assert(this.#highWatermark <= this.#written || this.#highWatermark <= this.epochStart, "what is committed is in the leader's log", {
      highWatermark: this.#highWatermark,
      written: this.#written,
    });
  }
}
