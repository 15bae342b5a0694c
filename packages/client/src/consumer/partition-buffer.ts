import type { AbortedTransaction, PartitionBatches } from "@millrace/contracts/log";
import { batchHeaderBytes, BatchView, decompressRecords, readMarker, readRecords, type StoredRecord } from "@millrace/records";
import { MiB, MillraceError } from "@millrace/vocabulary";
import { Fifo } from "../fifo.ts";

/** A batch that says it holds more than this once it is decompressed is not believed. */
const decompressedBytesMax: number = 256 * MiB;

/** Batches that came together. */
interface Chunk {
  readonly batches: Buffer;
  /** By their first offsets, rising. */
  readonly aborted: readonly AbortedTransaction[];
  readonly nextOffset: number;
}

/**
 * What has been fetched of one partition and not been read yet. Batches are opened one at a time, when their turn comes; what
 * belongs to aborted transactions is left out, as are markers.
 */
export class PartitionBuffer {
  readonly #chunks = new Fifo<Chunk>();
  #position: number;
  #records: Iterator<StoredRecord> | undefined;
  /** Where the next batch of the first chunk begins. */
  #batchStart = 0;
  /** Producers whose transactions, as far as was read, are to be aborted. */
  readonly #aborting = new Set<number>();
  #abortedSeen = 0;
  #sizeBytes = 0;
  #freedBytes = 0;

  /** @param from the first offset that is wanted; batches may begin before */
  constructor(from: number) {
    this.#position = from;
  }

  /** The offset after the last record that was read, or after what there was to skip. */
  get position(): number {
    return this.#position;
  }

  /** Bytes of batches that have not been read to their end. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  add({ batches, aborted, nextOffset }: PartitionBatches): void {
    if (batches.length === 0) return;
    this.#sizeBytes += batches.length;
    this.#chunks.push({ batches, aborted: [...aborted].sort((a, b) => a.firstOffset - b.firstOffset), nextOffset });
  }

  /** Bytes of batches that have been read since the last call: the broker may send as many again. */
  takeFreedBytes(): number {
    const freed = this.#freedBytes;
    this.#freedBytes = 0;
    return freed;
  }

  /** The next record; undefined where all have been read. CORRUPT_MESSAGE where a batch is broken. */
  next(): StoredRecord | undefined {
    for (;;) {
      const record = this.#nextOfBatch();
      if (record !== undefined) return record;
      if (!this.#openBatch()) return undefined;
    }
  }

  #nextOfBatch(): StoredRecord | undefined {
    while (this.#records !== undefined) {
      const next = this.#records.next();
      if (next.done === true) {
        this.#records = undefined;
      } else if (next.value.offset >= this.#position) {
        this.#position = next.value.offset + 1;
        return next.value;
      }
    }
    return undefined;
  }

  /** Opens the next batch, if there is one; it may hold nothing that is wanted. */
  #openBatch(): boolean {
    const chunk = this.#chunks.first;
    if (chunk === undefined) return false;
    if (this.#batchStart >= chunk.batches.length) {
      this.#closeChunk(chunk);
      return true;
    }
    const batch = checkedBatch(chunk.batches, this.#batchStart);
    this.#batchStart += batch.sizeBytes;
    this.#noteAborted(chunk, batch.lastOffset);
    if (batch.isControl) this.#passMarker(batch);
    else if (!batch.isTransactional || !this.#aborting.has(batch.producerId))
      this.#records = readRecords(batch, decompressRecords(batch, decompressedBytesMax));
    return true;
  }

  #closeChunk({ batches, nextOffset }: Chunk): void {
    this.#chunks.shift();
    this.#batchStart = 0;
    this.#abortedSeen = 0;
    this.#sizeBytes -= batches.length;
    this.#freedBytes += batches.length;
    this.#skipTo(nextOffset);
  }

  /** Transactions that begin up to here, and will be aborted. */
  #noteAborted({ aborted }: Chunk, lastOffset: number): void {
    while (this.#abortedSeen < aborted.length && aborted[this.#abortedSeen]!.firstOffset <= lastOffset)
      this.#aborting.add(aborted[this.#abortedSeen++]!.producerId);
  }

  /** Where a transaction ends. */
  #passMarker(batch: BatchView): void {
    const [record] = readRecords(batch, decompressRecords(batch, decompressedBytesMax));
    if (record !== undefined && readMarker(record) !== undefined) this.#aborting.delete(batch.producerId);
  }

  #skipTo(offset: number): void {
    this.#position = Math.max(this.#position, offset);
  }
}

/** A batch that lies there whole, and as it was written. */
function checkedBatch(bytes: Buffer, start: number): BatchView {
  const batch = new BatchView(bytes, start);
  const available = bytes.length - start;
  if (available < batchHeaderBytes || batch.sizeBytes < batchHeaderBytes || batch.sizeBytes > available)
    throw new MillraceError("CORRUPT_MESSAGE", { available, batchAt: start });
  if (batch.computeCrc() !== batch.crc) throw new MillraceError("CORRUPT_MESSAGE", { offset: batch.baseOffset, crc: batch.crc });
  return batch;
}
