import type { LeaderEpoch, Offset } from "@millrace/vocabulary";

/** A leader epoch and the offset at which it began. */
export interface EpochStart {
  readonly epoch: LeaderEpoch;
  readonly startOffset: Offset;
}

/** Where each leader epoch of a log began: epochs and offsets both rise (KIP-101, KIP-279). */
export class EpochCache {
  #starts: EpochStart[];

  constructor(starts: readonly EpochStart[] = []) {
    this.#starts = [...starts];
  }

  get starts(): readonly EpochStart[] {
    return this.#starts;
  }

  /**
   * A record of `epoch` stands at `offset`, or its leader begins there. Later epochs, and others that were to begin at or past it,
   * never wrote anything, and go.
   */
  assign(epoch: LeaderEpoch, offset: Offset): void {
    if (this.#starts.at(-1)?.epoch === epoch) return;
    if (epoch < 0) return;
    while (this.#starts.length > 0 && (this.#starts.at(-1)!.epoch > epoch || this.#starts.at(-1)!.startOffset >= offset))
      this.#starts.pop();
    if (this.#starts.at(-1)?.epoch !== epoch) this.#starts.push({ epoch, startOffset: offset });
  }

  /** The epoch of the last record below `end`. */
  latestBelow(end: Offset): LeaderEpoch | undefined {
    return this.#lastStart((start) => start.startOffset < end)?.epoch;
  }

  epochOf(offset: Offset): LeaderEpoch | undefined {
    return this.#lastStart((start) => start.startOffset <= offset)?.epoch;
  }

  /**
   * The largest epoch that is not above `epoch`, and where it ends. Where the log has forgotten all of those, `epoch` itself
   * and the start of the first one it knows: the asker's records up to there may be right, those past it cannot be.
   */
  endOf(epoch: LeaderEpoch, logEnd: Offset): { epoch: LeaderEpoch; endOffset: Offset } | undefined {
    const next = this.#starts.find((start) => start.epoch > epoch);
    const floor = this.#lastStart((start) => start.epoch <= epoch);
    if (floor === undefined && next === undefined) return undefined;
    return { epoch: floor?.epoch ?? epoch, endOffset: next?.startOffset ?? logEnd };
  }

  /** The log has been cut: epochs that began at or past its end go. */
  cutTo(end: Offset): void {
    while (this.#starts.length > 0 && this.#starts.at(-1)!.startOffset >= end) this.#starts.pop();
  }

  /** The log begins later: of the epochs before its start one remains, and begins there. */
  cutBefore(start: Offset): void {
    const kept = this.#starts.filter((entry) => entry.startOffset > start);
    const straddling = this.#lastStart((entry) => entry.startOffset <= start);
    this.#starts = straddling === undefined ? kept : [{ epoch: straddling.epoch, startOffset: start }, ...kept];
  }

  clear(): void {
    this.#starts = [];
  }

  #lastStart(matches: (start: EpochStart) => boolean): EpochStart | undefined {
    return this.#starts.findLast(matches);
  }
}
