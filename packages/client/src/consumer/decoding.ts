import { MillraceError } from "@millrace/vocabulary";
import type { AnyCodec, Codec } from "../codecs/codec.ts";
import { reasonOf } from "../codecs/reason.ts";
import type { RawRecord, ReceivedRecord } from "../topic.ts";
import type { Item } from "./source.ts";

/** A record as it is handed to the application, whatever its types. */
export type AnyReceived = ReceivedRecord<string, unknown, unknown>;

/** Decodes a record; at once where its codecs do so. Throws or rejects with RECORD_UNDECODABLE. */
export function decodeItem(item: Item): AnyReceived | Promise<AnyReceived> {
  const { topic } = item.held;
  const key = decode(item, "key", topic.key, item.stored.key);
  const value = decode(item, "value", topic.value, item.stored.value);
  if (!(key instanceof Promise) && !(value instanceof Promise)) return { ...placeOf(item), key, value };
  return Promise.all([key, value]).then(([decodedKey, decodedValue]) => ({ ...placeOf(item), key: decodedKey, value: decodedValue }));
}

/** A record that could not be decoded, as it came. */
export function rawRecord(item: Item, undecodable: MillraceError): RawRecord<string> {
  return { ...placeOf(item), key: item.stored.key, value: item.stored.value, undecodable };
}

/** Where a record lies, and what belongs to it beside key and value. */
export function placeOf({ held, stored }: Item) {
  return {
    topic: held.topic.name,
    partition: held.partition,
    offset: stored.offset,
    timestampMs: stored.timestamp,
    headers: stored.headers,
  };
}

function decode(item: Item, part: "key" | "value", codec: AnyCodec, bytes: Buffer | null): unknown {
  const undecodable = (cause: unknown): never => {
    const { topic, partition, offset } = placeOf(item);
    throw new MillraceError("RECORD_UNDECODABLE", { topic, partition, offset, part, reason: reasonOf(cause) }, { cause });
  };
  try {
    const decoded = (codec as unknown as Codec<unknown, unknown>).decode(bytes);
    return decoded instanceof Promise ? decoded.catch(undecodable) : decoded;
  } catch (cause) {
    return undecodable(cause);
  }
}
