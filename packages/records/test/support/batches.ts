import { encodeBatch, type RecordToWrite } from "../../src/index.ts";

/** Records with and without keys, values and headers; half of them compress well. */
export function someRecords(count: number, valueBytes = 40): RecordToWrite[] {
  return Array.from({ length: count }, (_, index) => ({
    key: index % 5 === 4 ? null : Buffer.from(`key-${index}`),
    value:
      index % 6 === 5
        ? null
        : Buffer.from(Array.from({ length: valueBytes }, (__, at) => (index % 2 === 0 ? at ** 3 * 31 + index : at / 9 + index) & 255)),
    timestamp: 1_700_000_000_000 + ((index * 7919) % 1000),
    headers:
      index % 3 === 0
        ? [
            { key: "trace", value: Buffer.from([1, 2]) },
            { key: "none", value: null },
          ]
        : [],
  }));
}

export function someBatch(count: number, valueBytes?: number): Buffer {
  return encodeBatch(someRecords(count, valueBytes));
}
