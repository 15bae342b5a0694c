import { connect, text, tombstones, topic } from "@millrace/client";
import { expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";

const balances = topic("balances", { key: text, value: tombstones(text) });
const keys = 20;
const rounds = 60;
const configs = {
  "cleanup.policy": "compact",
  "segment.bytes": "1048576",
  "segment.ms": "200",
  "min.cleanable.dirty.ratio": "0.01",
  "delete.retention.ms": "500",
  "min.compaction.lag.ms": "0",
};

test("a compacted topic keeps the newest record of each key, and its tombstones go after delete.retention.ms", async () => {
  await using broker = await BrokerProcess.start({ set: ["log.cleaner.backoff.ms=100", "log.retention.check.interval.ms=100"] });
  await using mill = connect(broker.bootstrap, { signals: false });
  await mill.admin.topics.create(balances.name, { partitions: 1, configs });
  const producer = mill.producer();
  for (let round = 0; round < rounds; round++)
    for (let key = 0; key < keys; key++) await producer.enqueue(balances, { key: `key ${key}`, value: `round ${round}` });
  for (let key = 0; key < keys; key += 2) await producer.enqueue(balances, { key: `key ${key}`, value: null });
  await producer.flush();
  // What is in the newest segment is not compacted: others must follow, each later than segment.ms.
  for (;;) {
    const latest = await producer.send(balances, { key: "latest", value: "now" });
    const found = await everythingTo(mill, latest.offset!);
    const newest = new Map(found.map(({ key, value }) => [key, value]));
    for (let key = 1; key < keys; key += 2) expect(newest.get(`key ${key}`)).toBe(`round ${rounds - 1}`);
    for (let key = 0; key < keys; key += 2) expect(newest.get(`key ${key}`) ?? null).toBe(null);
    const offsets = found.map(({ offset }) => offset);
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
    const kept = found.filter(({ key }) => key !== "latest");
    if (kept.length === keys / 2) break;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
});

type Mill = ReturnType<typeof connect>;

/** Every record that a consumer gets from the start to this one. */
async function everythingTo(mill: Mill, last: number): Promise<{ key: string; value: string | null; offset: number }[]> {
  const found: { key: string; value: string | null; offset: number }[] = [];
  await using consumer = mill.consumer([balances], { partitions: "all", from: "earliest" });
  for await (const { key, value, offset } of consumer) {
    found.push({ key, value, offset });
    if (offset === last) break;
  }
  return found;
}
