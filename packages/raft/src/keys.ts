import { Offset } from "@millrace/vocabulary";

/*
 * What lies where in the store; numbers are big-endian, so that their order is the order of keys.
 *
 *     c <offset: 8> <index: 4>   a chunk of the snapshot as of that offset
 *     f                          what `format` wrote
 *     h                          hard state: term and vote
 *     l <offset: 8>              an entry of the log, by its first offset
 *     v <offset: 8>              the set of voters that stands in the log at that offset, so that it is found without reading all
 *     s                          the snapshot: which one it is, and what it must hold
 */

export const formatKey: Buffer = Buffer.from("f");
export const hardStateKey: Buffer = Buffer.from("h");
export const snapshotKey: Buffer = Buffer.from("s");

export function entryKey(offset: Offset): Buffer {
  return withOffset("l", offset, 9);
}

export function voterSetKey(offset: Offset): Buffer {
  return withOffset("v", offset, 9);
}

export function chunkKey(offset: Offset, index: number): Buffer {
  const key = withOffset("c", offset, 13);
  key.writeUInt32BE(index, 9);
  return key;
}

/** The offset in the key of an entry or a chunk. */
export function offsetOf(key: Buffer): Offset {
  return Offset(Number(key.readBigUInt64BE(1)));
}

/** Every chunk of every snapshot. */
export const allChunks = { from: Buffer.from("c"), to: Buffer.from("d") } as const;

function withOffset(letter: string, offset: Offset, bytes: number): Buffer {
  const key = Buffer.alloc(bytes);
  key.write(letter, "latin1");
  key.writeBigUInt64BE(BigInt(offset), 1);
  return key;
}
