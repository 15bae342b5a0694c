import { Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { decodeRecord, emptyImage, encodeRecord, finalisedLevel, fold, imageHash, snapshotChunks, SnapshotRestore } from "../src/index.ts";
import { topicId as topicIdOf } from "./support/cluster.ts";

test("the README's example says what it does", () => {
  const topicId = topicIdOf(1);
  const term = 1;

  const created = fold(emptyImage(), Offset(1), term, [
    { type: "Topic", topicId, name: "orders" },
    { type: "Config", resource: { type: "topic", id: topicId }, key: "retention.ms", value: "60000" },
  ]);
  expect(created.changedTopics).toEqual(new Set([topicId]));
  const bytes = encodeRecord({ type: "RemoveTopic", topicId }, finalisedLevel(created.image));
  const { image, before, removedTopics } = fold(created.image, Offset(3), term, [decodeRecord(bytes)]);
  expect(before.topics.byName("orders")?.overrides).toEqual(new Map([["retention.ms", "60000"]]));
  expect([image.topics.size, [...removedTopics.keys()]]).toEqual([0, [topicId]]);
  const restore = new SnapshotRestore();
  for (const chunk of snapshotChunks(before)) restore.add(chunk);
  expect(imageHash(restore.finish(emptyImage(), before).image)).toBe(imageHash(before));
});
