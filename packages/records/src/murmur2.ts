/**
 * MurmurHash 2 of 32 bits with the seed of Kafka's Java clients, as they compute it: which partition a key belongs to is
 * part of the protocol between producers. The result is signed.
 */
export function murmur2(bytes: Uint8Array): number {
  const { length } = bytes;
  let hash = seed ^ length;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    hash = Math.imul(hash, multiplier) ^ mix(word);
  }
  let tail = 0;
  for (let index = length - 1; index >= at; index--) tail = (tail << 8) | bytes[index]!;
  if (at < length) hash = Math.imul(hash ^ tail, multiplier);
  hash = Math.imul(hash ^ (hash >>> 13), multiplier);
  return hash ^ (hash >>> 15);
}

const seed = 0x9747_b28c | 0;
const multiplier = 0x5bd1_e995;

function mix(word: number): number {
  const multiplied = Math.imul(word, multiplier);
  return Math.imul(multiplied ^ (multiplied >>> 24), multiplier);
}

/** The partition that Java's producer gives a record with this key, of `partitionCount` ones. */
export function partitionOfKey(key: Uint8Array, partitionCount: number): number {
  return (murmur2(key) & 0x7fff_ffff) % partitionCount;
}
