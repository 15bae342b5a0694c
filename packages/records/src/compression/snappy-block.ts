import { copyLiterals, copyMatch } from "./copies.ts";
import { commonBytes, matchBytesMin, MatchTable, wordAt } from "./matches.ts";
import { corrupt } from "./output.ts";

/*
 * A Snappy block is the length of what it becomes, as a varint, and a row of elements. The lowest two bits of an element's
 * first byte say what it is:
 *
 *     0  literals; their count - 1 in the upper six bits, or, from 60 on, in 1 to 4 bytes that follow
 *     1  a match of 4 to 11 bytes, its distance in 3 bits and a byte
 *     2  a match of 1 to 64 bytes, its distance in 2 bytes
 *     3  the same, its distance in 4 bytes
 */

const kind = { literals: 0, nearMatch: 1, match: 2, farMatch: 3 } as const;
const literalsInTag = 60;
const matchBytesMax = 64;
/** The greatest element for its size: 3 bytes that become 64. What a block says beyond that is a lie. */
const expansionMax = 22;
/** Distances of 16 bits are enough for the blocks that are written here. */
const windowBytes = 0xffff;

/** What a block says that it becomes. CORRUPT_MESSAGE where it says nothing, or more than it could. */
export function snappyLength(block: Buffer): { readonly length: number; readonly at: number } {
  let length = 0;
  for (let at = 0; at < Math.min(5, block.length); at++) {
    length += (block[at]! & 0x7f) * 2 ** (7 * at);
    if (block[at]! >= 0x80) continue;
    if (length > block.length * expansionMax) break;
    return { length, at: at + 1 };
  }
  throw corrupt({ snappyLength: length, blockBytes: block.length });
}

/** Decompresses one block into `into` at `to`, where the bytes that it announces must be free; gives the end. */
export function decompressSnappyBlock(block: Buffer, into: Buffer, to: number): number {
  const { length, at } = snappyLength(block);
  const elements = new Elements(block, at, into, to, to + length);
  while (elements.next()) continue;
  return to + length;
}

/** Goes from element to element. */
class Elements {
  readonly #block: Buffer;
  #at: number;
  readonly #into: Buffer;
  readonly #start: number;
  #to: number;
  readonly #end: number;

  constructor(block: Buffer, at: number, into: Buffer, start: number, end: number) {
    this.#block = block;
    this.#at = at;
    this.#into = into;
    this.#start = start;
    this.#to = start;
    this.#end = end;
  }

  /** Executes one element; false: there was none left, and everything announced is there. */
  next(): boolean {
    if (this.#at === this.#block.length) {
      if (this.#to !== this.#end) throw corrupt({ snappyBytes: this.#to - this.#start, announced: this.#end - this.#start });
      return false;
    }
    const tag = this.#block[this.#at++]!;
    const upper = tag >> 2;
    switch (tag & 3) {
      case kind.literals:
        this.#copyLiterals(upper < literalsInTag ? upper + 1 : this.#number(upper - literalsInTag + 1) + 1);
        break;
      case kind.nearMatch:
        this.#copyMatch(((tag >> 5) << 8) | this.#number(1), (upper & 7) + matchBytesMin);
        break;
      case kind.match:
        this.#copyMatch(this.#number(2), upper + 1);
        break;
      default:
        this.#copyMatch(this.#number(4), upper + 1);
    }
    return true;
  }

  #copyLiterals(length: number): void {
    if (length > this.#block.length - this.#at || length > this.#end - this.#to)
      throw corrupt({ snappyLiterals: length, blockAt: this.#at });
    copyLiterals(this.#block, this.#at, this.#into, this.#to, length);
    this.#at += length;
    this.#to += length;
  }

  #copyMatch(distance: number, length: number): void {
    if (distance === 0 || distance > this.#to - this.#start || length > this.#end - this.#to)
      throw corrupt({ snappyDistance: distance, snappyMatch: length, blockAt: this.#at });
    copyMatch(this.#into, this.#to, distance, length);
    this.#to += length;
  }

  /** A number of so many bytes, little endian. */
  #number(bytes: number): number {
    if (bytes > this.#block.length - this.#at) throw corrupt({ snappyBlockEndsAt: this.#block.length });
    const value = this.#block.readUIntLE(this.#at, bytes);
    this.#at += bytes;
    return value;
  }
}

/** The most bytes that a block of so many can become. */
export function snappyBlockBytesMax(inputBytes: number): number {
  return 32 + inputBytes + Math.ceil(inputBytes / 6);
}

/** Compresses into `into` at `to`, where `snappyBlockBytesMax` bytes must be free; gives the end. Greedy, as for LZ4. */
export function compressSnappyBlock(input: Buffer, into: Buffer, to: number): number {
  const table = new MatchTable(input.length);
  let end = writeVarint(into, to, input.length);
  let literalsFrom = 0;
  let misses = 0;
  for (let at = 0; at + matchBytesMin <= input.length;) {
    const word = wordAt(input, at);
    const candidate = table.exchange(word, at);
    if (candidate < 0 || at - candidate > windowBytes || wordAt(input, candidate) !== word) {
      at += 1 + (misses++ >> 5);
      continue;
    }
    misses = 0;
    end = writeLiterals(input, literalsFrom, at, into, end);
    const match = matchBytesMin + commonBytes(input, candidate + matchBytesMin, at + matchBytesMin, input.length);
    end = writeMatch(into, end, at - candidate, match);
    at += match;
    literalsFrom = at;
  }
  return writeLiterals(input, literalsFrom, input.length, into, end);
}

function writeLiterals(input: Buffer, from: number, until: number, into: Buffer, to: number): number {
  const count = until - from;
  if (count === 0) return to;
  const end = writeLiteralTag(into, to, count - 1);
  copyLiterals(input, from, into, end, count);
  return end + count;
}

function writeLiteralTag(into: Buffer, to: number, code: number): number {
  if (code < literalsInTag) {
    into[to] = code << 2;
    return to + 1;
  }
  const bytes = code < 0x100 ? 1 : code < 0x1_0000 ? 2 : code < 0x100_0000 ? 3 : 4;
  into[to] = (literalsInTag + bytes - 1) << 2;
  return into.writeUIntLE(code, to + 1, bytes);
}

/** A match of any length, in pieces of 64 bytes; none is left shorter than a near match can be. */
function writeMatch(into: Buffer, to: number, distance: number, length: number): number {
  let end = to;
  let rest = length;
  while (rest >= matchBytesMax + matchBytesMin) {
    end = writeMatchPiece(into, end, distance, matchBytesMax);
    rest -= matchBytesMax;
  }
  if (rest > matchBytesMax) {
    end = writeMatchPiece(into, end, distance, matchBytesMax - matchBytesMin);
    rest -= matchBytesMax - matchBytesMin;
  }
  return writeMatchPiece(into, end, distance, rest);
}

function writeMatchPiece(into: Buffer, to: number, distance: number, length: number): number {
  if (length <= 11 && distance < 0x800) {
    into[to] = ((distance >> 8) << 5) | ((length - matchBytesMin) << 2) | kind.nearMatch;
    into[to + 1] = distance;
    return to + 2;
  }
  into[to] = ((length - 1) << 2) | kind.match;
  into[to + 1] = distance;
  into[to + 2] = distance >> 8;
  return to + 3;
}

function writeVarint(into: Buffer, to: number, value: number): number {
  let end = to;
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) into[end++] = (rest & 0x7f) | 0x80;
  into[end++] = rest;
  return end;
}
