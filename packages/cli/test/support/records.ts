import type { ReadRecord } from "../../src/records/json-record.ts";

/** A record of orders-0; what a test sets is what it is about. */
export function record(given: { [Field in keyof ReadRecord]?: ReadRecord[Field] | string } = {}): ReadRecord {
  const bytesOf = (bytes: Buffer | string | null) => (typeof bytes === "string" ? Buffer.from(bytes) : bytes);
  return {
    topic: "orders",
    partition: 0,
    offset: 0,
    timestampMs: 0,
    headers: [],
    ...(given as Partial<ReadRecord>),
    key: bytesOf(given.key ?? null),
    value: bytesOf(given.value ?? null),
  };
}
