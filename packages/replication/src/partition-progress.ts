import type { Log } from "@millrace/storage";
import { assert, type MillraceError, type Offset } from "@millrace/vocabulary";
import { CommittedBytes } from "./committed-bytes.ts";
import type { Partition, PartitionObserver } from "./partition.ts";
import { Waits } from "./waits.ts";

/** Isolation of a reader: up to the high watermark, or up to the last stable offset. */
export type Isolation = "read_uncommitted" | "read_committed";

/** How far a partition is committed, and who is told of it. */
export class PartitionProgress {
  readonly waits: Waits;
  readonly #partition: Partition;
  readonly #log: Log;
  readonly #bytes = new CommittedBytes();
  readonly #observers = new Set<PartitionObserver>();
  #highWatermark: Offset;

  constructor(partition: Partition, log: Log) {
    this.#partition = partition;
    this.#log = log;
    this.#highWatermark = log.highWatermarkHint;
    this.waits = new Waits(log);
  }

  get highWatermark(): Offset {
    return this.#highWatermark;
  }

  get lastStableOffset(): Offset {
    const open = this.#log.firstOpenTransactionOffset;
    return open !== undefined && open < this.#highWatermark ? open : this.#highWatermark;
  }

  get committedBytes(): number {
    return this.#bytes.committed;
  }

  readableEnd(isolation: Isolation): Offset {
    return isolation === "read_committed" ? this.lastStableOffset : this.#highWatermark;
  }

  observe(observer: PartitionObserver): () => void {
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  appended(end: Offset, bytes: number): void {
    this.#bytes.appended(end, bytes);
  }

  /** The high watermark as the role has it now. It goes back only where a follower's log was cut below it. */
  moveTo(next: Offset): void {
    if (next === this.#highWatermark) return;
    assert(next <= this.#log.logEnd, "the high watermark lies within the log", {
      partition: this.#partition.name,
      next,
      logEnd: this.#log.logEnd,
    });
    this.#highWatermark = next;
    this.#log.highWatermarkIs(next);
    this.#bytes.committedUpTo(next);
    this.waits.committed(next);
    this.#tell();
  }

  logStartMoved(): void {
    if (this.#highWatermark < this.#log.logStart) this.#highWatermark = this.#log.logStart;
    this.#tell();
  }

  /** Another role begins: what was under way is not counted. */
  restart(): void {
    this.#bytes.restart();
  }

  /** What had been appended is gone; the role is the same. */
  drop(error: MillraceError): void {
    this.waits.refuse(error);
    this.#bytes.restart();
    for (const observer of this.#observers) observer.dropped?.(this.#partition, error);
  }

  /** The role is over, or the log has failed: everybody is told, and forgotten. */
  lose(error: MillraceError): void {
    this.waits.refuse(error);
    const observers = [...this.#observers];
    this.#observers.clear();
    for (const observer of observers) observer.lost(this.#partition, error);
  }

  #tell(): void {
    for (const observer of this.#observers) observer.advanced(this.#partition);
  }
}
