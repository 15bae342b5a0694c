import { assert } from "@millrace/vocabulary";

/** Bytes of a key's hash: two keys with one hash do not happen, by chance or by intent. */
export const hashBytes = 16;
/** 32-bit words of a hash. */
const hashWords = hashBytes / 4;
/** What one key takes: its hash, and an offset as a double. */
const slotBytes = hashBytes + 8;
/** Beyond this share a search would take too many steps. */
const loadMax = 0.8;
const slotsMin = 64;

/** The newest offset of each key in a stretch of a log, in a bounded amount of memory: keys by their hashes, open addressing. */
export class OffsetMap {
  readonly #words: Uint32Array;
  /** -1: free. */
  readonly #offsets: Float64Array;
  readonly #mask: number;
  #count = 0;

  /** @param bytesMax the memory it may take; @param keysMax how many keys there can be at most */
  constructor(bytesMax: number, keysMax: number) {
    // Powers of two, so that steps of any odd length reach every slot.
    const allowed = 2 ** Math.floor(Math.log2(bytesMax / slotBytes));
    const needed = 2 ** Math.ceil(Math.log2(keysMax / loadMax + 1));
    const slots = Math.max(slotsMin, Math.min(allowed, needed));
    this.#words = new Uint32Array(slots * hashWords);
    this.#offsets = new Float64Array(slots).fill(-1);
    this.#mask = slots - 1;
  }

  get bytes(): number {
    return this.#offsets.length * slotBytes;
  }

  get count(): number {
    return this.#count;
  }

  /** Notes that the key has a record at `offset`, newer than any before. False: there is no room for another key. */
  put(hash: Buffer, at: number, offset: number): boolean {
    const slot = this.#find(hash, at);
    if (this.#offsets[slot]! < 0) {
      if (this.#count >= this.#offsets.length * loadMax) return false;
      for (let word = 0; word < hashWords; word++) this.#words[slot * hashWords + word] = hash.readUInt32LE(at + word * 4);
      this.#count++;
    }
    assert(offset > this.#offsets[slot]!, "records of a key come in order", { offset, known: this.#offsets[slot]! });
    this.#offsets[slot] = offset;
    return true;
  }

  /** The newest offset of the key; -1: none is known. */
  get(hash: Buffer, at: number): number {
    return this.#offsets[this.#find(hash, at)]!;
  }

  /** The key's slot, or the free one that it would take. */
  #find(hash: Buffer, at: number): number {
    const step = hash.readUInt32LE(at + 4) | 1;
    let slot = hash.readUInt32LE(at) & this.#mask;
    while (this.#offsets[slot]! >= 0 && !this.#isAt(slot, hash, at)) slot = (slot + step) & this.#mask;
    return slot;
  }

  #isAt(slot: number, hash: Buffer, at: number): boolean {
    for (let word = 0; word < hashWords; word++) {
      if (this.#words[slot * hashWords + word] !== hash.readUInt32LE(at + word * 4)) return false;
    }
    return true;
  }
}
