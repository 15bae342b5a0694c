import { type BatchOptions, crc32c, encodeBatch, type RecordToWrite } from "@millrace/records";

/** When every record that scenarios append was made, unless it is about that: what comes back is then the same from every broker. */
export const recordTimeMs: number = Date.UTC(2024, 1, 29);

/** Where a batch's checksum lies, and where the bytes begin that it is of. */
const crcAt = 17;
const attributesAt = 21;

export function recordOf(value: string, changes: Partial<RecordToWrite> = {}): RecordToWrite {
  return { key: null, value: Buffer.from(value), timestamp: recordTimeMs, ...changes };
}

export function batchWith(options: BatchOptions, ...records: RecordToWrite[]): Buffer {
  return encodeBatch(records, options);
}

/** Records without keys, a millisecond apart. */
export function batchOf(...values: string[]): Buffer {
  return batchWith({}, ...values.map((value, index) => recordOf(value, { timestamp: recordTimeMs + index })));
}

/** A batch of one record that was changed behind the encoder's back. */
export function bent(change: (batch: Buffer) => void): Buffer {
  const batch = batchOf("bent");
  change(batch);
  return batch;
}

/** A batch that was changed, with the checksum of what it became. */
export function resealed(batch: Buffer, change: (batch: Buffer) => void): Buffer {
  change(batch);
  batch.writeUInt32BE(crc32c(batch.subarray(attributesAt)), crcAt);
  return batch;
}
