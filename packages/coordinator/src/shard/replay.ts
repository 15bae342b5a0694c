import { BatchView, decompressRecords, readMarker, readRecords, type StoredRecord } from "@millrace/records";
import type { Logger } from "@millrace/runtime";
import { codeOf, MiB, MillraceError } from "@millrace/vocabulary";
import type { ShardMachine } from "./machine.ts";

/** Nothing here is written compressed; Kafka may have, and then a batch of 1 MiB holds some 20 MiB of records that are much alike. */
const decompressedBytesMax = 64 * MiB;

/**
 * Applies the batches of a log to a machine, one record per turn of the generator, so that whoever drives it may pause
 * between any two. Records of a kind this version does not know are left out, with one warning for each kind: they are
 * what is left of a newer version.
 */
export class Replay<Stored> {
  readonly #machine: ShardMachine<never, Stored>;
  readonly #logger: Logger;
  readonly #unknownKinds = new Set<number>();
  /** One past the last offset that has been read. */
  endOffset = 0;
  records = 0;

  constructor(machine: ShardMachine<never, Stored>, logger: Logger) {
    this.#machine = machine;
    this.#logger = logger;
  }

  /** Applies one batch; yields after each record. Throws CORRUPT_MESSAGE, MESSAGE_TOO_LARGE, and what the machine's `decode` throws. */
  *apply(bytes: Buffer): Generator<void> {
    const batch = new BatchView(bytes);
    for (const record of readRecords(batch, decompressRecords(batch, decompressedBytesMax))) {
      if (batch.isControl) this.#applyMarker(batch, record);
      else this.#applyRecord(batch, record);
      this.records++;
      yield;
    }
    this.endOffset = batch.nextOffset;
  }

  #applyRecord(batch: BatchView, record: StoredRecord): void {
    const stored = this.#decode(record);
    const producerId = batch.isTransactional ? batch.producerId : -1;
    if (stored !== undefined) this.#machine.apply(stored, { offset: record.offset, producerId });
  }

  #applyMarker(batch: BatchView, record: StoredRecord): void {
    const marker = readMarker(record);
    if (marker !== undefined) this.#machine.applyMarker(batch.producerId, marker.outcome);
  }

  #decode({ key, value, offset }: StoredRecord): Stored | undefined {
    if (key === null) throw new MillraceError("CORRUPT_MESSAGE", { offset, key: null });
    try {
      return this.#machine.decode(key, value);
    } catch (error) {
      if (codeOf(error) !== "UNSUPPORTED_VERSION") throw error;
      this.#warnOnce(key.readInt16BE(0), offset);
      return undefined;
    }
  }

  #warnOnce(kind: number, offset: number): void {
    if (this.#unknownKinds.has(kind)) return;
    this.#unknownKinds.add(kind);
    this.#logger.warn("records of an unknown kind left out", { kind, firstOffset: offset });
  }
}
