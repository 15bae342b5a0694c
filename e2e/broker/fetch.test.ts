import { BatchView } from "@millrace/records";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { batchOf, createTopic, fetchOne, fetchRequest, produceBatch } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";

let broker: BrokerProcess;
let client: WireClient;
let topicCount = 0;
beforeAll(async () => {
  broker = await BrokerProcess.start();
  client = await WireClient.connect(broker.bootstrap);
});
afterAll(async () => {
  client.close();
  await broker[Symbol.asyncDispose]();
});

/** A topic with batches of one record each, by their sizes. */
async function topicOf(...valueBytes: number[]): Promise<string> {
  const name = `fetch-${++topicCount}`;
  await createTopic(client, name);
  for (const bytes of valueBytes) expect((await produceBatch(client, name, batchOf(["x".repeat(bytes)]))).code).toBe("NONE");
  return name;
}

/** Offsets of the batches in an answer. */
function offsetsIn(records: Buffer | null): number[] {
  const offsets: number[] = [];
  const view = new BatchView(records ?? Buffer.alloc(0));
  for (let at = 0; at < view.bytes.length; at += view.sizeBytes) offsets.push(view.moveTo(at).baseOffset);
  return offsets;
}

test("a fetch at the end waits, and wakes when data comes", async () => {
  const name = await topicOf(1);
  using reader = await WireClient.connect(broker.bootstrap);
  const waiting = reader.ask("Fetch", 12, fetchRequest(name, 1, { waitMs: 60_000 }));
  await produceBatch(client, name, batchOf(["wake"]));
  const { responses } = await waiting;
  expect(offsetsIn(responses[0]!.partitions[0]!.records)).toEqual([1]);
});

test("a fetch waits for as many bytes as it asks for", async () => {
  const name = await topicOf(100);
  using reader = await WireClient.connect(broker.bootstrap);
  let isAnswered = false;
  const waiting = reader.ask("Fetch", 12, fetchRequest(name, 0, { waitMs: 60_000, bytesMin: 700 })).then((answer) => {
    isAnswered = true;
    return answer;
  });
  await produceBatch(client, name, batchOf(["x".repeat(100)]));
  expect(isAnswered).toBe(false);
  await produceBatch(client, name, batchOf(["x".repeat(400)]));
  expect(offsetsIn((await waiting).responses[0]!.partitions[0]!.records)).toEqual([0, 1, 2]);
});

test("when the wait is over, what there is comes", async () => {
  const name = await topicOf(10);
  expect(offsetsIn((await fetchOne(client, name, 0, { waitMs: 50, bytesMin: 100_000 })).records)).toEqual([0]);
  expect((await fetchOne(client, name, 1, { waitMs: 50 })).bytes).toBe(0);
});

test("an error in any partition ends the wait", async () => {
  const name = await topicOf(10);
  expect((await fetchOne(client, name, 99, { waitMs: 60_000 })).code).toBe("OFFSET_OUT_OF_RANGE");
});

test("deleting the topic ends the wait", async () => {
  const name = await topicOf(10);
  using reader = await WireClient.connect(broker.bootstrap);
  const waiting = reader.ask("Fetch", 12, fetchRequest(name, 1, { waitMs: 60_000 }));
  await client.ask("DeleteTopics", 5, { topics: [{ name, topicId: "AAAAAAAAAAAAAAAAAAAAAA" }], timeoutMs: 1000 });
  expect((await waiting).responses[0]!.partitions[0]!.errorCode).toBe(3);
});

test("the first batch comes whole even when it is larger than every limit; the next ones obey", async () => {
  const name = await topicOf(5000, 100, 100);
  expect(offsetsIn((await fetchOne(client, name, 0, { partitionBytesMax: 10, bytesMax: 10 })).records)).toEqual([0]);
  expect(offsetsIn((await fetchOne(client, name, 1, { partitionBytesMax: 200 })).records)).toEqual([1]);
  expect(offsetsIn((await fetchOne(client, name, 0, { partitionBytesMax: 1 << 20 })).records)).toEqual([0, 1, 2]);
});

test("limits below zero are as zero, of records that memory holds and of those that are read from disk", async () => {
  const limits = { partitionBytesMax: -1, bytesMax: -0x8000_0000 };
  const name = await topicOf(100, 100);
  expect(offsetsIn((await fetchOne(client, name, 0, limits)).records)).toEqual([0]);
  await using cold = await BrokerProcess.start({ set: ["millrace.tail.max.bytes=0"] });
  using reader = await WireClient.connect(cold.bootstrap);
  await createTopic(reader, "cold");
  for (const value of ["a", "b"]) await produceBatch(reader, "cold", batchOf([value]));
  expect(offsetsIn((await fetchOne(reader, "cold", 0, limits)).records)).toEqual([0]);
});

test("of several partitions only the first with data may be larger than the limit", async () => {
  const [empty, large, small] = [await topicOf(), await topicOf(5000), await topicOf(5000)];
  const partition = { partition: 0, fetchOffset: 0, partitionMaxBytes: 10 };
  const { responses } = await client.ask("Fetch", 12, {
    maxWaitMs: 0,
    minBytes: 1,
    maxBytes: 100,
    topics: [empty, large, small].map((topic) => ({ topic, partitions: [partition] })),
  });
  expect(responses.map(({ partitions }) => partitions[0]!.records?.length ?? 0).map((bytes) => bytes > 0)).toEqual([false, true, false]);
});

test("an offset inside a batch brings the whole batch", async () => {
  const name = await topicOf();
  await produceBatch(client, name, batchOf(["a", "b", "c"]));
  expect(offsetsIn((await fetchOne(client, name, 2)).records)).toEqual([0]);
});

test("leader epochs: an older one is fenced, a newer one is unknown, a diverging log is told where to cut", async () => {
  const name = await topicOf(10, 10);
  const { leaderEpoch } = (await client.ask("Metadata", 9, { topics: [{ name }] })).topics[0]!.partitions[0]!;
  expect((await fetchOne(client, name, 0, { currentLeaderEpoch: leaderEpoch })).code).toBe("NONE");
  expect((await fetchOne(client, name, 0, { currentLeaderEpoch: leaderEpoch + 1 })).code).toBe("UNKNOWN_LEADER_EPOCH");
  if (leaderEpoch > 0) expect((await fetchOne(client, name, 0, { currentLeaderEpoch: leaderEpoch - 1 })).code).toBe("FENCED_LEADER_EPOCH");
  expect((await fetchOne(client, name, 2, { lastFetchedEpoch: leaderEpoch + 5 })).code).toBe("OFFSET_OUT_OF_RANGE");
  const { divergingEpoch, bytes } = await fetchOne(client, name, 9, { lastFetchedEpoch: leaderEpoch });
  expect([divergingEpoch.epoch, divergingEpoch.endOffset, bytes]).toEqual([leaderEpoch, 2, 0]);
});

test("a session is told only what has changed", async () => {
  const [first, second] = [await topicOf(10), await topicOf(10)];
  const ask = (
    sessionId: number,
    sessionEpoch: number,
    topics: readonly { topic: string; partitions: { partition: number; fetchOffset: number; partitionMaxBytes: number }[] }[],
  ) => client.ask("Fetch", 12, { maxWaitMs: 0, minBytes: 0, maxBytes: 1 << 20, sessionId, sessionEpoch, topics });
  const at = (topic: string, offset: number) => ({
    topic,
    partitions: [{ partition: 0, fetchOffset: offset, partitionMaxBytes: 1 << 20 }],
  });
  const opened = await ask(0, 0, [at(first, 1), at(second, 1)]);
  expect(opened.responses).toHaveLength(2);
  expect((await ask(opened.sessionId, 1, [])).responses).toEqual([]);
  await produceBatch(client, second, batchOf(["new"]));
  const told = await ask(opened.sessionId, 2, []);
  expect(told.responses.map(({ topic }) => topic)).toEqual([second]);
  expect((await ask(opened.sessionId, 9, [])).errorCode).toBe(71);
  expect((await ask(0x7ffffff, 1, [])).errorCode).toBe(70);
});

test("offsets are found by name and by time", async () => {
  const name = await topicOf(1, 1, 1);
  const find = async (timestamp: number, version = 8) => {
    const { topics: found } = await client.ask("ListOffsets", version, {
      replicaId: -1,
      topics: [{ name, partitions: [{ partitionIndex: 0, timestamp }] }],
    });
    const { errorCode, offset, timestamp: at } = found[0]!.partitions[0]!;
    return [errorCode, offset, at >= 0];
  };
  expect(await find(-1)).toEqual([0, 3, false]);
  expect(await find(-2)).toEqual([0, 0, false]);
  expect(await find(-3)).toEqual([0, expect.any(Number), true]);
  expect(await find(-4)).toEqual([0, 0, false]);
  expect(await find(-5, 9)).toEqual([0, -1, false]);
  expect(await find(-3, 6)).toEqual([35, -1, false]);
  expect(await find(-6, 9)).toEqual([35, -1, false]);
  expect(await find(0)).toEqual([0, 0, true]);
  expect(await find(Date.now() + 60_000)).toEqual([0, -1, false]);
});

test("what lies below the log start is out of range", async () => {
  const name = await topicOf(1, 1, 1);
  const { topics: deleted } = await client.ask("DeleteRecords", 2, {
    topics: [{ name, partitions: [{ partitionIndex: 0, offset: 2 }] }],
    timeoutMs: 1000,
  });
  expect(deleted[0]!.partitions[0]).toMatchObject({ errorCode: 0, lowWatermark: 2 });
  expect((await fetchOne(client, name, 1)).code).toBe("OFFSET_OUT_OF_RANGE");
  expect(offsetsIn((await fetchOne(client, name, 2)).records)).toEqual([2]);
});
