import type { Header } from "@millrace/client";

/** A record as it is to be sent; null is Kafka's null, undefined leaves the choice to the client. */
export interface OutgoingRecord {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly Header[];
  readonly partition: number | undefined;
  /** Milliseconds since 1970. */
  readonly timestampMs: number | undefined;
}

/** What a line of input becomes. @param line counts from 1 */
export type LineReader = (bytes: Buffer, line: number) => OutgoingRecord;

/** What holds for every line that does not say otherwise. */
export interface LineDefaults {
  readonly key: string | undefined;
  readonly headers: readonly Header[];
  readonly partition: number | undefined;
}

export interface PlainOptions extends LineDefaults {
  /** Divides the key from the value, where it stands in a line for the first time; a line without it has no key. */
  readonly keyDelimiter: string | undefined;
  /** Whether an empty value is null. */
  readonly isEmptyTombstone: boolean;
}

/** Lines are values, or keys and values, byte by byte. */
export function plainReader({ key, headers, partition, keyDelimiter, isEmptyTombstone }: PlainOptions): LineReader {
  const fixedKey = key === undefined ? null : Buffer.from(key);
  const delimiter = keyDelimiter === undefined ? undefined : Buffer.from(keyDelimiter);
  return (bytes) => {
    const at = delimiter === undefined ? -1 : bytes.indexOf(delimiter);
    const value = at < 0 ? bytes : bytes.subarray(at + delimiter!.length);
    return {
      key: at < 0 ? fixedKey : bytes.subarray(0, at),
      value: isEmptyTombstone && value.length === 0 ? null : value,
      headers,
      partition,
      timestampMs: undefined,
    };
  };
}
