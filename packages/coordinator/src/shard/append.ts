import { encodeBatch } from "@millrace/records";
import type { ShardLog } from "./shard-log.ts";
import type { Entry, ShardMachine } from "./machine.ts";

/**
 * Appends entries as one batch, or as several where they take more than `roomBytes`, and applies each batch once it
 * stands in the log; yields one past its last record. Throws what the log throws: earlier batches then stand and are
 * applied, and nothing of the others is.
 */
export function* appendEntries<Stored>(
  log: ShardLog,
  machine: ShardMachine<never, Stored>,
  entries: readonly Entry<Stored>[],
  { timestamp, roomBytes }: { timestamp: number; roomBytes: number },
): Generator<number> {
  for (const batch of batchesOf(entries, roomBytes)) {
    const end = log.append(encodeBatch(batch.map(({ key, value }) => ({ key, value, timestamp })))) + 1;
    let offset = end - batch.length;
    for (const { stored } of batch) machine.apply(stored, { offset: offset++, producerId: -1 });
    yield end;
  }
}

function* batchesOf<Stored>(entries: readonly Entry<Stored>[], roomBytes: number): Generator<readonly Entry<Stored>[]> {
  let from = 0;
  let bytes = 0;
  for (const [index, entry] of entries.entries()) {
    const entryBytes = bytesOf(entry);
    if (index > from && bytes + entryBytes > roomBytes) {
      yield entries.slice(from, index);
      from = index;
      bytes = 0;
    }
    bytes += entryBytes;
  }
  if (from < entries.length) yield entries.slice(from);
}

/** The most bytes that a record's own framing takes: attributes, five variable-length integers of 5 bytes, no headers. */
const framingBytesMax = 27;

/** Bytes of an entry in a batch, at most. */
export function bytesOf({ key, value }: Entry<unknown>): number {
  return framingBytesMax + key.length + (value?.length ?? 0);
}
