import { crc32 } from "node:zlib";
import { assert, MillraceError } from "@millrace/vocabulary";
import type { KvChange } from "./ports/kv.ts";

/** Bytes of the checksum before each stored value: the CRC-32 of key and value, big endian. */
const checksumBytes = 4;
/** What lmdb takes in a tree of pages of 4 KiB, with room for its own. */
const keyBytesMax = 511;

/** A change as it is stored: copies, so that the caller may use the memory again. */
export interface CheckedChange {
  readonly key: Buffer;
  /** Checksum and value; undefined removes the key. */
  readonly stored: Buffer | undefined;
}

export function checkedChanges(changes: readonly KvChange[]): CheckedChange[] {
  return changes.map(({ key, value }) => {
    assert(key.length >= 1 && key.length <= keyBytesMax, "a key has 1 to 511 bytes", { keyBytes: key.length });
    return { key: Buffer.from(key), stored: value === undefined ? undefined : withChecksum(key, value) };
  });
}

function withChecksum(key: Uint8Array, value: Uint8Array): Buffer {
  const stored = Buffer.allocUnsafe(checksumBytes + value.length);
  stored.set(value, checksumBytes);
  stored.writeUInt32BE(crc32(value, crc32(key)), 0);
  return stored;
}

/** The value in what was stored: a slice of it. Throws DATA_DAMAGED, naming store and key, when the checksum fails. */
export function valueOf(key: Uint8Array, stored: Buffer, store: string): Buffer {
  const value = stored.subarray(checksumBytes);
  if (stored.length < checksumBytes || stored.readUInt32BE(0) !== crc32(value, crc32(key)))
    throw new MillraceError("DATA_DAMAGED", { store, key: Buffer.from(key).toString("hex"), valueBytes: value.length });
  return value;
}
