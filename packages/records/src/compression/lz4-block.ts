import { copyLiterals, copyMatch } from "./copies.ts";
import { commonBytes, matchBytesMin, MatchTable, wordAt } from "./matches.ts";
import { corrupt, type Output, tooLarge } from "./output.ts";

/*
 * An LZ4 block is a row of sequences: a token with two lengths of 4 bits, literals, a distance (16 bits, little endian), and
 * with it a match. A length of 15 goes on in further bytes until one is below 255. The last sequence has literals alone.
 *
 *     token  [literal length…]  literals  distance  [match length…]
 */

const distanceMax = 0xffff;
const lengthInToken = 15;
/** The format wants the last bytes of a block to be literals, and the last match to begin this long before the end. */
const lastLiterals = 5;
const matchEndMargin = 12;
/** A byte of a length field stands for 255 bytes of output at most. */
export const lz4Expansion = 255;

/**
 * Decompresses one block into the output, whose room for `bytesMax` more must be reserved. Matches may reach back to
 * `windowStart`. CORRUPT_MESSAGE where the block is none, or yields more than `bytesMax`; MESSAGE_TOO_LARGE where that is all the output
 * may have.
 */
export function decompressLz4Block(block: Buffer, output: Output, windowStart: number, bytesMax: number): void {
  const into = output.bytes;
  const end = output.length + bytesMax;
  let at = 0;
  let to = output.length;
  while (at < block.length) {
    const token = block[at++]!;
    let literals = token >> 4;
    if (literals === lengthInToken) [literals, at] = longLength(block, at, literals);
    if (literals > block.length - at) throw corrupt({ lz4Literals: literals, blockAt: at });
    if (literals > end - to) throw tooMuch(output, to + literals, end);
    copyLiterals(block, at, into, to, literals);
    at += literals;
    to += literals;
    if (at === block.length) break;
    if (at + 2 > block.length) throw corrupt({ lz4BlockEndsAt: at });
    const distance = block[at]! | (block[at + 1]! << 8);
    at += 2;
    let match = token & lengthInToken;
    if (match === lengthInToken) [match, at] = longLength(block, at, match);
    match += matchBytesMin;
    if (distance === 0 || distance > to - windowStart) throw corrupt({ lz4Distance: distance, blockAt: at });
    if (match > end - to) throw tooMuch(output, to + match, end);
    copyMatch(into, to, distance, match);
    to += match;
  }
  output.length = to;
}

/** The block yields more than is allowed: of all output, or of a block of this frame. */
function tooMuch(output: Output, bytes: number, end: number): Error {
  return end === output.bytesMax ? tooLarge(bytes, end) : corrupt({ lz4OutputBytes: bytes, lz4OutputBytesMax: end });
}

/** Reads the rest of a length; gives it, and where it ended. */
function longLength(block: Buffer, from: number, base: number): [length: number, at: number] {
  let length = base;
  let at = from;
  for (;;) {
    if (at >= block.length) throw corrupt({ lz4LengthAt: from });
    const byte = block[at++]!;
    length += byte;
    if (byte !== 255) return [length, at];
  }
}

/** The most bytes that a block of so many can become. */
export function lz4BlockBytesMax(inputBytes: number): number {
  return inputBytes + Math.ceil(inputBytes / 255) + 16;
}

/**
 * Compresses into `into` at `to`, where `lz4BlockBytesMax` bytes must be free; gives the end. Greedy: takes the first match it
 * finds, and looks less often the longer it finds none.
 */
export function compressLz4Block(input: Buffer, into: Buffer, to: number): number {
  const table = new MatchTable(input.length);
  const matchBeginMax = input.length - matchEndMargin;
  const matchEnd = input.length - lastLiterals;
  let end = to;
  let literalsFrom = 0;
  let misses = 0;
  for (let at = 0; at <= matchBeginMax;) {
    const word = wordAt(input, at);
    const candidate = table.exchange(word, at);
    if (candidate < 0 || at - candidate > distanceMax || wordAt(input, candidate) !== word) {
      at += 1 + (misses++ >> 6);
      continue;
    }
    misses = 0;
    const match = matchBytesMin + commonBytes(input, candidate + matchBytesMin, at + matchBytesMin, matchEnd);
    end = writeSequence(input, literalsFrom, at, into, end, at - candidate, match);
    at += match;
    literalsFrom = at;
  }
  return writeSequence(input, literalsFrom, input.length, into, end, 0, 0);
}

/** Writes literals and the match behind them; none where `match` is 0. Gives the end. */
function writeSequence(input: Buffer, from: number, until: number, into: Buffer, to: number, distance: number, match: number): number {
  const literals = until - from;
  const matchCode = match === 0 ? 0 : match - matchBytesMin;
  into[to] = (Math.min(literals, lengthInToken) << 4) | Math.min(matchCode, lengthInToken);
  let end = writeLongLength(into, to + 1, literals);
  copyLiterals(input, from, into, end, literals);
  end += literals;
  if (match === 0) return end;
  into[end] = distance;
  into[end + 1] = distance >> 8;
  return writeLongLength(into, end + 2, matchCode);
}

function writeLongLength(into: Buffer, to: number, length: number): number {
  if (length < lengthInToken) return to;
  let rest = length - lengthInToken;
  let end = to;
  for (; rest >= 255; rest -= 255) into[end++] = 255;
  into[end++] = rest;
  return end;
}
