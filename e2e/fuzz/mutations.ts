import { apis, frameLengthBytes, readRequestHeader } from "@millrace/protocol";
import { type Span, spansOf } from "@millrace/protocol/testing";
import type { Dice } from "./dice.ts";
import type { FuzzRequest } from "./requests.ts";

/** Lengths and counts that lie, in two's complement and in compact form: below null, the greatest, varints that do not end. */
const lies = [
  "00",
  "01",
  "7f",
  "fffe",
  "ffff",
  "7fff",
  "80000000",
  "7fffffff",
  "ffffffff",
  "0fffffff",
  "ffffffff0f",
  "ffffffffff",
  "ffffffff7f",
].map((hex) => Buffer.from(hex, "hex"));
const sizes = [-1, -0x8000_0000, 0, 1, 3, 4, 0x7fff_ffff, 104_857_600, 104_857_601] as const;
const keys = [-1, 3, 4, 24, 26, 56, 58, 999, 0x7fff] as const;
const versions = [-1, 99, 0x7fff, -0x8000] as const;

/** Ways to spoil a frame; each gives the bytes to send in its stead. */
export const mutations = {
  "a length that lies": (frame, dice) => withInt32(frame, 0, dice.oneOf(sizes)),
  "a length that is a little off": (frame, dice) => withInt32(frame, 0, frame.length - frameLengthBytes + dice.oneOf([-9, -1, 1, 9])),
  "an unknown key": (frame, dice) => withInt16(frame, 4, dice.oneOf(keys)),
  "an unknown version": (frame, dice) => withInt16(frame, 6, dice.oneOf(versions)),
  "another API's body": (frame, dice) => withInt16(frame, 4, dice.below(76)),
  "another version's body": (frame, dice) => withInt16(frame, 6, dice.below(14)),
  truncation: (frame, dice) => resized(frame.subarray(0, frameLengthBytes + dice.below(frame.length - frameLengthBytes))),
  "the end of the stream in its midst": (frame, dice) => frame.subarray(0, 1 + dice.below(frame.length - 1)),
  "bytes behind it": (frame, dice) => resized(Buffer.concat([frame, dice.bytes(1 + dice.below(40))])),
  "bytes changed anywhere": (frame, dice) => scattered(frame, dice),
  "a count or length that lies": (frame, dice, request) => struck(frame, dice, request, (span) => roles.has(span.role), dice.oneOf(lies)),
  "a field of other bytes": (frame, dice, request) => struck(frame, dice, request, () => true, dice.bytes(dice.below(12))),
  "a part twice": (frame, dice) => doubled(frame, dice),
  "bytes that are no frame": (_, dice) => dice.bytes(1 + dice.below(60)),
} as const satisfies Record<string, (frame: Buffer, dice: Dice, request: FuzzRequest) => Buffer>;

const roles: ReadonlySet<Span["role"]> = new Set(["length", "count", "tags", "tag", "presence"]);

function withInt32(frame: Buffer, at: number, value: number): Buffer {
  frame.writeInt32BE(value, at);
  return frame;
}

function withInt16(frame: Buffer, at: number, value: number): Buffer {
  frame.writeInt16BE(value, at);
  return frame;
}

/** The frame with a length that fits again. */
function resized(frame: Buffer): Buffer {
  return withInt32(Buffer.from(frame), 0, frame.length - frameLengthBytes);
}

function scattered(frame: Buffer, dice: Dice): Buffer {
  for (let count = 1 + dice.below(4); count > 0; count--)
    frame[frameLengthBytes + dice.below(frame.length - frameLengthBytes)] = dice.below(256);
  return frame;
}

/** Other bytes in the place of one part of the message, which its declaration tells. */
function struck(frame: Buffer, dice: Dice, { name, version }: FuzzRequest, isMeant: (span: Span) => boolean, bytes: Buffer): Buffer {
  const bodyAt = frameLengthBytes + readRequestHeader(frame.subarray(frameLengthBytes)).bodyAt;
  const spans = spansOf(apis[name].request as never, version, frame.subarray(bodyAt)).filter(isMeant);
  if (spans.length === 0) return frame;
  const { from, to } = dice.oneOf(spans);
  return resized(Buffer.concat([frame.subarray(0, bodyAt + from), bytes, frame.subarray(bodyAt + to)]));
}

function doubled(frame: Buffer, dice: Dice): Buffer {
  const from = frameLengthBytes + dice.below(frame.length - frameLengthBytes);
  const to = from + dice.below(frame.length - from);
  return resized(Buffer.concat([frame.subarray(0, to), frame.subarray(from)]));
}
