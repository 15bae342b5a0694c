import { readInt64, writeInt64 } from "@millrace/records";
import { Offset, ProducerId } from "@millrace/vocabulary";
import { EntryFile } from "./entry-file.ts";
import type { StoredFile } from "./stored-file.ts";

/** Bytes of one entry: a version in 16 bits and four numbers of 64, as Kafka lays them out. */
const entryBytes = 34;
const entryVersion = 0;
/** Entries read at once. */
const entriesPerRead = 1000;

/** A transaction that was aborted; it stands in the index of the segment that holds its marker. */
export interface AbortedRange {
  readonly producerId: ProducerId;
  /** Of its first record in this partition. */
  readonly firstOffset: Offset;
  /** Of its marker. */
  readonly lastOffset: Offset;
  /** Every transaction that began below this had ended when this one did, so that nobody need search further for it. */
  readonly lastStableOffset: Offset;
}

/** The aborted transactions of a segment, by the offsets of their markers. */
export class TransactionIndex {
  readonly entries: EntryFile;

  constructor(file: StoredFile, stored: number | undefined) {
    this.entries = new EntryFile(file, entryBytes, stored);
  }

  add(aborted: AbortedRange): void {
    const { bytes, at } = this.entries.add();
    bytes.writeInt16BE(entryVersion, at);
    writeInt64(bytes, at + 2, aborted.producerId);
    writeInt64(bytes, at + 10, aborted.firstOffset);
    writeInt64(bytes, at + 18, aborted.lastOffset);
    writeInt64(bytes, at + 26, aborted.lastStableOffset);
  }

  /**
   * Writes the entries up to `count`, and syncs them: unlike the other indexes it cannot be made again from a part of the
   * log, since a transaction may have begun long before.
   */
  async write(count: number): Promise<void> {
    if (await this.entries.write(count)) await this.entries.sync();
  }

  /** Every entry, ascending by marker. */
  async *all(): AsyncGenerator<AbortedRange> {
    for (let from = 0; ;) {
      const bytes = await this.entries.read(from, entriesPerRead);
      const count = Math.floor(bytes.length / entryBytes);
      if (count === 0) return;
      // The run may lie in memory that changes before the next entry is asked for.
      const entries = Array.from({ length: count }, (_, index) => decode(bytes, index * entryBytes));
      yield* entries;
      from += count;
    }
  }

  /** How many transactions have their markers below an offset. */
  async countBelow(offset: number): Promise<number> {
    const last = await this.entries.lastBefore((bytes, at) => readInt64(bytes, at + 18) >= offset);
    return last === undefined ? 0 : last.number + 1;
  }
}

function decode(bytes: Buffer, at: number): AbortedRange {
  return {
    producerId: ProducerId(readInt64(bytes, at + 2)),
    firstOffset: Offset(readInt64(bytes, at + 10)),
    lastOffset: Offset(readInt64(bytes, at + 18)),
    lastStableOffset: Offset(readInt64(bytes, at + 26)),
  };
}
