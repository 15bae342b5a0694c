import { json, text, topic } from "@millrace/client";
import { expect, test } from "vitest";
import { z } from "zod";
import { billing, produce } from "./support/billing.ts";
import { MemoryCluster } from "./support/memory-cluster.ts";

test("a record that its schema refuses stops the consumer, unless it is told otherwise", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  await produce(cluster, ['{"n":1}', "no json", '{"n":"two"}', '{"n":4}']);
  const typed = topic("orders", { key: text, value: json(z.object({ n: z.number() })) });
  const read = async (group: string, undecodable: "fail" | "skip" | "raw" | { deadLetter: string }) => {
    const consumer = cluster.client(group).consumer([typed], { group, from: "earliest", undecodable });
    const seen: unknown[] = [];
    const run = consumer.run(({ value, offset }) => {
      seen.push(Buffer.isBuffer(value) ? value.toString() : value);
      if (offset === 3) void consumer.close();
    });
    const error = await cluster.drive(
      run.then(
        () => undefined,
        (reason: unknown) => reason,
      ),
    );
    return { seen, error, committed: cluster.groups.committed(group)["orders-0"] };
  };
  expect(await read("fail", "fail")).toMatchObject({
    seen: [{ n: 1 }],
    error: { code: "RECORD_UNDECODABLE", facts: { topic: "orders", partition: 0, offset: 1, part: "value" } },
    committed: 1,
  });
  expect(await read("skip", "skip")).toEqual({ seen: [{ n: 1 }, { n: 4 }], error: undefined, committed: 4 });
  expect(await read("raw", "raw")).toEqual({ seen: [{ n: 1 }, "no json", '{"n":"two"}', { n: 4 }], error: undefined, committed: 4 });
  expect(await read("dead", { deadLetter: "orders.dead" })).toEqual({ seen: [{ n: 1 }, { n: 4 }], error: undefined, committed: 4 });
  const dead = topic("orders.dead", { key: text, value: text });
  const loop = cluster.client("reader").consumer([dead], { partitions: "all", from: "earliest" })[Symbol.asyncIterator]();
  const { value: letter } = await cluster.drive(loop.next());
  expect(letter).toMatchObject({ key: "n", value: "no json" });
  expect(letter!.headers.map(({ key, value }) => `${key}=${String(value)}`)).toEqual([
    "millrace-dead-letter-topic=orders",
    "millrace-dead-letter-partition=0",
    "millrace-dead-letter-offset=1",
    "millrace-dead-letter-code=RECORD_UNDECODABLE",
    expect.stringContaining("millrace-dead-letter-reason="),
  ]);
});

test("a handler that throws stops the consumer with what it threw, and its record comes again", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  await produce(cluster, ["a1", "a2"]);
  const run = billing(cluster.client()).run(({ value }) => {
    if (value === "a2") throw new TypeError("out of paper");
  });
  await expect(cluster.drive(run)).rejects.toThrow("out of paper");
  expect(cluster.groups.committed("billing")).toEqual({ "orders-0": 1 });
  expect(cluster.groups.groups.get("billing")!.members.size).toBe(0);
});

test("onError retries, skips or sends to another topic, record by record", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  await produce(cluster, ["retry", "later", "skip", "dead", "end"]);
  const consumer = billing(cluster.client());
  const attempts: string[] = [];
  const run = consumer.run(
    ({ value }, { attempt }) => {
      attempts.push(`${value} ${attempt}`);
      if (value === "end") void consumer.close();
      else if (attempt < 3) throw new Error("not yet");
    },
    {
      onError: ({ record, attempt, error }) => {
        expect(error).toMatchObject({ message: "not yet" });
        if (record.value === "retry") return "retry";
        if (record.value === "later") return { retryAfterMs: 1000 * attempt };
        return record.value === "skip" ? "skip" : { deadLetter: "orders.dead" };
      },
    },
  );
  await cluster.drive(run);
  expect(attempts).toEqual(["retry 1", "retry 2", "retry 3", "later 1", "later 2", "later 3", "skip 1", "dead 1", "end 1"]);
  expect(cluster.log("orders.dead").end).toBe(1);
  expect(cluster.groups.committed("billing")).toEqual({ "orders-0": 5 });
});

test("a handler that takes longer than handlerTimeoutMs fails, and its signal says so", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  await produce(cluster, ["a1"]);
  let reason: unknown;
  const run = billing(cluster.client(), { handlerTimeoutMs: 1000 }).run((_, { signal }) => {
    signal.addEventListener("abort", () => (reason = signal.reason));
    return new Promise(() => {});
  });
  await expect(cluster.drive(run)).rejects.toMatchObject({ code: "HANDLER_TIMED_OUT" });
  expect(reason).toMatchObject({ code: "HANDLER_TIMED_OUT", facts: { handlerTimeoutMs: 1000 } });
});

test("a loop that does not come back within handlerTimeoutMs loses its partitions, and then throws", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  await produce(cluster, ["a1", "a2"]);
  const loop = billing(cluster.client(), { handlerTimeoutMs: 1000 })[Symbol.asyncIterator]();
  await cluster.drive(loop.next());
  await cluster.pass(10_000);
  expect(cluster.groups.groups.get("billing")!.members.size).toBe(0);
  await expect(cluster.drive(loop.next())).rejects.toMatchObject({ code: "HANDLER_TIMED_OUT" });
});
