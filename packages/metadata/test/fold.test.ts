import { BrokerId, Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { emptyImage, fold, type MetadataRecord } from "../src/index.ts";
import { after, imageOf, record, topicId } from "./support/cluster.ts";

test("an image stays what it was, whatever follows it", () => {
  const before = imageOf(record.topic(1), record.partition(1, 0), record.partition(1, 1));
  const { image } = after(before, record.leader(1, 0, -1, 1), record.topic(2), record.partition(2, 0));
  expect(before.topics.byId(topicId(1))!.partitions[0]!.leader).toBe(1);
  expect(image.topics.byId(topicId(1))!.partitions[0]!.leader).toBe(-1);
  expect([before.topics.size, image.topics.size]).toEqual([1, 2]);
  expect([...before.topics.all()].map(({ name }) => name)).toEqual(["topic-1"]);
});

test("what a change does not touch is the same object in the next image", () => {
  const before = imageOf(record.broker(1), record.topic(1), record.partition(1, 0), record.partition(1, 1), record.topic(2));
  const { image } = after(before, record.leader(1, 0, -1, 1));
  expect(image.topics.byId(topicId(2))).toBe(before.topics.byId(topicId(2)));
  expect(image.topics.byId(topicId(1))!.partitions[1]).toBe(before.topics.byId(topicId(1))!.partitions[1]);
  expect(image.brokers).toBe(before.brokers);
  expect(image.loads).toBe(before.loads);
});

test("a delta names the topics that changed, and those that are gone as they were", () => {
  const before = imageOf(record.topic(1), record.topic(2), record.topic(3), record.topic(4));
  const delta = after(
    before,
    record.setting(1, "retention.ms", "5"),
    record.removeTopic(2),
    record.topic(5),
    record.topic(6),
    record.removeTopic(6),
  );
  expect([...delta.changedTopics].sort()).toEqual([topicId(1), topicId(5)].sort());
  expect([...delta.removedTopics.values()]).toEqual([before.topics.byId(topicId(2))]);
  expect([delta.brokersChanged, delta.brokerOverridesChanged, delta.featuresChanged]).toEqual([false, false, false]);
});

test("a delta says which of the small parts changed", () => {
  const delta = (...records: MetadataRecord[]) => {
    const { brokersChanged, brokerOverridesChanged, featuresChanged } = after(emptyImage(), ...records);
    return { brokersChanged, brokerOverridesChanged, featuresChanged };
  };
  const none = { brokersChanged: false, brokerOverridesChanged: false, featuresChanged: false };
  expect(delta(record.broker(1))).toEqual({ ...none, brokersChanged: true });
  const setting = { type: "Config", resource: { type: "cluster" }, key: "log.retention.ms", value: "5" } as const;
  expect(delta(setting)).toEqual({ ...none, brokerOverridesChanged: true });
  expect(delta({ type: "FeatureLevel", name: "group.version", level: 1 })).toEqual({ ...none, featuresChanged: true });
});

test("a topic that is created again under its name is another one, and has no settings of the first", () => {
  const before = imageOf(record.topic(1, "orders"), record.setting(1, "retention.ms", "5"), record.partition(1, 0));
  const { image, removedTopics } = after(before, record.removeTopic(1), record.topic(2, "orders"), record.partition(2, 0));
  expect(image.topics.byName("orders")).toMatchObject({ id: topicId(2), overrides: new Map() });
  expect(image.topics.byId(topicId(1))).toBeUndefined();
  expect([...removedTopics.keys()]).toEqual([topicId(1)]);
});

test("names that differ by . and _ collide, and a name does not collide with itself", () => {
  const { topics } = imageOf(record.topic(1, "a.b"));
  expect(topics.colliding("a_b")?.name).toBe("a.b");
  expect(topics.colliding("a.b")).toBeUndefined();
  expect(topics.colliding("a-b")).toBeUndefined();
});

test("topics come in the order of their names, from any name on", () => {
  const { topics } = imageOf(...["b", "d", "a", "c"].map((name, number) => record.topic(number, name)));
  expect([...topics.all()].map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
  expect([...topics.all("bb")].map(({ name }) => name)).toEqual(["c", "d"]);
});

test("a broker's epoch is the offset of its registration, which begins fenced", () => {
  const { image } = fold(emptyImage(), Offset(7), 3, [record.topic(1), record.broker(1)]);
  expect(image.brokers.get(BrokerId(1))).toMatchObject({ epoch: 8, isFenced: true, isInControlledShutdown: false });
  expect([image.offset, image.term]).toEqual([8, 3]);
});

test("loads count replicas and preferred leaders, through creation, reassignment and deletion", () => {
  const before = imageOf(
    record.topic(1),
    record.partition(1, 0, [1, 2]),
    record.partition(1, 1, [2, 1]),
    record.topic(2),
    record.partition(2, 0, [1]),
  );
  const loads = (image: typeof before) => Object.fromEntries([...image.loads].map(([id, load]) => [id, [load.replicas, load.preferred]]));
  expect(loads(before)).toEqual({ 1: [3, 2], 2: [2, 1] });
  const moved = { ...record.leader(1, 0, 3, 1), replicas: [BrokerId(3), BrokerId(2)], isr: [BrokerId(3)] } as MetadataRecord;
  const { image } = after(before, moved);
  expect(loads(image)).toEqual({ 1: [2, 1], 2: [2, 1], 3: [1, 1] });
  expect(loads(after(image, record.removeTopic(1)).image)).toEqual({ 1: [1, 1] });
});

test.each<[string, MetadataRecord[]]>([
  ["a partition out of order", [record.topic(1), record.partition(1, 1)]],
  ["a partition of no topic", [record.partition(1, 0)]],
  ["a leader that is not in sync", [record.topic(1), record.partition(1, 0), record.leader(1, 0, 2, 1)]],
  ["a leader epoch that is left out", [record.topic(1), record.partition(1, 0), record.leader(1, 0, 1, 2)]],
  ["a topic name that is taken", [record.topic(1, "a"), record.topic(2, "a")]],
  ["a topic name that collides", [record.topic(1, "a.b"), record.topic(2, "a_b")]],
  ["a topic id that is used", [record.topic(1, "a"), record.topic(1, "b")]],
  ["the end of no topic", [record.removeTopic(1)]],
  ["a setting of no topic", [record.setting(1, "retention.ms", "5")]],
  ["a change of a former life", [record.broker(1), record.unfence(1, 99)]],
  [
    "a registration that goes back",
    [record.broker(1), { ...record.broker(1), state: { epoch: -1, isFenced: true } } as unknown as MetadataRecord],
  ],
])("only a bug can write %s, and it stops the fold", (_, records) => {
  expect(() => imageOf(...records)).toThrow("broken:");
});

test("a metadata level that this version does not know stops the fold", () => {
  expect(() => imageOf({ type: "FeatureLevel", name: "millrace.version", level: 2 })).toThrow("LEVEL_UNKNOWN");
});
