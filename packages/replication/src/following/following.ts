import { type BrokerId, type LeaderEpoch, Offset, unknownLeaderEpoch } from "@millrace/vocabulary";
import { type CutLog, cutPoint, type Standing } from "../leading/comparison.ts";
import type { FollowerEnds } from "../leading/follower-progress.ts";
import type { LeaderMarks, SubscriptionAnswer } from "./subscription-answer.ts";

/** The follower's own log, as far as following looks at it. */
export interface FollowedLog extends CutLog {
  readonly logStart: Offset;
  readonly logEnd: Offset;
  readonly nextOffset: Offset;
  readonly syncedEnd: Offset;
  readonly latestEpoch: LeaderEpoch | undefined;
}

/** What the follower is to do. A cut is told of with `cut` when it is done; `again`: subscribe anew, after a while. */
export type FollowEffect =
  | { readonly type: "nothing" }
  | { readonly type: "append" }
  /** `losesFrom`: committed records go with it, from this offset, which only an unclean election or a broken leader can ask for. */
  | { readonly type: "truncate"; readonly to: Offset; readonly losesFrom: Offset | undefined }
  | { readonly type: "restart"; readonly at: Offset }
  | { readonly type: "again" };

const nothing: FollowEffect = { type: "nothing" };
const again: FollowEffect = { type: "again" };

/**
 * A replica that follows one leader in one leader epoch: when it subscribes, what it does with what the leader says, and what it
 * acknowledges. A machine: it says what is to be done with the log, and does nothing itself.
 *
 *     idle ── subscribe ──► asked ── accepted ──► following
 *      ▲                      │ diverging, behind    │
 *      ├──── cut ◄── cutting ◄┴──────────────────────┤
 *      └──────────── refused, broken, failed ────────┘
 *
 * While it is subscribed its log is the beginning of its leader's, so that what it acknowledges means what a fetch at that offset
 * means to Kafka.
 */
export class Following {
  readonly leader: BrokerId;
  readonly leaderEpoch: LeaderEpoch;
  readonly #log: FollowedLog;
  #phase: "idle" | "asked" | "following" | "cutting" = "idle";
  #generation = -1;
  /** Of the leader; only rise. The follower's own high watermark is what its log has of it. */
  #committed: Offset;
  #leaderStart: Offset = Offset(0);
  /** Where the leader's log begins within a batch, as long as this log, which begins where that batch does, is empty. */
  #startInBatch: Offset = Offset(0);
  #syncTo: Offset = Offset(0);
  #toldWritten = Offset(-1);
  #toldSynced = Offset(-1);

  /** @param highWatermark as this replica knew it before */
  constructor(
    log: FollowedLog,
    { leader, leaderEpoch, highWatermark }: { leader: BrokerId; leaderEpoch: LeaderEpoch; highWatermark: Offset },
  ) {
    this.leader = leader;
    this.leaderEpoch = leaderEpoch;
    this.#log = log;
    this.#committed = highWatermark;
  }

  /** Of the subscription that is under way; undefined: none is. */
  get generation(): number | undefined {
    return this.#phase === "asked" || this.#phase === "following" ? this.#generation : undefined;
  }

  get isFollowing(): boolean {
    return this.#phase === "following";
  }

  /** Whether a cut is under way: until it is done the log may neither be led nor subscribed with. */
  get isCutting(): boolean {
    return this.#phase === "cutting";
  }

  /** Everything below is committed, and in this log. */
  get highWatermark(): Offset {
    return Offset(Math.min(this.#committed, this.#log.logEnd));
  }

  /** Where this log should begin as the leader's does, as far as what precedes is committed; undefined: it does. */
  get logStartDue(): Offset | undefined {
    const start = Math.min(this.#leaderStart, this.highWatermark);
    return start > this.#log.logStart ? Offset(start) : undefined;
  }

  /** Whether the leader waits for a sync of what has been written here. */
  get isSyncDue(): boolean {
    return this.#log.syncedEnd < Math.min(this.#syncTo, this.#log.logEnd);
  }

  /**
   * A subscription with a generation that this broker has not used before. Undefined while there is one, while a cut is under way,
   * and while something is being written, whose end is not known yet.
   */
  subscribe(generation: number): (Standing & FollowerEnds) | undefined {
    const { logEnd, nextOffset, syncedEnd, latestEpoch } = this.#log;
    if (this.#phase !== "idle" || logEnd !== nextOffset) return undefined;
    this.#phase = "asked";
    this.#generation = generation;
    this.#toldWritten = logEnd;
    this.#toldSynced = syncedEnd;
    return { end: this.#expected, lastEpoch: latestEpoch ?? unknownLeaderEpoch, written: logEnd, synced: syncedEnd };
  }

  /** The leader's word on a subscription. */
  answered(generation: number, answer: SubscriptionAnswer): FollowEffect {
    if (generation !== this.generation) return nothing;
    switch (answer.type) {
      case "accepted":
        this.#phase = "following";
        this.#take(answer);
        return nothing;
      case "diverging":
        return this.#diverge(answer);
      case "behind":
        return this.#beginAt(answer.logStart);
      case "refused":
        this.#phase = "idle";
        return again;
    }
  }

  /**
   * The leader's marks, and batches from `from` on where it is said: to be appended if they continue the log. The batch that holds `from`
   * begins at `first`: before it where records were deleted up to the middle of a batch. An empty log then begins where the batch does.
   */
  pushed(generation: number, marks: LeaderMarks, from: Offset | undefined, first: Offset | undefined = from): FollowEffect {
    if (generation !== this.generation || this.#phase !== "following") return nothing;
    this.#take(marks);
    const expected = this.#expected;
    if (from === undefined || first === undefined || from < expected) return nothing;
    if (from > expected) return this.#over();
    if (first >= this.#log.nextOffset || !this.#isEmpty || first < 0) return { type: "append" };
    this.#startInBatch = from;
    this.#phase = "cutting";
    return { type: "restart", at: first };
  }

  /** What is to be acknowledged, once; undefined: nothing new. */
  acknowledgement(): (FollowerEnds & { generation: number }) | undefined {
    if (this.#phase !== "following") return undefined;
    const { logEnd: written, syncedEnd: synced } = this.#log;
    if (written === this.#toldWritten && synced === this.#toldSynced) return undefined;
    this.#toldWritten = written;
    this.#toldSynced = synced;
    return { generation: this.#generation, written, synced };
  }

  /** The cut that was asked for is done. */
  cut(): FollowEffect {
    this.#phase = "idle";
    // A log that begins anew at its leader's start begins with what is committed.
    this.#committed = Offset(Math.max(Math.min(this.#committed, this.#log.logEnd), this.#log.logStart));
    return again;
  }

  /** What was pushed could not be appended, or what was appended was not written. */
  failed(): FollowEffect {
    return this.generation === undefined ? nothing : this.#over();
  }

  /** The way to the leader is broken. */
  broken(): FollowEffect {
    return this.generation === undefined ? nothing : this.#over();
  }

  get #isEmpty(): boolean {
    return this.#log.logStart === this.#log.nextOffset;
  }

  /** Where what is pushed next begins. */
  get #expected(): Offset {
    const { nextOffset } = this.#log;
    return this.#isEmpty && nextOffset < this.#startInBatch ? this.#startInBatch : nextOffset;
  }

  #over(): FollowEffect {
    this.#phase = "idle";
    return again;
  }

  #take({ highWatermark, logStart, syncTo }: LeaderMarks): void {
    if (syncTo > this.#syncTo) this.#syncTo = syncTo;
    if (highWatermark > this.#committed) this.#committed = highWatermark;
    if (logStart > this.#leaderStart) this.#leaderStart = logStart;
  }

  #diverge(answer: { epoch: LeaderEpoch; endOffset: Offset }): FollowEffect {
    const to = cutPoint(this.#log, answer);
    if (to >= this.#log.nextOffset || to < 0) return this.#over();
    const losesFrom = to < this.highWatermark ? to : undefined;
    this.#phase = "cutting";
    return { type: "truncate", to, losesFrom };
  }

  #beginAt(logStart: Offset): FollowEffect {
    if (logStart <= this.#log.nextOffset) return this.#over();
    this.#phase = "cutting";
    return { type: "restart", at: logStart };
  }
}
