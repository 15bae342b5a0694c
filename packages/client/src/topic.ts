import { MillraceError, topicNameFault } from "@millrace/vocabulary";
import { rawKey } from "./codecs/bytes.ts";
import type { AnyCodec, InputOf, OutputOf } from "./codecs/codec.ts";

/** A topic with the types of its keys and values. It is a description: nothing is sent or created by making one. */
export interface Topic<Name extends string, Key extends AnyCodec, Value extends AnyCodec> {
  readonly name: Name;
  readonly key: Key;
  readonly value: Value;
}

export type AnyTopic = Topic<string, AnyCodec, AnyCodec>;

type RawKey = typeof rawKey;

/** Describes a topic. Without a codec for its keys they are bytes, or none. Throws INVALID_TOPIC_EXCEPTION for a name that Kafka knows not. */
export function topic<const Name extends string, Value extends AnyCodec, Key extends AnyCodec = RawKey>(
  name: Name,
  codecs: { readonly key?: Key; readonly value: Value },
): Topic<Name, Key, Value> {
  const fault = topicNameFault(name);
  if (fault !== undefined) throw new MillraceError("INVALID_TOPIC_EXCEPTION", { topic: name, reason: fault });
  return { name, key: codecs.key ?? (rawKey as unknown as Key), value: codecs.value };
}

/** A header. Keys may repeat; their order is kept. */
export interface Header {
  readonly key: string;
  readonly value: Uint8Array | null;
}

/** What is sent to a topic. */
export type Message<Of extends AnyTopic> = KeyField<InputOf<Of["key"]>> & {
  readonly value: InputOf<Of["value"]>;
  readonly headers?: readonly Header[] | Readonly<Record<string, string | Uint8Array>> | undefined;
  /** Milliseconds since 1970. Default: now. */
  readonly timestampMs?: number | undefined;
  /** Default: by the key, as Kafka's Java client does; any, where there is none. */
  readonly partition?: number | undefined;
};

/** A key that may be missing need not be named. */
type KeyField<Key> = undefined extends Key ? { readonly key?: Key | undefined } : { readonly key: Key };

/** What is received from a topic. Of several topics it is a union, which `topic` tells apart. */
export type Received<Of extends AnyTopic> =
  Of extends Topic<infer Name, infer Key, infer Value> ? ReceivedRecord<Name, OutputOf<Key>, OutputOf<Value>> : never;

/** A record of a partition. */
export interface ReceivedRecord<Name extends string, Key, Value> {
  readonly topic: Name;
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds since 1970: the producer's, or the broker's where the topic says so. */
  readonly timestampMs: number;
  readonly key: Key;
  readonly value: Value;
  readonly headers: readonly Header[];
  /** See `RawRecord`. */
  readonly undecodable?: undefined;
}

/** A record whose key or value could not be decoded, as it came; for consumers with `undecodable: "raw"`. */
export interface RawRecord<Name extends string> {
  readonly topic: Name;
  readonly partition: number;
  readonly offset: number;
  readonly timestampMs: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly Header[];
  /** RECORD_UNDECODABLE, and why. */
  readonly undecodable: MillraceError;
}
