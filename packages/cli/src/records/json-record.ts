import { isUtf8 } from "node:buffer";
import type { Header } from "@millrace/client";

/** A record as it comes from a partition; null is Kafka's null. */
export interface ReadRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestampMs: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly Header[];
}

/** A record in JSON. Bytes that are no UTF-8 stand in base64, in a field with that name behind it, and the text is left out. */
export interface JsonRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly key?: string | null;
  readonly keyBase64?: string;
  readonly value?: string | null;
  readonly valueBase64?: string;
  /** In their order; keys may repeat. */
  readonly headers: readonly JsonHeader[];
}

export interface JsonHeader {
  readonly key: string;
  readonly value?: string | null;
  readonly valueBase64?: string;
}

export function toJsonRecord({ topic, partition, offset, timestampMs, key, value, headers }: ReadRecord): JsonRecord {
  return {
    topic,
    partition,
    offset,
    timestamp: timestampMs,
    ...textOrBase64("key", key),
    ...textOrBase64("value", value),
    headers: headers.map((header) => ({ key: header.key, ...textOrBase64("value", header.value) })),
  };
}

function textOrBase64<Name extends string>(name: Name, bytes: Uint8Array | null): Record<string, string | null> {
  if (bytes === null) return { [name]: null };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer) ? { [name]: buffer.toString() } : { [`${name}Base64`]: buffer.toString("base64") };
}
