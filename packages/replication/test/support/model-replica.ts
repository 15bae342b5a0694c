import type { PartitionImage } from "@millrace/metadata";
import { BrokerEpoch, type BrokerId, type ErrorCode, noBroker, Offset } from "@millrace/vocabulary";
import { type FollowEffect, Following } from "../../src/following/following.ts";
import type { LeaderMarks, SubscriptionAnswer } from "../../src/following/subscription-answer.ts";
import { compareLogs, type Standing } from "../../src/leading/comparison.ts";
import type { FollowerEnds, FollowerLife } from "../../src/leading/follower-progress.ts";
import { Leadership } from "../../src/leading/leadership.ts";
import type { Proposal } from "../../src/leading/proposal.ts";
import type { ModelBroker, ModelController } from "./model-controller.ts";
import { ModelLog, type ModelRecord } from "./model-log.ts";

export type ModelBody =
  | { readonly type: "subscribe"; readonly leaderEpoch: number; readonly life: FollowerLife; readonly standing: Standing & FollowerEnds }
  | { readonly type: "answer"; readonly generation: number; readonly answer: SubscriptionAnswer }
  | {
      readonly type: "push";
      readonly generation: number;
      readonly marks: LeaderMarks;
      readonly from: Offset;
      readonly records: readonly ModelRecord[];
    }
  | { readonly type: "acknowledge"; readonly life: FollowerLife; readonly ends: FollowerEnds }
  | { readonly type: "propose"; readonly epoch: BrokerEpoch; readonly proposal: Proposal }
  | { readonly type: "outcome"; readonly proposal: Proposal; readonly outcome: PartitionImage | ErrorCode };

/** `to` -1: the controller. */
export interface ModelMessage {
  readonly from: BrokerId;
  readonly to: BrokerId;
  readonly body: ModelBody;
}

export interface ModelSurroundings {
  readonly controller: ModelController;
  readonly isSynced: boolean;
  readonly lagMaxMs: number;
  nowMs(): number;
  send(message: ModelMessage): void;
  note(id: BrokerId, what: string): void;
}

interface Pushing {
  readonly life: FollowerLife;
  next: Offset;
}

/** One replica: the machines, around a log in memory. Nothing completes by itself. */
export class ModelReplica {
  readonly id: BrokerId;
  readonly log: ModelLog = new ModelLog();
  isUp = true;
  /** It lost records in its last crash, and has not registered since. */
  isLossy = false;
  leadership: Leadership | undefined;
  following: Following | undefined;
  state: PartitionImage | undefined;
  highWatermark: Offset = Offset(0);
  brokerEpoch: BrokerEpoch = BrokerEpoch(-1);
  /** How much of the metadata it has learned. */
  learned = 0;
  /** Subscriptions that it serves. */
  readonly pushing: Map<BrokerId, Pushing> = new Map();
  readonly #around: ModelSurroundings;
  readonly #brokers = new Map<BrokerId, ModelBroker>();
  #generation = 0;
  #cut: Extract<FollowEffect, { type: "truncate" | "restart" }> | undefined;

  constructor(id: BrokerId, around: ModelSurroundings) {
    this.id = id;
    this.#around = around;
  }

  get isCutting(): boolean {
    return this.#cut !== undefined;
  }

  /** Takes the next record of the metadata in. */
  learn(): void {
    const record = this.#around.controller.metadata[this.learned];
    if (record === undefined) return;
    this.learned++;
    if (record.type === "partition") return this.assume(record.state);
    this.#brokers.set(record.id, record.broker);
    if (record.id === this.id && !record.broker.isFenced && record.broker.epoch !== this.brokerEpoch) {
      this.brokerEpoch = record.broker.epoch;
      this.following?.broken();
    }
    this.#propose(this.leadership?.tick(this.#around.nowMs()));
  }

  assume(state: PartitionImage): void {
    if (this.state !== undefined && state.partitionEpoch <= this.state.partitionEpoch) return;
    const isSameEpoch = state.leaderEpoch === this.state?.leaderEpoch;
    this.state = state;
    if (isSameEpoch && this.leadership !== undefined) return this.#propose(this.leadership.assume(state, this.#around.nowMs()));
    if (isSameEpoch) return;
    this.leadership = undefined;
    this.following = undefined;
    this.pushing.clear();
    if (!this.isCutting) this.#takeRole(state);
  }

  produce(value: string): void {
    const { leadership } = this;
    if (leadership === undefined) return;
    this.log.append([{ epoch: leadership.leaderEpoch, value }]);
  }

  written(): void {
    this.log.written();
    this.#moved();
  }

  synced(): void {
    this.log.synced();
    this.#moved();
  }

  finishCut(): void {
    const cut = this.#cut;
    if (cut === undefined) return;
    this.#cut = undefined;
    if (cut.type === "truncate") this.log.cutTo(cut.to);
    else this.log.restartAt(cut.at);
    this.highWatermark = Offset(Math.max(Math.min(this.highWatermark, this.log.logEnd), this.log.logStart));
    this.following?.cut();
    if (this.following === undefined && this.leadership === undefined && this.state !== undefined) this.#takeRole(this.state);
  }

  subscribe(): void {
    const { following } = this;
    if (following === undefined || following.leader === noBroker || this.isCutting) return;
    const generation = this.#generation + 1;
    const standing = following.subscribe(generation);
    if (standing === undefined) return;
    this.#generation = generation;
    const life = { brokerEpoch: this.brokerEpoch, generation };
    this.#send(following.leader, { type: "subscribe", leaderEpoch: following.leaderEpoch, life, standing });
  }

  push(follower: BrokerId, recordsMax = 2): void {
    const pushing = this.pushing.get(follower);
    if (pushing === undefined || this.leadership === undefined) return;
    const from = pushing.next;
    if (from < this.log.logStart) {
      this.pushing.delete(follower);
      this.leadership.unsubscribe(follower, pushing.life, this.#around.nowMs());
      return this.#answer(follower, pushing.life, { type: "behind", logStart: this.log.logStart });
    }
    const to = Math.min(this.log.logEnd, from + recordsMax);
    pushing.next = Offset(to);
    const records = this.log.from(from, to);
    this.#send(follower, { type: "push", generation: pushing.life.generation, marks: this.#marks(), from, records });
  }

  acknowledge(): void {
    const ends = this.following?.acknowledgement();
    if (ends === undefined) return;
    const life = { brokerEpoch: this.brokerEpoch, generation: ends.generation };
    this.#send(this.following!.leader, { type: "acknowledge", life, ends });
  }

  tick(): void {
    this.#propose(this.leadership?.tick(this.#around.nowMs()));
  }

  /** Sends what is proposed once more: nobody knows what came of it. */
  insist(): void {
    this.#propose(this.leadership?.proposal);
  }

  /** The way to the follower breaks, or to the leader. */
  breakWith(other: BrokerId): void {
    const pushing = this.pushing.get(other);
    this.pushing.delete(other);
    if (pushing !== undefined) this.leadership?.unsubscribe(other, pushing.life, this.#around.nowMs());
    if (this.following?.leader === other) this.following.broken();
  }

  /** @param keeps the end of what survives */
  crash(keeps: number): void {
    this.isUp = false;
    this.isLossy ||= keeps < this.log.logEnd;
    this.#cut = undefined;
    this.log.cutTo(keeps);
    this.leadership = this.following = this.state = undefined;
    this.pushing.clear();
    this.#brokers.clear();
    this.learned = 0;
    this.#generation = 0;
    this.brokerEpoch = BrokerEpoch(-1);
    this.highWatermark = this.log.highWatermarkHint;
  }

  restart(): void {
    this.isUp = true;
    this.isLossy = false;
    this.learned = 0;
    while (this.learned < this.#around.controller.metadata.length) {
      const record = this.#around.controller.metadata[this.learned++]!;
      if (record.type === "broker") this.#brokers.set(record.id, record.broker);
    }
    this.brokerEpoch = this.#brokers.get(this.id)!.epoch;
    this.assume(this.#around.controller.state);
  }

  receive(from: BrokerId, body: ModelBody): void {
    switch (body.type) {
      case "subscribe":
        return this.#serve(from, body.leaderEpoch, body.life, body.standing);
      case "answer":
        return this.#carryOut(this.following?.leader === from ? this.following.answered(body.generation, body.answer) : undefined, []);
      case "push": {
        const offset = body.records.length === 0 ? undefined : body.from;
        const effect = this.following?.leader === from ? this.following.pushed(body.generation, body.marks, offset) : undefined;
        this.#carryOut(effect, body.records);
        return this.#moved();
      }
      case "acknowledge":
        return this.#propose(this.leadership?.acknowledged(from, body.life, body.ends, this.#around.nowMs()), true);
      case "outcome":
        if (typeof body.outcome === "object") this.assume(body.outcome);
        else this.leadership?.refused(body.proposal, body.outcome, this.#around.nowMs());
        return this.#moved();
      case "propose":
        return;
    }
  }

  #takeRole(state: PartitionImage): void {
    const { leader, leaderEpoch } = state;
    if (leader !== this.id) {
      this.following = new Following(this.log, { leader, leaderEpoch, highWatermark: this.highWatermark });
      return;
    }
    this.log.beginEpoch(leaderEpoch);
    const { controller, isSynced, lagMaxMs, nowMs } = this.#around;
    this.leadership = new Leadership({
      self: this.id,
      state,
      epochStart: this.log.nextOffset,
      highWatermark: this.highWatermark,
      own: this.#ends(),
      nowMs: nowMs(),
      rules: {
        minInSync: controller.minInSync,
        isSynced,
        lagMaxMs,
        mayJoin: (id, epoch) => this.#brokers.get(id)?.epoch === epoch && !this.#brokers.get(id)!.isFenced,
        epochOf: (id) => this.#brokers.get(id)?.epoch ?? BrokerEpoch(-1),
      },
    });
    this.#around.note(this.id, `leads epoch=${leaderEpoch}`);
    this.#moved();
  }

  #serve(follower: BrokerId, leaderEpoch: number, life: FollowerLife, standing: Standing & FollowerEnds): void {
    const { leadership } = this;
    if (leadership === undefined || leadership.leaderEpoch !== leaderEpoch)
      return this.#answer(follower, life, { type: "refused", code: "NOT_LEADER_OR_FOLLOWER" });
    const comparison = compareLogs(this.log, standing);
    if (comparison.type !== "continues") return this.#answer(follower, life, comparison);
    if (!leadership.subscribe(follower, life, standing)) return;
    this.pushing.set(follower, { life, next: standing.end });
    this.#answer(follower, life, { type: "accepted", ...this.#marks() });
    this.#propose(leadership.acknowledged(follower, life, standing, this.#around.nowMs()), true);
  }

  #answer(follower: BrokerId, { generation }: FollowerLife, answer: SubscriptionAnswer): void {
    this.#send(follower, { type: "answer", generation, answer });
  }

  #carryOut(effect: FollowEffect | undefined, records: readonly ModelRecord[]): void {
    switch (effect?.type) {
      case "append":
        return this.log.append(records);
      case "truncate":
        this.#around.note(this.id, `truncate to=${effect.to}${effect.losesFrom === undefined ? "" : " LOST"}`);
        this.#cut = effect;
        return;
      case "restart":
        this.#around.note(this.id, `restart at=${effect.at}`);
        this.#cut = effect;
        return;
    }
  }

  #propose(proposal: Proposal | undefined, moves = false): void {
    if (moves) this.#moved();
    if (proposal === undefined) return;
    this.#around.note(this.id, `propose isr=${proposal.isr.map(({ broker }) => broker).join(",")}`);
    this.#send(noBroker, { type: "propose", epoch: this.brokerEpoch, proposal });
  }

  /** The high watermark follows what has changed. */
  #moved(): void {
    this.leadership?.wrote(this.log.logEnd, this.log.syncedEnd, this.#around.nowMs());
    const next = this.leadership?.highWatermark ?? this.following?.highWatermark ?? this.highWatermark;
    if (next === this.highWatermark) return;
    this.highWatermark = next;
    this.log.highWatermarkHint = next;
    const start = this.following?.logStartDue;
    if (start !== undefined) this.log.startAt(start);
    this.#around.note(this.id, `hw=${next}`);
  }

  #marks(): LeaderMarks {
    return { highWatermark: this.highWatermark, logStart: this.log.logStart, syncTo: Offset(0) };
  }

  #ends(): FollowerEnds {
    return { written: this.log.logEnd, synced: this.log.syncedEnd };
  }

  #send(to: BrokerId, body: ModelBody): void {
    this.#around.send({ from: this.id, to, body });
  }
}
