import { BatchView } from "@millrace/records";
import { Producers } from "../../src/producers/producers.ts";
import { readEndMarker } from "../../src/producers/end-marker.ts";
import type { AbortedTransaction, ProducerDescription } from "../../src/index.ts";

/** One batch that a log gave a place. */
export interface ModelBatch {
  readonly baseOffset: number;
  readonly nextOffset: number;
  readonly bytes: Buffer;
}

export interface ModelTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
}

/** What a log should hold: every batch, in a list. */
export class LogModel {
  batches: ModelBatch[] = [];
  logStart = 0;
  /** Where the log began, before its first batch. */
  begin = 0;

  get end(): number {
    return this.batches.at(-1)?.nextOffset ?? this.begin;
  }

  /** Drops everything and begins anew. */
  restartAt(offset: number): void {
    this.batches = [];
    this.begin = this.logStart = offset;
  }

  add(bytes: Buffer): void {
    const view = new BatchView(bytes);
    this.batches.push({ baseOffset: view.baseOffset, nextOffset: view.nextOffset, bytes: Buffer.from(bytes) });
  }

  /** Drops the batches that reach past `to`. */
  cutTo(to: number): void {
    this.batches = this.batches.filter(({ nextOffset }) => nextOffset <= to);
  }

  /** The batches that a read from `from` may bring, as one run of bytes. */
  bytesFrom(from: number, to: number): Buffer {
    return Buffer.concat(this.batches.filter((batch) => batch.nextOffset > from && batch.baseOffset < to).map(({ bytes }) => bytes));
  }

  /** What is known of each producer after all of this. */
  producers(): ProducerDescription[] {
    const producers = new Producers();
    for (const { bytes } of this.batches) producers.apply(new BatchView(bytes), 0);
    return producers.describe().toSorted((a, b) => a.producerId - b.producerId);
  }

  /** Where each epoch begins. */
  epochs(): [number, number][] {
    const starts: [number, number][] = [];
    for (const { bytes, baseOffset } of this.batches) {
      const { leaderEpoch } = new BatchView(bytes);
      if (leaderEpoch !== starts.at(-1)?.[0]) starts.push([leaderEpoch, baseOffset]);
    }
    return starts;
  }

  /** Every transaction that was aborted, with the offset of its marker. */
  aborted(): ModelTransaction[] {
    const open = new Map<number, number>();
    const aborted: ModelTransaction[] = [];
    for (const { bytes, baseOffset } of this.batches) {
      const view = new BatchView(bytes);
      if (view.isControl) {
        const firstOffset = open.get(view.producerId);
        const isAbort = readEndMarker(view)?.outcome === "abort";
        if (isAbort && firstOffset !== undefined) aborted.push({ producerId: view.producerId, firstOffset, lastOffset: baseOffset });
        open.delete(view.producerId);
      } else if (view.isTransactional && !open.has(view.producerId)) open.set(view.producerId, baseOffset);
    }
    return aborted;
  }

  abortedTransactions(from: number, to: number): AbortedTransaction[] {
    return this.aborted()
      .filter(({ firstOffset, lastOffset }) => lastOffset >= from && firstOffset < to)
      .map(({ producerId, firstOffset }) => ({ producerId, firstOffset }) as AbortedTransaction);
  }
}
