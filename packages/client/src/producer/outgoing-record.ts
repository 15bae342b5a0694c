import type { RecordHeader, RecordToWrite } from "@millrace/records";
import { MillraceError } from "@millrace/vocabulary";
import type { AnyCodec, Codec } from "../codecs/codec.ts";
import { reasonOf } from "../codecs/reason.ts";
import type { AnyTopic, Message } from "../topic.ts";

/** A message whose key and value may still be being encoded. */
type Encoding = Uint8Array | null | Promise<Uint8Array | null>;

/**
 * Encodes a message; at once where its codecs do so. RECORD_INVALID, with the codec's own error as the cause, for what may not
 * be sent.
 */
export function encodeRecord<Of extends AnyTopic>(topic: Of, message: Message<Of>, nowMs: number): RecordToWrite | Promise<RecordToWrite> {
  const { key, value, headers, timestampMs = nowMs } = message as Message<AnyTopic> & { readonly key?: never };
  const encodedKey = encode(topic, "key", topic.key, key as never);
  const encodedValue = encode(topic, "value", topic.value, value);
  const finish = (bytes: readonly [Uint8Array | null, Uint8Array | null]): RecordToWrite => {
    const record = { key: bytes[0], value: bytes[1], timestamp: timestampMs };
    return headers === undefined ? record : { ...record, headers: headersOf(headers) };
  };
  if (!(encodedKey instanceof Promise) && !(encodedValue instanceof Promise)) return finish([encodedKey, encodedValue]);
  return Promise.all([encodedKey, encodedValue]).then(finish);
}

function encode(topic: AnyTopic, part: "key" | "value", codec: AnyCodec, value: never): Encoding {
  const invalid = (cause: unknown): never => {
    throw new MillraceError("RECORD_INVALID", { topic: topic.name, part, reason: reasonOf(cause) }, { cause });
  };
  try {
    const encoded = (codec as unknown as Codec<unknown, unknown>).encode(value);
    return encoded instanceof Promise ? encoded.catch(invalid) : encoded;
  } catch (cause) {
    return invalid(cause);
  }
}

function headersOf(headers: NonNullable<Message<AnyTopic>["headers"]>): readonly RecordHeader[] {
  if (Array.isArray(headers)) return headers as readonly RecordHeader[];
  return Object.entries(headers as Readonly<Record<string, string | Uint8Array>>).map(([key, value]) => ({
    key,
    value: typeof value === "string" ? Buffer.from(value) : value,
  }));
}
