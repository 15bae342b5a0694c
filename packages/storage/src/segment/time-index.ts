import { readInt64, writeInt64 } from "@millrace/records";
import { EntryFile } from "./entry-file.ts";
import type { StoredFile } from "./stored-file.ts";

/** Bytes of one entry: a timestamp in 64 bits, and an offset relative to the segment in 32. */
const entryBytes = 12;

/** A batch with the greatest timestamp up to itself, by the offset of its last record. */
export interface TimedBatch {
  readonly timestampMs: number;
  readonly lastOffset: number;
}

/**
 * A sparse map of timestamps to offsets. An entry says: no batch of the segment up to this one has a greater timestamp. Both columns
 * rise strictly.
 */
export class TimeIndex {
  readonly entries: EntryFile;
  readonly #baseOffset: number;

  constructor(file: StoredFile, baseOffset: number, stored: number | undefined) {
    this.entries = new EntryFile(file, entryBytes, stored);
    this.#baseOffset = baseOffset;
  }

  /** Whether `segment.index.bytes` allows no further entry but the last one, which is written when the segment is sealed. */
  isFull(bytesMax: number): boolean {
    return (this.entries.count + 2) * entryBytes > bytesMax;
  }

  add({ timestampMs, lastOffset }: TimedBatch): void {
    const { bytes, at } = this.entries.add();
    writeInt64(bytes, at, timestampMs);
    bytes.writeUInt32BE(lastOffset - this.#baseOffset, at + 8);
  }

  /** The last entry whose timestamp is below `timestampMs`: an earlier record cannot have it. */
  async lookup(timestampMs: number): Promise<TimedBatch | undefined> {
    return this.#decode(await this.entries.lastBefore((bytes, at) => readInt64(bytes, at) >= timestampMs));
  }

  /** The last entry whose batch ends below `offset`, and the number of entries up to it. */
  async lookupOffset(offset: number): Promise<{ count: number; batch: TimedBatch | undefined }> {
    const relative = offset - this.#baseOffset;
    const last = await this.entries.lastBefore((bytes, at) => bytes.readUInt32BE(at + 8) >= relative);
    return { count: last === undefined ? 0 : last.number + 1, batch: this.#decode(last) };
  }

  async last(): Promise<TimedBatch | undefined> {
    return this.#decode(await this.entries.last());
  }

  #decode(entry: { bytes: Buffer; at: number } | undefined): TimedBatch | undefined {
    if (entry === undefined) return undefined;
    return { timestampMs: readInt64(entry.bytes, entry.at), lastOffset: this.#baseOffset + entry.bytes.readUInt32BE(entry.at + 8) };
  }
}
