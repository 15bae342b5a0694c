import { BatchView } from "@millrace/records";
import { MillraceError, Offset } from "@millrace/vocabulary";
import type { ShardLog } from "../../src/index.ts";

/** What stands in a log, whoever leads it. */
export class MemoryLog {
  batches: Buffer[] = [];
  end = 0;
  highWatermark = 0;
  /** Whether what is appended counts as committed at once. */
  commitsAtOnce = true;

  /** A leader's view of it; views of former leaders are lost before. */
  lead(): MemoryLogView {
    return new MemoryLogView(this);
  }

  append(batch: Buffer): number {
    const view = new BatchView(batch);
    view.baseOffset = Offset(this.end);
    this.batches.push(batch);
    this.end = view.nextOffset;
    return view.lastOffset;
  }

  /** What a new leader that never had it takes away: everything at or above the high watermark. */
  cutUncommitted(): void {
    this.batches = this.batches.filter((batch) => new BatchView(batch).baseOffset < this.highWatermark);
    this.end = this.highWatermark;
  }
}

type Observer = Parameters<ShardLog["observe"]>[0];

/** A MemoryLog as one leader sees it. */
export class MemoryLogView implements ShardLog {
  readonly #log: MemoryLog;
  #observer: Observer | undefined;
  #lost: MillraceError | undefined;
  /** What the next append throws. */
  refusal: MillraceError | undefined;
  /** After so many appends the next one is refused. */
  appendsLeft = Infinity;
  /** Whether the next append finds out that the leadership is lost. */
  losesInAppend = false;

  constructor(log: MemoryLog) {
    this.#log = log;
  }

  async *replay(): AsyncGenerator<Buffer> {
    for (const batch of this.#log.batches) {
      if (this.#lost !== undefined) return;
      yield batch;
    }
  }

  append(batch: Buffer): Offset {
    if (this.appendsLeft-- === 0) this.refusal = new MillraceError("NOT_ENOUGH_REPLICAS");
    if (this.losesInAppend) this.lose(new MillraceError("NOT_LEADER_OR_FOLLOWER"));
    const refusal = this.#lost ?? this.refusal;
    this.refusal = undefined;
    if (refusal !== undefined) throw refusal;
    const last = this.#log.append(batch);
    if (this.#log.commitsAtOnce) this.commit();
    return Offset(last);
  }

  get highWatermark(): Offset {
    return Offset(this.#log.highWatermark);
  }

  observe(observer: Observer): void {
    this.#observer = observer;
  }

  /** Everything up to `end` becomes committed. */
  commit(end: number = this.#log.end): void {
    this.#log.highWatermark = Math.max(this.#log.highWatermark, end);
    if (this.#lost === undefined) this.#observer?.advanced();
  }

  /** A full disk takes away what is not committed, and the leadership goes on. */
  drop(error: MillraceError): void {
    this.#log.cutUncommitted();
    this.#observer?.dropped(error);
  }

  lose(error: MillraceError): void {
    this.#lost = error;
    this.#observer?.lost(error);
  }
}
