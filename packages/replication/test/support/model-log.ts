import { LeaderEpoch, Offset } from "@millrace/vocabulary";
import type { ComparedLog } from "../../src/leading/comparison.ts";
import type { FollowedLog } from "../../src/following/following.ts";

/** A record of the model: who wrote it when, and what it says. */
export interface ModelRecord {
  readonly epoch: number;
  readonly value: string;
}

/** A log in memory, with the three ends of one on disk. */
export class ModelLog implements FollowedLog, ComparedLog {
  records: ModelRecord[] = [];
  logStart: Offset = Offset(0);
  logEnd: Offset = Offset(0);
  syncedEnd: Offset = Offset(0);
  /** What the log remembers of the high watermark over a crash: it may be old. */
  highWatermarkHint: Offset = Offset(0);
  #began: { epoch: number; start: number } | undefined;

  get nextOffset(): Offset {
    return Offset(this.logStart + this.records.length);
  }

  get latestEpoch(): LeaderEpoch | undefined {
    const last = this.at(this.logEnd - 1);
    return last === undefined ? undefined : LeaderEpoch(last.epoch);
  }

  at(offset: number): ModelRecord | undefined {
    return this.records[offset - this.logStart];
  }

  from(offset: number, to: number): ModelRecord[] {
    return this.records.slice(offset - this.logStart, to - this.logStart);
  }

  append(records: readonly ModelRecord[]): void {
    // An epoch in which nothing was written, here or anywhere.
    if (this.#began !== undefined && records[0]!.epoch < this.#began.epoch) this.#began = undefined;
    this.records.push(...records);
  }

  beginEpoch(epoch: number): void {
    this.#began = { epoch, start: this.nextOffset };
  }

  endOffsetForEpoch(epoch: LeaderEpoch): { epoch: LeaderEpoch; endOffset: Offset } | undefined {
    const starts = this.#starts();
    const floor = starts.findLast((start) => start.epoch <= epoch);
    const next = starts.find((start) => start.epoch > epoch);
    if (floor === undefined && next === undefined) return undefined;
    return { epoch: LeaderEpoch(floor?.epoch ?? epoch), endOffset: Offset(next?.start ?? this.logEnd) };
  }

  written(): void {
    this.logEnd = this.nextOffset;
  }

  synced(): void {
    this.syncedEnd = this.logEnd;
  }

  cutTo(to: number): void {
    this.records.splice(to - this.logStart);
    this.logEnd = Offset(Math.min(this.logEnd, to));
    this.syncedEnd = Offset(Math.min(this.syncedEnd, to));
    this.highWatermarkHint = Offset(Math.min(this.highWatermarkHint, to));
    if (this.#began !== undefined && this.#began.start >= to) this.#began = undefined;
  }

  restartAt(offset: number): void {
    this.records = [];
    this.logStart = this.logEnd = this.syncedEnd = this.highWatermarkHint = Offset(offset);
    this.#began = undefined;
  }

  startAt(offset: number): void {
    this.records.splice(0, offset - this.logStart);
    this.logStart = Offset(offset);
  }

  #starts(): { epoch: number; start: number }[] {
    const starts: { epoch: number; start: number }[] = [];
    this.records.forEach(({ epoch }, index) => {
      if (starts.at(-1)?.epoch !== epoch) starts.push({ epoch, start: this.logStart + index });
    });
    const began = this.#began;
    if (began === undefined || (starts.at(-1)?.epoch ?? -1) >= began.epoch) return starts;
    return [...starts.filter(({ start }) => start < began.start), began];
  }
}
