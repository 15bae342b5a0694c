import { batchHeaderBytes, BatchView, encodeBatch, sealBatch } from "@millrace/records";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { batchOf, createTopic, fetchOne, produceBatch } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";

let broker: BrokerProcess;
let client: WireClient;
let topics = 0;
beforeAll(async () => {
  broker = await BrokerProcess.start();
  client = await WireClient.connect(broker.bootstrap);
});
afterAll(async () => {
  client.close();
  await broker[Symbol.asyncDispose]();
});

async function topic(configs: Record<string, string> = {}): Promise<string> {
  const name = `produce-${++topics}`;
  await createTopic(client, name, { configs });
  return name;
}

/** The batch with a byte of its header or records changed, its checksum as it was. */
function spoilt(batch: Buffer, position: number): Buffer {
  batch[position]! ^= 0xff;
  return batch;
}

/** The batch with other header fields and a checksum that fits. */
function resealed(batch: Buffer, fields: Partial<Parameters<typeof sealBatch>[1]>): Buffer {
  const view = new BatchView(batch);
  const { baseOffset, leaderEpoch, isLogAppendTime, isTransactional, isControl, lastOffsetDelta, baseTimestamp, maxTimestamp } = view;
  const { producerId, producerEpoch, baseSequence, recordCount } = view;
  sealBatch(batch, {
    compression: "none",
    deleteHorizonMs: undefined,
    baseOffset,
    leaderEpoch,
    isLogAppendTime,
    isTransactional,
    isControl,
    lastOffsetDelta,
    baseTimestamp,
    maxTimestamp,
    producerId,
    producerEpoch,
    baseSequence,
    recordCount,
    ...fields,
  });
  return batch;
}

const two = () => batchOf(["a", "b"]);

describe("a batch that is not what it should be is refused with Kafka's code, and nothing is written", () => {
  test.each([
    ["none at all", null, "INVALID_RECORD"],
    ["no bytes", Buffer.alloc(0), "INVALID_RECORD"],
    ["a wrong checksum", spoilt(two(), 70), "CORRUPT_MESSAGE"],
    ["two batches", Buffer.concat([two(), two()]), "INVALID_RECORD"],
    ["a header cut short", two().subarray(0, 40), "INVALID_RECORD"],
    ["records cut short", two().subarray(0, batchHeaderBytes + 4), "INVALID_RECORD"],
    [
      "a length that claims more",
      Buffer.concat([two().subarray(0, 8), Buffer.from("7fffffff", "hex"), two().subarray(12)]),
      "INVALID_RECORD",
    ],
    [
      "a length that is negative",
      Buffer.concat([two().subarray(0, 8), Buffer.from("80000000", "hex"), two().subarray(12)]),
      "CORRUPT_MESSAGE",
    ],
    ["the format of Kafka 0.10", Buffer.concat([two().subarray(0, 16), Buffer.from([1]), two().subarray(17)]), "INVALID_RECORD"],
    ["a format that is none", spoilt(two(), 16), "CORRUPT_MESSAGE"],
    ["a record count that lies", resealed(two(), { recordCount: 3 }), "INVALID_RECORD"],
    ["an offset delta that lies", resealed(two(), { lastOffsetDelta: 5 }), "INVALID_RECORD"],
    ["a base offset", resealed(two(), { baseOffset: 7 }), "INVALID_RECORD"],
    ["a control batch", resealed(two(), { isControl: true }), "INVALID_RECORD"],
    ["a producer without sequence", resealed(two(), { producerId: 5, producerEpoch: 0, baseSequence: -1 }), "INVALID_RECORD"],
    [
      "a transaction without a transactional id",
      resealed(two(), { isTransactional: true, producerId: 5, producerEpoch: 0, baseSequence: 0 }),
      "TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
    ],
  ])("%s", async (_, batch, code) => {
    const name = await topic();
    expect((await produceBatch(client, name, batch)).code).toBe(code);
    expect((await fetchOne(client, name, 0)).highWatermark).toBe(0);
  });

  test("a batch above max.message.bytes", async () => {
    const name = await topic({ "max.message.bytes": "200" });
    expect((await produceBatch(client, name, batchOf(["x".repeat(300)]))).code).toBe("MESSAGE_TOO_LARGE");
  });

  test("a record without a key, in a compacted topic", async () => {
    const name = await topic({ "cleanup.policy": "compact" });
    const { responses } = await client.ask("Produce", 9, {
      acks: -1,
      timeoutMs: 1000,
      topicData: [{ name, partitionData: [{ index: 0, records: two() }] }],
    });
    expect(responses[0]!.partitionResponses[0]).toMatchObject({ errorCode: 87, recordErrors: [{ batchIndex: 0 }, { batchIndex: 1 }] });
  });

  test("a timestamp too far in the future", async () => {
    const name = await topic();
    const batch = encodeBatch([{ key: null, value: Buffer.from("a"), timestamp: Date.now() + 2 * 3_600_000 }]);
    expect((await produceBatch(client, name, batch)).code).toBe("INVALID_TIMESTAMP");
  });

  test("zstd before version 7", async () => {
    const name = await topic();
    const batch = resealed(two(), { compression: "zstd" });
    expect((await produceBatch(client, name, batch, { version: 6 })).code).toBe("UNSUPPORTED_COMPRESSION_TYPE");
  });

  test.each([2, -2, 100])("acks=%i", async (acks) => {
    expect((await produceBatch(client, await topic(), two(), { acks })).code).toBe("INVALID_REQUIRED_ACKS");
  });

  test("a topic, or a partition, that is not there", async () => {
    expect((await produceBatch(client, "not-there", two())).code).toBe("UNKNOWN_TOPIC_OR_PARTITION");
    expect((await produceBatch(client, await topic(), two(), { partition: 9 })).code).toBe("UNKNOWN_TOPIC_OR_PARTITION");
  });

  test("an internal topic", async () => {
    await createTopic(client, "__consumer_offsets");
    expect((await produceBatch(client, "__consumer_offsets", two())).code).toBe("INVALID_TOPIC_EXCEPTION");
  });
});

describe("an idempotent producer", () => {
  const sequenced = (values: string[], baseSequence: number, { producerId = 4000, producerEpoch = 0 } = {}) =>
    batchOf(values, { producerId, producerEpoch, baseSequence });

  test("is answered with the first offsets when it repeats one of its last five batches, and nothing is written twice", async () => {
    const name = await topic();
    for (let index = 0; index < 6; index++) await produceBatch(client, name, sequenced(["x", "y"], index * 2));
    expect(await produceBatch(client, name, sequenced(["x", "y"], 2))).toEqual({ code: "NONE", baseOffset: 2 });
    expect(await produceBatch(client, name, sequenced(["x", "y"], 10))).toEqual({ code: "NONE", baseOffset: 10 });
    expect((await produceBatch(client, name, sequenced(["x", "y"], 0))).code).toBe("OUT_OF_ORDER_SEQUENCE_NUMBER");
    expect((await fetchOne(client, name, 0)).highWatermark).toBe(12);
  });

  test("may begin anywhere where nothing is known of it, and must go on from there without a gap", async () => {
    const name = await topic();
    expect(await produceBatch(client, name, sequenced(["a"], 17))).toEqual({ code: "NONE", baseOffset: 0 });
    expect((await produceBatch(client, name, sequenced(["b"], 19))).code).toBe("OUT_OF_ORDER_SEQUENCE_NUMBER");
    expect((await produceBatch(client, name, sequenced(["b"], 18))).code).toBe("NONE");
  });

  test("is fenced by a newer epoch of itself, which begins with sequence 0", async () => {
    const name = await topic();
    await produceBatch(client, name, sequenced(["a"], 0));
    expect((await produceBatch(client, name, sequenced(["b"], 1, { producerEpoch: 1 }))).code).toBe("OUT_OF_ORDER_SEQUENCE_NUMBER");
    expect((await produceBatch(client, name, sequenced(["b"], 0, { producerEpoch: 1 }))).code).toBe("NONE");
    expect((await produceBatch(client, name, sequenced(["a"], 1))).code).toBe("INVALID_PRODUCER_EPOCH");
  });

  test("goes on with sequence 0 after 2^31 - 1", async () => {
    const name = await topic();
    await produceBatch(client, name, sequenced(["a", "b"], 0x7fff_fffe));
    expect((await produceBatch(client, name, sequenced(["c"], 0))).code).toBe("NONE");
  });

  test("gets an id that nobody else has", async () => {
    const ids = await Promise.all(
      Array.from(
        { length: 20 },
        async () => (await client.ask("InitProducerId", 4, { transactionalId: null, transactionTimeoutMs: 1 })).producerId,
      ),
    );
    expect(new Set(ids).size).toBe(20);
  });
});

test("a topic with LogAppendTime stamps records itself, and says so", async () => {
  const name = await topic({ "message.timestamp.type": "LogAppendTime" });
  const { responses } = await client.ask("Produce", 9, {
    acks: -1,
    timeoutMs: 1000,
    topicData: [{ name, partitionData: [{ index: 0, records: two() }] }],
  });
  const { logAppendTimeMs } = responses[0]!.partitionResponses[0]!;
  expect(logAppendTimeMs).toBeGreaterThan(0);
  const { records } = await fetchOne(client, name, 0);
  const view = new BatchView(records!);
  expect([view.isLogAppendTime, view.maxTimestamp, view.crc]).toEqual([true, logAppendTimeMs, view.computeCrc()]);
});

test("partitions of one request fail independently", async () => {
  const name = await topic();
  const { responses } = await client.ask("Produce", 9, {
    acks: -1,
    timeoutMs: 1000,
    topicData: [
      {
        name,
        partitionData: [
          { index: 0, records: two() },
          { index: 7, records: two() },
        ],
      },
    ],
  });
  expect(responses[0]!.partitionResponses.map(({ errorCode }) => errorCode)).toEqual([0, 3]);
});
