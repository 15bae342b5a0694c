import * as fc from "fast-check";
import { expect, test } from "vitest";
import { FrameReader } from "../src/doors/kafka/frame-reader.ts";

const bytesMax = 1000;

function frame(content: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length);
  return Buffer.concat([length, content]);
}

test("frames come out whole, in order and once, wherever the stream is cut", () => {
  const contents = fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 12 });
  fc.assert(
    fc.property(contents, fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (frames, cuts) => {
      const stream = Buffer.concat(frames.map(frame));
      const reader = new FrameReader(() => bytesMax);
      const taken: Buffer[] = [];
      for (let from = 0; from < stream.length;) {
        const to = from + cuts.next().value!;
        reader.add(stream.subarray(from, to), (content) => taken.push(content));
        from = to;
      }
      expect(taken.map((content) => [...content])).toEqual(frames.map((content) => [...content]));
      expect(reader.heldBytes).toBe(0);
    }),
  );
});

test.each([-1, -0x8000_0000, bytesMax + 1, 0x7fff_ffff])("a length of %i is refused before anything is allocated for it", (length) => {
  const reader = new FrameReader(() => bytesMax);
  const prefix = Buffer.alloc(4);
  prefix.writeInt32BE(length);
  expect(() => reader.add(prefix, () => expect.unreachable())).toThrow(expect.objectContaining({ code: "INVALID_REQUEST" }));
});

test("a frame of the largest size is taken, and an empty one too", () => {
  const reader = new FrameReader(() => bytesMax);
  const taken: number[] = [];
  reader.add(Buffer.concat([frame(Buffer.alloc(bytesMax)), frame(Buffer.alloc(0))]), (content) => taken.push(content.length));
  expect(taken).toEqual([bytesMax, 0]);
});

test("what is held of a frame that has begun is what has come of it", () => {
  const reader = new FrameReader(() => 100 * 1024 * 1024);
  const prefix = Buffer.alloc(4);
  prefix.writeInt32BE(100 * 1024 * 1024);
  reader.add(prefix, () => {});
  reader.add(Buffer.alloc(10), () => {});
  expect(reader.heldBytes).toBe(14);
});
