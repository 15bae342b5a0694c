import type { PartitionImage } from "@millrace/metadata";
import type { Log } from "@millrace/storage";
import { type BrokerId, codeOf, type ErrorCode, type LeaderEpoch, MillraceError, Offset, type TopicSettings } from "@millrace/vocabulary";
import type { LeaderMarks, SubscriptionAnswer } from "../following/subscription-answer.ts";
import type { ReplicaSurroundings } from "../surroundings.ts";
import { compareLogs, type Standing } from "./comparison.ts";
import type { FollowerEnds, FollowerLife } from "./follower-progress.ts";
import { Leadership } from "./leadership.ts";
import type { Proposal } from "./proposal.ts";

/** The replica that leads. */
export interface LeaderHost {
  readonly name: string;
  readonly log: Log;
  readonly settings: TopicSettings;
  /** The high watermark may have moved, or the end of what is synced. */
  moved(): void;
  propose(proposal: Proposal): void;
}

/** One follower's end of a subscription, told what it is to be sent. */
export interface Subscriber {
  readonly life: FollowerLife;
  /** The leader's log has grown. */
  grown(): void;
  /** More of it is committed, or it begins later. */
  moved(): void;
  /** The subscription is over: the leadership is, or a newer one took its place. */
  ended(code: ErrorCode): void;
}

/** This broker as the leader of a partition, in one leader epoch: what its followers are answered, and what it proposes. */
export class Leader {
  readonly leaderEpoch: LeaderEpoch;
  readonly epochStart: Offset;
  readonly #host: LeaderHost;
  readonly #around: ReplicaSurroundings;
  readonly #leadership: Leadership;
  readonly #subscribers = new Map<BrokerId, Subscriber>();
  #state: PartitionImage;
  #toldHighWatermark: Offset;
  #syncTo: Offset = Offset(0);

  constructor(host: LeaderHost, around: ReplicaSurroundings, state: PartitionImage, highWatermark: Offset) {
    const { log } = host;
    this.#host = host;
    this.#around = around;
    this.#state = state;
    this.leaderEpoch = state.leaderEpoch;
    this.epochStart = log.nextOffset;
    log.beginEpoch(state.leaderEpoch);
    this.#leadership = new Leadership({
      self: around.self,
      state,
      epochStart: this.epochStart,
      highWatermark,
      own: { written: log.logEnd, synced: log.syncedEnd },
      rules: rulesOf(host, around),
      nowMs: around.clock.monotonicMs(),
    });
    this.#toldHighWatermark = this.highWatermark;
  }

  get log(): Log {
    return this.#host.log;
  }

  get name(): string {
    return this.#host.name;
  }

  get highWatermark(): Offset {
    return this.#leadership.highWatermark;
  }

  get proposal(): Proposal | undefined {
    return this.#leadership.proposal;
  }

  get marks(): LeaderMarks {
    return { highWatermark: this.highWatermark, logStart: this.log.logStart, syncTo: this.#syncTo };
  }

  /** Everything below is synced on every replica in sync. */
  get syncedEnd(): Offset {
    return this.#leadership.syncedMark;
  }

  /** Somebody waits until everything below `offset` is synced: followers hear of it. */
  wantSynced(offset: Offset): void {
    if (offset <= this.#syncTo) return;
    this.#syncTo = offset;
    for (const subscriber of this.#subscribers.values()) subscriber.moved();
  }

  isInSync(follower: BrokerId): boolean {
    return this.#state.isr.includes(follower);
  }

  /** How far the followers are that have a subscription. */
  *followers(): Generator<{ readonly id: BrokerId; readonly written: Offset; readonly isInSync: boolean }> {
    for (const id of this.#subscribers.keys()) {
      const written = this.#leadership.follower(id)?.written;
      if (written !== undefined) yield { id, written, isInSync: this.isInSync(id) };
    }
  }

  /** The log has grown, or more of it is synced. */
  wrote(): void {
    this.#wrote();
    this.#moved();
    for (const subscriber of this.#subscribers.values()) subscriber.grown();
  }

  /** The log begins later. */
  logStartMoved(): void {
    for (const subscriber of this.#subscribers.values()) subscriber.moved();
  }

  /** Answers a subscription in this leader epoch; pushing begins at the follower's end where it is accepted. */
  subscribe(follower: BrokerId, subscriber: Subscriber, standing: Standing & FollowerEnds): SubscriptionAnswer {
    if (!this.#state.replicas.includes(follower)) return { type: "refused", code: "NOT_LEADER_OR_FOLLOWER" };
    const comparison = compareLogs(this.log, standing);
    if (comparison.type !== "continues") return comparison;
    if (!this.#leadership.subscribe(follower, subscriber.life, standing)) return { type: "refused", code: "STALE_BROKER_EPOCH" };
    const former = this.#subscribers.get(follower);
    this.#subscribers.set(follower, subscriber);
    former?.ended("STALE_BROKER_EPOCH");
    this.acknowledged(follower, subscriber.life, standing);
    return { type: "accepted", ...this.marks };
  }

  acknowledged(follower: BrokerId, life: FollowerLife, ends: FollowerEnds): void {
    const proposal = this.#leadership.acknowledged(follower, life, ends, this.#around.clock.monotonicMs());
    this.#moved();
    this.#propose(proposal);
  }

  /** A subscription is over from the follower's side, or its way is broken. */
  unsubscribe(follower: BrokerId, subscriber: Subscriber, heardMs: number): void {
    this.#leadership.unsubscribe(follower, subscriber.life, heardMs);
    if (this.#subscribers.get(follower) === subscriber) this.#subscribers.delete(follower);
  }

  /** Another state of this leader epoch. */
  assume(state: PartitionImage): void {
    const before = this.#state;
    this.#state = state;
    const proposal = this.#leadership.assume(state, this.#around.clock.monotonicMs());
    this.#note(before, state);
    this.#moved();
    this.#propose(proposal);
    for (const [follower, subscriber] of this.#subscribers)
      if (!state.replicas.includes(follower)) this.#end(follower, subscriber, "NOT_LEADER_OR_FOLLOWER");
  }

  /** The controller will not have what was proposed. */
  refused(proposal: Proposal, error: MillraceError): void {
    this.#around.logger.info("isr not changed", { partition: this.name, proposal, error: codeOf(error) });
    this.#leadership.refused(proposal, error.code, this.#around.clock.monotonicMs());
    this.#moved();
  }

  /** Time has passed, settings have changed, or what is known of brokers has. */
  tick(): void {
    this.#wrote();
    this.#moved();
    this.#propose(this.#leadership.tick(this.#around.clock.monotonicMs()));
  }

  /** The leadership is over. */
  resign(): void {
    for (const [follower, subscriber] of this.#subscribers) this.#end(follower, subscriber, "NOT_LEADER_OR_FOLLOWER");
  }

  /** Without followers nobody asks what time it is. */
  #wrote(): void {
    const nowMs = this.#subscribers.size === 0 ? 0 : this.#around.clock.monotonicMs();
    this.#leadership.wrote(this.log.logEnd, this.log.syncedEnd, nowMs);
  }

  /** Tells whoever waits for the high watermark, and the followers, where it has moved. */
  #moved(): void {
    this.#host.moved();
    if (this.highWatermark === this.#toldHighWatermark) return;
    this.#toldHighWatermark = this.highWatermark;
    for (const subscriber of this.#subscribers.values()) subscriber.moved();
  }

  #end(follower: BrokerId, subscriber: Subscriber, code: ErrorCode): void {
    this.#subscribers.delete(follower);
    subscriber.ended(code);
  }

  #propose(proposal: Proposal | undefined): void {
    if (proposal !== undefined) this.#host.propose(proposal);
  }

  #note(before: PartitionImage, { isr, partitionEpoch }: PartitionImage): void {
    const facts = { partition: this.name, from: before.isr, to: isr, leaderEpoch: this.leaderEpoch, partitionEpoch };
    const { logger, isrChanges } = this.#around;
    if (isr.length === before.isr.length) return;
    const isShrunk = isr.length < before.isr.length;
    logger.info(isShrunk ? "isr shrunk" : "isr expanded", facts);
    isrChanges[isShrunk ? "shrinks" : "expands"]++;
  }
}

function rulesOf(host: LeaderHost, { lagMaxMs, brokers }: ReplicaSurroundings) {
  return {
    get minInSync() {
      return host.settings["min.insync.replicas"];
    },
    get lagMaxMs() {
      return lagMaxMs();
    },
    get isSynced() {
      return host.settings["millrace.durability"] === "synced";
    },
    mayJoin: brokers.mayJoin.bind(brokers),
    epochOf: brokers.epochOf.bind(brokers),
  };
}
