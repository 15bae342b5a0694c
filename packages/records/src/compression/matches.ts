/*
 * What the compressors of Snappy and LZ4 share: both look for a run of four bytes or more that occurred before, by a table of
 * the places where a hash of four bytes was seen last.
 */

/** Shortest repetition that is worth its description. */
export const matchBytesMin = 4;

/** Places where four bytes with a certain hash were seen, for inputs of one kind of size. */
export class MatchTable {
  readonly #places: Int32Array;
  readonly #shift: number;

  /** 256 to 16,384 entries: more would cost more to clear than they find. */
  constructor(inputBytes: number) {
    const bits = Math.min(14, Math.max(8, 32 - Math.clz32(inputBytes)));
    this.#places = new Int32Array(1 << bits).fill(-1);
    this.#shift = 32 - bits;
  }

  /** Where the same hash was seen last, or -1; and notes that it is seen here. */
  exchange(word: number, place: number): number {
    const slot = Math.imul(word, 0x9e37_79b1) >>> this.#shift;
    const before = this.#places[slot]!;
    this.#places[slot] = place;
    return before;
  }
}

/** Four bytes as one number. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

/** How many bytes from `a` and from `b` on are alike; `b` goes up to `end`. */
export function commonBytes(bytes: Uint8Array, a: number, b: number, end: number): number {
  let length = 0;
  while (b + length < end && bytes[a + length] === bytes[b + length]) length++;
  return length;
}
