import type { Isolation, Partition, PartitionObserver } from "@millrace/replication";
import type { Offset } from "@millrace/vocabulary";

/** One partition of a waiting fetch. */
export interface ParkedPlace {
  readonly partition: Partition;
  readonly offset: Offset;
  /** No more than this counts. */
  readonly bytesMax: number;
  /** What its reader got before it began to wait. */
  readonly bytesReady: number;
  /** The partition's `committedBytes` before that. */
  readonly countBefore: number;
}

/**
 * A fetch that waits for data. It wakes once: when the partitions together have `bytesMin` bytes for the reader, each counted up to
 * its own limit, or when one is no longer led here. Nobody polls: partitions tell of their progress, and the difference of
 * two counters tells the bytes.
 */
export class ParkedFetch implements PartitionObserver {
  readonly #bytesMin: number;
  readonly #isolation: Isolation;
  readonly #places: readonly ParkedPlace[];
  readonly #wake: () => void;
  readonly #releases: (() => void)[];

  constructor(request: { bytesMin: number; isolation: Isolation }, places: readonly ParkedPlace[], wake: () => void) {
    this.#bytesMin = request.bytesMin;
    this.#isolation = request.isolation;
    this.#places = places;
    this.#wake = wake;
    this.#releases = places.map(({ partition }) => partition.observe(this));
  }

  /** Whether there is nothing to wait for any more. */
  get isDue(): boolean {
    let bytes = 0;
    for (const place of this.#places) bytes += Math.min(place.bytesMax, this.#readable(place));
    return bytes >= this.#bytesMin || this.#places.some(({ partition }) => !partition.hasRole);
  }

  advanced(): void {
    if (this.isDue) this.lost();
  }

  lost(): void {
    this.release();
    this.#wake();
  }

  /** Ends the wait without a wake-up. */
  release(): void {
    for (const release of this.#releases.splice(0)) release();
  }

  #readable({ partition, offset, bytesReady, countBefore }: ParkedPlace): number {
    if (partition.readableEnd(this.#isolation) <= offset) return 0;
    return bytesReady + partition.committedBytes - countBefore;
  }
}
