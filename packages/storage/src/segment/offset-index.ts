import { EntryFile } from "./entry-file.ts";
import type { StoredFile } from "./stored-file.ts";

/** Bytes of one entry: the offset of a batch's last record, relative to the segment, and the batch's position; 32 bits each. */
const entryBytes = 8;

/** A batch that the index names. */
export interface IndexedBatch {
  readonly lastOffset: number;
  readonly position: number;
}

/** A sparse map of a segment's offsets to positions in its file: one entry per `index.interval.bytes` and more. */
export class OffsetIndex {
  readonly entries: EntryFile;
  readonly #baseOffset: number;

  constructor(file: StoredFile, baseOffset: number, stored: number | undefined) {
    this.entries = new EntryFile(file, entryBytes, stored);
    this.#baseOffset = baseOffset;
  }

  /** Whether `segment.index.bytes` allows no further entry. */
  isFull(bytesMax: number): boolean {
    return (this.entries.count + 1) * entryBytes > bytesMax;
  }

  add(lastOffset: number, position: number): void {
    const { bytes, at } = this.entries.add();
    bytes.writeUInt32BE(lastOffset - this.#baseOffset, at);
    bytes.writeUInt32BE(position, at + 4);
  }

  /** The last named batch whose records do not go past `offset`: the batch with `offset` lies there or behind. Undefined: from the start. */
  async lookup(offset: number): Promise<IndexedBatch | undefined> {
    const relative = offset - this.#baseOffset;
    const entry = await this.entries.lastBefore((bytes, at) => bytes.readUInt32BE(at) > relative);
    return entry && { lastOffset: this.#baseOffset + entry.bytes.readUInt32BE(entry.at), position: entry.bytes.readUInt32BE(entry.at + 4) };
  }

  /** The last named batch that begins before a position, and the number of entries up to it. */
  async lookupPosition(position: number): Promise<{ count: number; position: number }> {
    const last = await this.entries.lastBefore((bytes, at) => bytes.readUInt32BE(at + 4) >= position);
    return last === undefined ? { count: 0, position: 0 } : { count: last.number + 1, position: last.bytes.readUInt32BE(last.at + 4) };
  }
}
