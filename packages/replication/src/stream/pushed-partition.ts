import type { PushDraft } from "@millrace/contracts";
import type { LogRead } from "@millrace/storage";
import { type BrokerId, codeOf, type ErrorCode, MillraceError, Offset } from "@millrace/vocabulary";
import type { LeaderMarks, SubscriptionAnswer } from "../following/subscription-answer.ts";
import type { FollowerEnds, FollowerLife } from "../leading/follower-progress.ts";
import type { Leader, Subscriber } from "../leading/leader.ts";

/** The stream that a subscription is on. */
export interface PushingStream {
  readonly follower: BrokerId;
  /** There is something to push: it will be asked for. */
  wants(pushed: PushedPartition): void;
  /** The marks have moved: unless batches go out first, they are told by themselves. */
  hasNews(pushed: PushedPartition): void;
  /** The subscription is over; the follower is told the answer. */
  over(pushed: PushedPartition, answer: SubscriptionAnswer): void;
}

/** A subscription at the leader's end: how far its follower has been sent the log. */
export class PushedPartition implements Subscriber {
  readonly leader: Leader;
  readonly life: FollowerLife;
  readonly #stream: PushingStream;
  #next: Offset;
  #told: LeaderMarks | undefined;
  /** Read from the disk, to be pushed next. */
  #read: LogRead | undefined;
  #isReading = false;
  #isOver = false;

  constructor(leader: Leader, life: FollowerLife, next: Offset, stream: PushingStream) {
    this.leader = leader;
    this.life = life;
    this.#next = next;
    this.#stream = stream;
  }

  /** Whether memory is held for it, or about to be: something is being read from the disk, or has been. */
  get isHolding(): boolean {
    return this.#isReading || this.#read !== undefined;
  }

  /** Whether it comes before those who catch up: its follower is in sync, or what was read for it waits. */
  get isFirst(): boolean {
    return this.#read !== undefined || this.leader.isInSync(this.#stream.follower);
  }

  /** Whether the follower lacks something, and it is not being read from the disk right now. */
  get isDue(): boolean {
    return !this.#isReading && !this.#isOver && this.#next < this.leader.log.logEnd;
  }

  /** Whether the leader has moved on from what the follower was told last. */
  get hasNews(): boolean {
    const { highWatermark, logStart, syncTo } = this.leader.marks;
    const told = this.#told;
    return told === undefined || told.highWatermark !== highWatermark || told.logStart !== logStart || told.syncTo !== syncTo;
  }

  /** What the follower was told with the acceptance. */
  accepted(marks: LeaderMarks): void {
    this.#told = marks;
  }

  grown(): void {
    if (this.isDue) this.#stream.wants(this);
  }

  moved(): void {
    this.#stream.hasNews(this);
  }

  ended(code: ErrorCode): void {
    this.#end({ type: "refused", code });
  }

  acknowledged(ends: FollowerEnds): void {
    this.leader.acknowledged(this.#stream.follower, this.life, ends);
  }

  /** The follower wants no more, or the way to it is broken. */
  leave(heardMs: number): void {
    this.#isOver = true;
    this.leader.unsubscribe(this.#stream.follower, this, heardMs);
  }

  /** Where the leader stands, without batches. */
  marks(): PushDraft {
    const marks = this.leader.marks;
    this.#told = marks;
    return { generation: this.life.generation, marks, from: this.#next };
  }

  /** The next batches; undefined where there are none, or they come from the disk first. */
  push(bytesMax: number): { readonly draft: PushDraft; readonly bytes: number } | undefined {
    if (!this.isDue) return undefined;
    const read = this.#read ?? this.#readOn(bytesMax);
    this.#read = undefined;
    if (read === undefined || read.bytes === 0) return undefined;
    const draft = { ...this.marks(), batches: read.parts };
    this.#next = read.nextOffset;
    return { draft, bytes: read.bytes };
  }

  #readOn(bytesMax: number): LogRead | undefined {
    const { log } = this.leader;
    if (this.#next < log.logStart) return void this.#end({ type: "behind", logStart: log.logStart });
    const read = log.read(this.#next, { bytesMax, upTo: log.logEnd, firstBatchWhole: true });
    if (!(read instanceof Promise)) return read;
    this.#isReading = true;
    read.then(
      (found) => this.#found(found),
      (error: unknown) => this.#failed(error),
    );
    return undefined;
  }

  #found(read: LogRead): void {
    this.#isReading = false;
    if (this.#isOver) return;
    this.#read = read;
    this.#stream.wants(this);
  }

  /** What cannot be read here cannot be replicated; the log start may have passed it, which the follower then hears. */
  #failed(error: unknown): void {
    if (!(error instanceof MillraceError)) throw error;
    this.#isReading = false;
    if (!this.#isOver) this.#end({ type: "refused", code: codeOf(error) ?? "UNKNOWN_SERVER_ERROR" });
  }

  #end(answer: SubscriptionAnswer): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stream.over(this, answer);
  }
}
