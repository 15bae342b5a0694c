import { MillraceError } from "@millrace/vocabulary";
import { Reader } from "../codec/reader.ts";
import { Writer } from "../codec/writer.ts";
import type { InputOf, Message, TypeOf } from "../declaration/message.ts";
import { GroupMetadataKey, GroupMetadataValue } from "./group-metadata.ts";
import { OffsetCommitKey, OffsetCommitValue } from "./offset-commit.ts";

/*
 * A key is an int16 that says which record it is, and the key's fields; a value is an int16 that says its version, and the
 * value's fields. A null value deletes what has the key. Versions are those that Kafka 4.4 writes.
 */

/** A record of `__consumer_offsets` as it is appended. */
export interface StoredBytes {
  readonly key: Buffer;
  /** Null: a tombstone. */
  readonly value: Buffer | null;
}

/** A record of `__consumer_offsets` as it is replayed. */
export type Stored =
  | { readonly type: "OffsetCommit"; readonly key: TypeOf<typeof OffsetCommitKey>; readonly value: TypeOf<typeof OffsetCommitValue> | null }
  | {
      readonly type: "GroupMetadata";
      readonly key: TypeOf<typeof GroupMetadataKey>;
      readonly value: TypeOf<typeof GroupMetadataValue> | null;
    }
  /** A record of a kind that is not declared here; `number` is what its key says. */
  | { readonly type: "unknown"; readonly number: number };

/** Version 4; 1 where the offset expires at a time of its own, which only that version can say. */
export function encodeOffsetCommit(key: InputOf<typeof OffsetCommitKey>, value: InputOf<typeof OffsetCommitValue> | null): StoredBytes {
  const version = value !== null && (value.expireTimestamp ?? -1) !== -1 ? 1 : 4;
  return { key: encode(OffsetCommitKey, OffsetCommitKey.key, 0, key), value: value && encode(OffsetCommitValue, version, version, value) };
}

/** Version 3. */
export function encodeGroupMetadata(key: InputOf<typeof GroupMetadataKey>, value: InputOf<typeof GroupMetadataValue> | null): StoredBytes {
  return { key: encode(GroupMetadataKey, GroupMetadataKey.key, 0, key), value: value && encode(GroupMetadataValue, 3, 3, value) };
}

/**
 * Reads a record. DATA_DAMAGED where the bytes are no such record; LEVEL_UNKNOWN where the value's version is newer than
 * any known.
 */
export function readStored(key: Buffer, value: Buffer | null): Stored {
  try {
    return readRecord(new Reader(key), value && new Reader(value));
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    throw new MillraceError(error.code === "UNSUPPORTED_VERSION" ? "LEVEL_UNKNOWN" : "DATA_DAMAGED", error.facts, { cause: error });
  }
}

function readRecord(key: Reader, value: Reader | null): Stored {
  const number = key.int16();
  switch (number) {
    case OffsetCommitKey.key:
      return {
        type: "OffsetCommit",
        key: readWhole(OffsetCommitKey, 0, key),
        value: value && readWhole(OffsetCommitValue, value.int16(), value),
      };
    case GroupMetadataKey.key:
      return {
        type: "GroupMetadata",
        key: readWhole(GroupMetadataKey, 0, key),
        value: value && readWhole(GroupMetadataValue, value.int16(), value),
      };
    default:
      return { type: "unknown", number };
  }
}

function readWhole<Value>(message: Message<Value>, version: number, reader: Reader): Value {
  const value = message.codec(version).read(reader);
  reader.expectEnd();
  return value;
}

function encode<Input>(message: Message<unknown, Input>, prefix: number, version: number, value: Input): Buffer {
  const writer = new Writer();
  writer.int16(prefix);
  message.codec(version).write(writer, value);
  const { parts, bytes } = writer.finish();
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts, bytes);
}
