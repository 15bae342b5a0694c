import { MillraceError } from "@millrace/vocabulary";

/*
 * Kafka's bytes for what the members of a consumer group tell one another, so that members of every client can share a group.
 * Big endian. A reader takes the fields it knows and leaves what a newer version adds behind them:
 *
 *   subscription: version i16, topics [string], user data bytes, 1+: owned partitions [string, [i32]], 2+: generation i32, 3+: rack
 *   assignment:   version i16, partitions [string, [i32]], user data bytes
 */

/** Partitions of topics, by topic. */
export type PartitionsByTopic = ReadonlyMap<string, readonly number[]>;

/** Version 0 of both: what is written says nothing that later versions add. */
const versionWritten = 0;
/** The length of bytes that are null. */
const nullLength = -1;

export function encodeSubscription(topics: readonly string[]): Buffer {
  const parts = [int16(versionWritten), int32(topics.length), ...topics.map(string), int32(nullLength)];
  return Buffer.concat(parts);
}

/** The topics that a member subscribes to. INVALID_REQUEST where the bytes are no subscription. */
export function decodeSubscription(bytes: Buffer): string[] {
  const cursor = new ProtocolCursor(bytes);
  cursor.int16();
  return cursor.array(2, () => cursor.string());
}

export function encodeAssignment(partitions: PartitionsByTopic): Buffer {
  const parts = [int16(versionWritten), int32(partitions.size)];
  for (const [topic, indexes] of partitions) parts.push(string(topic), int32(indexes.length), ...indexes.map(int32));
  return Buffer.concat([...parts, int32(nullLength)]);
}

/** What a member was given; nothing where the bytes are none. INVALID_REQUEST where they are no assignment. */
export function decodeAssignment(bytes: Buffer): PartitionsByTopic {
  if (bytes.length === 0) return new Map();
  const cursor = new ProtocolCursor(bytes);
  cursor.int16();
  return new Map(cursor.array(6, () => [cursor.string(), cursor.array(4, () => cursor.int32())] as const));
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function string(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([int16(bytes.length), bytes]);
}

/** Reads field after field, and trusts no length. */
class ProtocolCursor {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  int16(): number {
    return this.#take(2).readInt16BE();
  }

  int32(): number {
    return this.#take(4).readInt32BE();
  }

  string(): string {
    return this.#take(this.int16()).toString();
  }

  /** @param elementBytesMin what an element takes at least, so that a count can be checked before anything is made of it */
  array<Element>(elementBytesMin: number, element: () => Element): Element[] {
    const count = this.int32();
    if (count < 0 || count > (this.#bytes.length - this.#position) / elementBytesMin) throw this.#broken({ count });
    return Array.from({ length: count }, element);
  }

  #take(length: number): Buffer {
    const from = this.#position;
    if (length < 0 || length > this.#bytes.length - from) throw this.#broken({ lengthBytes: length });
    this.#position += length;
    return this.#bytes.subarray(from, this.#position);
  }

  #broken(facts: Readonly<Record<string, number>>): MillraceError {
    return new MillraceError("INVALID_REQUEST", { ...facts, position: this.#position, sizeBytes: this.#bytes.length });
  }
}
