import { closeSync, openSync, readdirSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { BatchView } from "@millrace/records";
import { expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { batchOf, createTopic, fetchOne, produceBatch } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";

const batches = 60;
/** So that a few dozen batches fill several segments of the least size that a client may ask for. */
const batchBytes = 60_000;
const configs = { "segment.bytes": "1048576" };

test("a batch that broke on disk: what precedes it is served, its own range is KAFKA_STORAGE_ERROR, and all else goes on", async () => {
  let broker = await BrokerProcess.start();
  try {
    using first = await WireClient.connect(broker.bootstrap);
    const id = await createTopic(first, "broken", { configs });
    await createTopic(first, "sound", { configs });
    for (let index = 0; index < batches; index++) {
      const values = [`${index} ${"x".repeat(batchBytes)}`, "second"];
      for (const topic of ["broken", "sound"]) await produceBatch(first, topic, batchOf(values));
    }
    await broker.kill("SIGTERM");
    const { baseOffset, nextOffset } = breakBatch(join(broker.directory, "broker-1/logs", `${id}-0`), 5);

    broker = await broker.restart("SIGTERM");
    using client = await WireClient.connect(broker.bootstrap);
    expect(await readable(client, "broken", 0)).toEqual({ to: baseOffset, code: "KAFKA_STORAGE_ERROR" });
    for (const offset of [baseOffset, nextOffset - 1]) expect((await fetchOne(client, "broken", offset)).code).toBe("KAFKA_STORAGE_ERROR");
    expect(await readable(client, "broken", nextOffset)).toEqual({ to: 2 * batches, code: "NONE" });
    expect(await readable(client, "sound", 0)).toEqual({ to: 2 * batches, code: "NONE" });
    expect(await produceBatch(client, "broken", batchOf(["after"]))).toEqual({ code: "NONE", baseOffset: 2 * batches });
    expect(await readable(client, "broken", 2 * batches)).toEqual({ to: 2 * batches + 1, code: "NONE" });
  } finally {
    await broker[Symbol.asyncDispose]();
  }
});

/** Turns a byte round in the records of the batch of this number in a log's first segment, which is sealed. */
function breakBatch(directory: string, number: number): { baseOffset: number; nextOffset: number } {
  const [segment, ...others] = readdirSync(directory)
    .filter((name) => name.endsWith(".log"))
    .sort();
  expect(others.length).toBeGreaterThan(0);
  const path = join(directory, segment!);
  const view = new BatchView(readFileSync(path));
  for (let passed = 0; passed < number; passed++) view.moveTo(view.start + view.sizeBytes);
  const position = view.start + view.sizeBytes - 100;
  const file = openSync(path, "r+");
  writeSync(file, Buffer.from([view.bytes[position]! ^ 0xff]), 0, 1, position);
  closeSync(file);
  return view;
}

/** How far fetches come from an offset on, and what the last one said. */
async function readable(client: WireClient, topic: string, from: number): Promise<{ to: number; code: string }> {
  for (let offset = from; ;) {
    const { code, records } = await fetchOne(client, topic, offset);
    if (code !== "NONE" || records === null || records.length === 0) return { to: offset, code };
    const view = new BatchView(records);
    for (let at = 0; at < records.length; at += view.sizeBytes) offset = view.moveTo(at).nextOffset;
  }
}
