import { compressBatch } from "@millrace/records";
import { type TopicId, zeroUuid } from "@millrace/vocabulary";
import { type Scenario, scenario } from "../scenario.ts";
import type { Side } from "../side.ts";
import { batchOf, batchWith, bent, recordOf, resealed } from "./batches.ts";
import { unknownId } from "./names.ts";

const timeoutMs = 10_000;
/** The first version that names topics by id. */
const topicIdVersion = 13;

interface Batch {
  readonly topic?: string;
  readonly topicId?: TopicId | string;
  readonly partition?: number;
  readonly records: Buffer | null;
  readonly acks?: number;
  readonly clientId?: string;
}

/** Sends one batch in each version to the topic that the scenario is about. */
function producer(side: Side, name: string, ownId: TopicId) {
  const request = (version: number, { topic = name, topicId = ownId, partition = 0, records, acks = -1 }: Batch) => ({
    acks,
    timeoutMs,
    topicData: [
      version >= topicIdVersion
        ? { name: "", topicId, partitionData: [{ index: partition, records }] }
        : { name: topic, topicId: zeroUuid, partitionData: [{ index: partition, records }] },
    ],
  });
  return async (situation: string, batch: Batch, from = 0) => {
    for (const version of side.versionsOf("Produce").filter((each) => each >= from)) {
      const options = batch.clientId === undefined ? {} : { clientId: batch.clientId };
      await side.attempt(situation, "Produce", version, request(version, batch), options);
    }
  };
}

export const produceScenarios: readonly Scenario[] = [
  scenario("Produce that works", async (side) => {
    const send = producer(side, "produce", await side.createTopic("produce", { partitions: 2 }));
    await side.append("produce", batchOf("first"));
    await send("one record, acks -1", { records: batchOf("a") });
    await send("three records, acks 1", { records: batchOf("a", "b", "c"), acks: 1 });
    await send("acks 0", { records: batchOf("a"), acks: 0 });
    await send("another partition", { records: batchOf("a"), partition: 1 });
    for (const compression of ["gzip", "snappy", "lz4"] as const) {
      await send(`compressed by ${compression}`, { records: compressBatch(batchOf("a", "b"), compression) });
    }
    await send("compressed by zstd", { records: compressBatch(batchOf("a", "b"), "zstd") });
    for (const version of side.versionsOf("Produce")) {
      await side.attempt("no topics", "Produce", version, { acks: -1, timeoutMs, topicData: [] });
      const noTime = { acks: -1, timeoutMs: 0, topicData: [] };
      await side.attempt("no topics and no time", "Produce", version, noTime);
    }
  }),

  scenario("Produce to a topic with the broker's timestamps", async (side) => {
    const configs = { "message.timestamp.type": "LogAppendTime" };
    const send = producer(side, "produce-append-time", await side.createTopic("produce-append-time", { configs }));
    await side.append("produce-append-time", batchOf("first"));
    await send("a record that gets the broker's time", { records: batchOf("a") });
  }),

  scenario("Produce that goes nowhere", async (side) => {
    const send = producer(side, "produce-nowhere", await side.createTopic("produce-nowhere"));
    await side.append("produce-nowhere", batchOf("first"));
    const records = batchOf("a");
    await send("an unknown topic", { records, topic: "produce-unknown", topicId: unknownId });
    await send("an illegal name", { records, topic: "no/name", topicId: zeroUuid });
    await send("an empty name", { records, topic: "", topicId: zeroUuid });
    for (const partition of [1, -1, 2 ** 31 - 1]) await send("a partition out of range", { records, partition });
    for (const acks of [2, -2, 32_767]) await send("acks that are none of -1, 0 and 1", { records, acks });
    await send("an unknown topic with acks 0", { records, topic: "produce-unknown", topicId: unknownId, acks: 0 });
    await send("empty records", { records: Buffer.alloc(0) });
    const internal = await side.seesTopic("__consumer_offsets");
    await send("an internal topic", { records, topic: "__consumer_offsets", topicId: internal });
  }),

  scenario("Produce with batches that are none", async (side) => {
    const send = producer(side, "produce-bent", await side.createTopic("produce-bent"));
    await side.append("produce-bent", batchOf("first"));
    await send("one byte", { records: Buffer.from([0]) });
    await send("zeros", { records: Buffer.alloc(100) });
    await send("a batch cut short", { records: batchOf("cut").subarray(0, 65) });
    await send("a header cut short", { records: batchOf("cut").subarray(0, 40) });
    await send("two batches", { records: Buffer.concat([batchOf("a"), batchOf("b")]) });
    await send("a wrong checksum", { records: bent((batch) => batch.writeUInt32BE(1, 17)) });
    for (const magic of [0, 1, 3, -1]) await send(`magic ${magic}`, { records: bent((batch) => batch.writeInt8(magic, 16)) });
    for (const length of [-1, 0, 48, 2 ** 31 - 1])
      await send(`a length of ${length}`, { records: bent((batch) => batch.writeInt32BE(length, 8)) });
    await send("a base offset", { records: bent((batch) => batch.writeBigInt64BE(5n, 0)) });
    await send("a leader epoch", { records: bent((batch) => batch.writeInt32BE(7, 12)) });
  }),

  scenario("Produce with batches whose contents are wrong", async (side) => {
    const send = producer(side, "produce-wrong", await side.createTopic("produce-wrong", { configs: { "max.message.bytes": "2000" } }));
    await side.append("produce-wrong", batchOf("first"));
    const far = recordOf("far", { timestamp: Date.now() + 86_400_000 });
    await send("too large a batch", { records: batchOf("x".repeat(3000)) });
    await send("a timestamp far ahead", { records: batchWith({}, far) });
    await send("a timestamp far ahead, compressed", { records: compressBatch(batchWith({}, far), "gzip") });
    await send("a negative timestamp", { records: batchWith({}, recordOf("early", { timestamp: -1 })) });
    await send("a control batch", { records: batchWith({ isControl: true }, recordOf("a")) });
    await send("a transactional batch without a producer", { records: batchWith({ isTransactional: true }, recordOf("a")) });
    await send("a producer without a sequence", { records: batchWith({ producerId: 9, producerEpoch: 0 }, recordOf("a")) });
    await send("a maximal timestamp that lies", { records: resealed(batchOf("a"), (batch) => batch.writeBigInt64BE(5n, 35)) });
    for (const count of [0, 2, -1]) {
      const records = resealed(batchOf("a"), (batch) => batch.writeInt32BE(count, 57));
      await send(`a count of ${count} for one record`, { records });
    }
    for (const delta of [1, -1]) {
      const records = resealed(batchOf("a"), (batch) => batch.writeInt32BE(delta, 23));
      await send(`a last offset delta of ${delta} for one record`, { records });
    }
    await send("an unknown compression", { records: resealed(batchOf("a"), (batch) => batch.writeInt16BE(5, 21)) });
    await send("a record whose length is wrong", { records: resealed(batchOf("abcdef"), (batch) => batch.writeInt8(2, 61)) });
    await send("a record with a negative length", { records: resealed(batchOf("abcdef"), (batch) => batch.writeInt8(1, 61)) });
  }),

  scenario("Produce with bytes behind the batch", async (side) => {
    const send = producer(side, "produce-behind", await side.createTopic("produce-behind"));
    await send("bytes behind the batch", { records: Buffer.concat([batchOf("a"), Buffer.from([1, 2, 3])]) });
  }),

  scenario("Produce with the broker's timestamp type", async (side) => {
    const send = producer(side, "produce-type", await side.createTopic("produce-type"));
    await send("the broker's timestamp type", { records: batchWith({ isLogAppendTime: true }, recordOf("a")) });
  }),

  scenario("Produce with bytes that are not compressed as they say", async (side) => {
    const send = producer(side, "produce-uncompressed", await side.createTopic("produce-uncompressed"));
    await send("bytes that are not compressed as they say", { records: resealed(batchOf("a"), (batch) => batch.writeInt16BE(1, 21)) });
  }),

  scenario("Produce to a compacted topic", async (side) => {
    const topicId = await side.createTopic("produce-compacted", { configs: { "cleanup.policy": "compact" } });
    const send = producer(side, "produce-compacted", topicId);
    const keyed = recordOf("b", { key: Buffer.from("k") });
    await side.append("produce-compacted", batchWith({}, keyed));
    await send("a record without a key", { records: batchOf("a") });
    await send("records, some without a key", { records: batchWith({}, recordOf("a"), keyed, recordOf("c")) });
    await send("a record without a key, compressed", { records: compressBatch(batchOf("a"), "lz4") });
  }),
];
