import * as fc from "fast-check";
import { Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import {
  bootstrapSnapshot,
  decodeRecord,
  emptyImage,
  encodeRecord,
  fold,
  imageHash,
  type MetadataImage,
  type MetadataRecord,
  snapshotChunks,
  SnapshotRestore,
} from "../src/index.ts";
import { snapshotChunkBytes } from "../src/snapshot/chunks.ts";
import { printImage } from "../src/testing/index.ts";
import { after, imageOf, record, topicId } from "./support/cluster.ts";
import { happenings, recordsOf } from "./support/history.ts";

function restored(image: MetadataImage, chunkBytes?: number): MetadataImage {
  const restore = new SnapshotRestore();
  for (const chunk of snapshotChunks(image, chunkBytes)) restore.add(chunk);
  return restore.finish(emptyImage(), image).image;
}

/** The image after a proposal as the log holds it: every record through its bytes. */
function foldedFromBytes(image: MetadataImage, offset: Offset, records: readonly MetadataRecord[]): MetadataImage {
  return fold(
    image,
    offset,
    1,
    records.map((one) => decodeRecord(encodeRecord(one, 1))),
  ).image;
}

test("folding the log is folding a snapshot of any point and the rest", () => {
  fc.assert(
    fc.property(happenings, fc.nat(), (story, where) => {
      let image = emptyImage();
      let other = emptyImage();
      for (const [index, happening] of story.entries()) {
        const records = recordsOf(image, happening);
        if (records.length === 0) continue;
        const offset = Offset(image.offset + 1);
        image = fold(image, offset, 1, records).image;
        other = foldedFromBytes(other, offset, records);
        if (index === where % story.length) other = restored(other, 100);
      }
      expect(imageHash(other)).toBe(imageHash(image));
      expect(printImage(other)).toEqual(printImage(image));
      expect([...other.loads]).toEqual([...image.loads]);
      expect([other.offset, other.term]).toEqual([image.offset, image.term]);
    }),
    { numRuns: 500 },
  );
});

test("a snapshot of a restored image is the same, byte for byte", () => {
  fc.assert(
    fc.property(happenings, (story) => {
      let image = emptyImage();
      for (const happening of story) {
        const records = recordsOf(image, happening);
        if (records.length > 0) image = after(image, ...records).image;
      }
      expect([...snapshotChunks(restored(image))]).toEqual([...snapshotChunks(image)]);
    }),
    { numRuns: 200 },
  );
});

test("what an image holds makes its hash, not the way it came to it", () => {
  const one = imageOf(record.broker(2), record.topic(1), record.topic(2));
  const other = imageOf(record.topic(2), record.topic(1), {
    ...record.broker(2),
    state: { epoch: 0, isFenced: true, isInControlledShutdown: false },
  } as MetadataRecord);
  expect(imageHash(other)).toBe(imageHash(one));
  expect(imageHash(after(one, record.topic(3)).image)).not.toBe(imageHash(one));
});

test("chunks are bounded, and none is empty", () => {
  const partitions = Array.from({ length: 9_000 }, (_, index) => record.partition(1, index, [1, 2, 3]));
  const chunks = [...snapshotChunks(imageOf(record.topic(1), ...partitions))];
  expect(chunks.length).toBeGreaterThan(5);
  for (const chunk of chunks) expect(chunk.length).toBeLessThan(1.2 * snapshotChunkBytes);
  expect([...snapshotChunks(emptyImage())]).toEqual([]);
});

test("after a restore everything counts as changed, and what is missing as removed", () => {
  const before = imageOf(record.topic(1), record.topic(2));
  const restore = new SnapshotRestore();
  for (const chunk of snapshotChunks(imageOf(record.topic(2), record.topic(3)))) restore.add(chunk);
  const delta = restore.finish(before, { offset: Offset(9), term: 4 });
  expect([...delta.changedTopics].sort()).toEqual([topicId(2), topicId(3)].sort());
  expect([...delta.removedTopics.keys()]).toEqual([topicId(1)]);
  expect([delta.image.offset, delta.image.term, delta.before]).toEqual([9, 4, before]);
});

test("every cluster begins with its finalised levels", () => {
  const restore = new SnapshotRestore();
  for (const chunk of bootstrapSnapshot(new Map([["group.version", 1]]))) restore.add(chunk);
  const { image } = restore.finish(emptyImage(), { offset: Offset(0), term: 0 });
  expect([...image.features]).toEqual([
    ["group.version", 1],
    ["millrace.version", 1],
  ]);
});
