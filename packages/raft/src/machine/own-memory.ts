import { KiB } from "@millrace/vocabulary";
import type { LogEntry } from "../entry.ts";

/** Records lie together in pieces of this size; one that takes more than a quarter of it gets memory of its own. */
const slabBytes: number = 64 * KiB;

/**
 * Memory for entries that stay. A record comes as a part of the message that brought it, or of Node's pool for small buffers: kept as it
 * is, a record of 50 bytes would hold 64 KiB. Entries that leave in the order in which they came free their memory with them.
 */
export class OwnMemory {
  #slab: Buffer = Buffer.alloc(0);

  /** The entry, its records in memory that nothing else is in but entries around it. */
  hold(entry: LogEntry): LogEntry {
    if (entry.payload.kind !== "records") return entry;
    return { ...entry, payload: { kind: "records", records: entry.payload.records.map((record) => this.#copy(record)) } };
  }

  #copy(record: Uint8Array): Buffer {
    const { length } = record;
    if (length > this.#slab.length) this.#slab = Buffer.allocUnsafeSlow(length > slabBytes / 4 ? length : slabBytes);
    const copy = this.#slab.subarray(0, length);
    copy.set(record);
    this.#slab = this.#slab.subarray(length);
    return copy;
  }
}
