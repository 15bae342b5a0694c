import type { Log } from "@millrace/storage";
import type { Timer } from "@millrace/runtime";
import { type BrokerId, type LeaderEpoch, Offset, type TopicId } from "@millrace/vocabulary";
import type { Standing } from "../leading/comparison.ts";
import type { FollowerEnds } from "../leading/follower-progress.ts";
import type { ReplicaSurroundings } from "../surroundings.ts";
import { type FollowEffect, Following } from "./following.ts";
import type { LeaderMarks, SubscriptionAnswer } from "./subscription-answer.ts";

/** The replica that follows. */
export interface FollowerHost {
  readonly name: string;
  readonly topicId: TopicId;
  readonly index: number;
  readonly log: Log;
  /** The high watermark may have moved. */
  moved(): void;
  /** Batches of the leader's have been appended. */
  appended(end: Offset, bytes: number): void;
}

/** A follower's way to its leader. What it is told is done at the end of the turn. */
export interface WayToLeader {
  /** The follower wants a subscription: it is asked for one. */
  wants(follower: Follower): void;
  /** There may be something to acknowledge, and bytes that count against the credit no more. */
  progressed(follower: Follower): void;
}

/** What a batch begins with. */
const firstOffsetBytes = 8;
/** A subscription that was refused is tried again after a time in this range, growing until one brings something. */
const backOffMs = { first: 20, last: 500 } as const;

/** This broker's replica as a follower, in one leader epoch: carries out what `Following` decides, on the log and on the way. */
export class Follower {
  readonly #host: FollowerHost;
  readonly #around: ReplicaSurroundings;
  readonly #following: Following;
  /** Batches that are being written: where they end, and how large they are. */
  readonly #unwritten: { readonly end: Offset; readonly bytes: number }[] = [];
  #freeBytes = 0;
  #way: WayToLeader | undefined;
  #retry: Timer | undefined;
  #delayMs: number = backOffMs.first;
  #cutting: Promise<void> | undefined;
  #isStopped = false;

  constructor(
    host: FollowerHost,
    around: ReplicaSurroundings,
    state: { leader: BrokerId; leaderEpoch: LeaderEpoch; highWatermark: Offset },
  ) {
    this.#host = host;
    this.#around = around;
    this.#following = new Following(host.log, state);
  }

  get leader(): BrokerId {
    return this.#following.leader;
  }

  get leaderEpoch(): LeaderEpoch {
    return this.#following.leaderEpoch;
  }

  get topicId(): TopicId {
    return this.#host.topicId;
  }

  get index(): number {
    return this.#host.index;
  }

  get highWatermark(): Offset {
    return this.#following.highWatermark;
  }

  /** Settles when the cut that is under way is done; undefined: none is. */
  get cutting(): Promise<void> | undefined {
    return this.#cutting;
  }

  /** There is a way to the leader, and nothing has been said on it. */
  attach(way: WayToLeader): void {
    this.#way = way;
    this.#want();
  }

  /** The way is broken. */
  detach(): void {
    this.#way = undefined;
    this.#following.broken();
    this.#forgetUnwritten();
  }

  /** What to subscribe with; undefined: not now, and it will ask again. */
  subscription(generation: number): (Standing & FollowerEnds) | undefined {
    return this.#following.subscribe(generation);
  }

  answered(generation: number, answer: SubscriptionAnswer): void {
    this.#carryOut(this.#following.answered(generation, answer));
    this.#took();
    // A sync that was done between the question and the answer is still to be told.
    if (this.#following.isFollowing) this.#way?.progressed(this);
  }

  /** Marks of the leader, and batches that begin at `from`. They count against the credit until `takeFreeBytes` gives them back. */
  pushed(generation: number, marks: LeaderMarks, from: Offset, batches: Buffer): void {
    const isPushed = batches.length >= firstOffsetBytes;
    const effect = isPushed
      ? this.#following.pushed(generation, marks, from, Offset(Number(batches.readBigInt64BE(0))))
      : this.#following.pushed(generation, marks, undefined);
    if (effect.type === "append") this.#append(batches);
    else this.#freeBytes += batches.length;
    this.#carryOut(effect);
    this.#took();
  }

  /** Writes have completed, or syncs. */
  wrote(): void {
    const { logEnd } = this.#host.log;
    while (this.#unwritten.length > 0 && this.#unwritten[0]!.end <= logEnd) this.#freeBytes += this.#unwritten.shift()!.bytes;
    this.#host.moved();
    this.#syncIfDue();
    if (this.#following.generation === undefined && this.#retry === undefined) this.#want();
    else this.#way?.progressed(this);
  }

  /** What was appended and not written is gone. */
  dropped(): void {
    this.#forgetUnwritten();
    this.#carryOut(this.#following.failed());
  }

  /** What is to be acknowledged, once; undefined: nothing new. */
  acknowledgement(): (FollowerEnds & { generation: number }) | undefined {
    return this.#following.acknowledgement();
  }

  /** Bytes that do not count against the credit any more, once. */
  takeFreeBytes(): number {
    const bytes = this.#freeBytes;
    this.#freeBytes = 0;
    return bytes;
  }

  /** The leader epoch is over, or the replica is gone. */
  stop(): void {
    this.#isStopped = true;
    this.#retry?.cancel();
    this.#following.broken();
    this.#forgetUnwritten();
  }

  #want(): void {
    if (!this.#isStopped) this.#way?.wants(this);
  }

  #took(): void {
    this.#host.moved();
    this.#syncIfDue();
    const start = this.#following.logStartDue;
    if (start !== undefined) this.#host.log.deleteRecordsBefore(start).catch(() => {}); // a failure reaches everyone through the log
    if (this.#freeBytes > 0) this.#way?.progressed(this);
  }

  /** A failure reaches everyone through the log. */
  #syncIfDue(): void {
    if (this.#following.isSyncDue) this.#host.log.sync().catch(() => {});
  }

  #append(batches: Buffer): void {
    const { log, name } = this.#host;
    try {
      const { lastOffset } = log.appendReplicated(batches);
      const end = Offset(lastOffset + 1);
      this.#unwritten.push({ end, bytes: batches.length });
      this.#delayMs = backOffMs.first;
      this.#host.appended(end, batches.length);
    } catch (error) {
      this.#around.logger.warn("replicated batches not appended", { partition: name, leader: this.leader, error });
      this.#freeBytes += batches.length;
      this.#carryOut(this.#following.failed());
    }
  }

  #carryOut(effect: FollowEffect): void {
    switch (effect.type) {
      case "again":
        return this.#again();
      case "truncate":
        return this.#truncate(effect.to, effect.losesFrom);
      case "restart":
        this.#around.logger.info("log begins anew at its leader's start", { partition: this.#host.name, at: effect.at });
        return this.#cut(this.#host.log.restartAt(effect.at));
      case "append":
      case "nothing":
        return;
    }
  }

  #truncate(to: Offset, losesFrom: Offset | undefined): void {
    const { name, log } = this.#host;
    const facts = { partition: name, to, from: log.logEnd, leader: this.leader, leaderEpoch: this.leaderEpoch };
    if (losesFrom === undefined) this.#around.logger.info("log cut where it parts from its leader's", facts);
    else
      this.#around.logger.error("committed records are lost: the leader does not have them", {
        ...facts,
        highWatermark: this.highWatermark,
      });
    this.#cut(log.truncateTo(to));
  }

  #cut(cut: Promise<void>): void {
    this.#forgetUnwritten();
    this.#cutting = this.#finish(cut);
  }

  /** A cut that fails has failed the log, which everybody is told; it neither leads nor follows any more. */
  async #finish(cut: Promise<void>): Promise<void> {
    try {
      await cut;
    } catch (error) {
      return this.#around.logger.error("log not cut", { partition: this.#host.name, error });
    } finally {
      this.#cutting = undefined;
    }
    this.#following.cut();
    this.#host.moved();
    this.#want();
  }

  #again(): void {
    if (this.#isStopped) return;
    this.#retry?.cancel();
    this.#retry = this.#around.clock.timer(this.#delayMs, () => {
      this.#retry = undefined;
      this.#want();
    });
    this.#delayMs = Math.min(this.#delayMs * 2, backOffMs.last);
  }

  #forgetUnwritten(): void {
    for (const { bytes } of this.#unwritten.splice(0)) this.#freeBytes += bytes;
  }
}
