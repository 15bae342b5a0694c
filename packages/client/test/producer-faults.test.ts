import { text, topic } from "@millrace/client";
import { BatchView, readRecords } from "@millrace/records";
import { MillraceError } from "@millrace/vocabulary";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MemoryCluster } from "./support/memory-cluster.ts";

const orders = topic("orders", { key: text, value: text });

function values(cluster: MemoryCluster, partition = 0): string[] {
  const { batches } = cluster.log("orders", partition).read(0, Infinity, true);
  return batches.flatMap((batch) => [...readRecords(new BatchView(batch), batch.subarray(61))].map(({ value }) => value!.toString()));
}

test("a leader that moves is followed, by the hint of the broker that was asked", async () => {
  const cluster = new MemoryCluster({ brokers: 2 });
  cluster.createTopic("orders");
  const producer = cluster.client().producer();
  await cluster.drive(producer.send(orders, { key: "a", value: "1" }));
  cluster.log("orders").moveTo(2);
  const asked = cluster.calls.length;
  expect((await cluster.drive(producer.send(orders, { key: "a", value: "2" }))).offset).toBe(1);
  expect(cluster.calls.length).toBeLessThanOrEqual(asked + 1);
});

test("a broker that dies after it has appended does not make a record come twice", async () => {
  const cluster = new MemoryCluster({ brokers: 2 });
  cluster.createTopic("orders");
  const producer = cluster.client().producer();
  await cluster.drive(producer.send(orders, { key: "a", value: "1" }));
  cluster.losesAnswers = true;
  const sent = producer.send(orders, { key: "a", value: "2" });
  await cluster.pass(50);
  expect(values(cluster)).toEqual(["1", "2"]);
  cluster.losesAnswers = false;
  cluster.kill(1);
  cluster.log("orders").moveTo(2);
  expect((await cluster.drive(sent)).offset).toBe(1);
  expect(values(cluster)).toEqual(["1", "2"]);
});

test("a leader that stands still is left as soon as another one leads, though its connection stays", async () => {
  const cluster = new MemoryCluster({ brokers: 2 });
  cluster.createTopic("orders");
  const producer = cluster.client().producer();
  await cluster.drive(producer.send(orders, { key: "a", value: "1" }));
  cluster.pause(1);
  const sent = producer.send(orders, { key: "a", value: "2" });
  await cluster.pass(2000);
  cluster.log("orders").moveTo(2);
  const movedMs = cluster.world.nowMs;
  expect((await cluster.drive(sent)).offset).toBe(1);
  expect(cluster.world.nowMs - movedMs).toBeLessThan(500);
  cluster.resume(1);
  await cluster.pass(2000);
  expect(values(cluster)).toEqual(["1", "2"]);
});

test("a leader that answers nothing, and nobody leads instead, is waited for", async () => {
  const cluster = new MemoryCluster({ brokers: 2 });
  cluster.createTopic("orders");
  const producer = cluster.client().producer();
  await cluster.drive(producer.send(orders, { key: "a", value: "1" }));
  cluster.pause(1);
  const sent = producer.send(orders, { key: "a", value: "2" });
  await cluster.pass(10_000);
  cluster.resume(1);
  expect((await cluster.drive(sent)).offset).toBe(1);
  expect(values(cluster)).toEqual(["1", "2"]);
});

test("what fails for a while is tried again until deliveryTimeoutMs, then given up", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const producer = cluster.client().producer({ deliveryTimeoutMs: 1000 });
  cluster.refusals.push(...Array.from({ length: 1000 }, () => "NOT_ENOUGH_REPLICAS" as const));
  await expect(cluster.drive(producer.send(orders, { key: "a", value: "1" }))).rejects.toMatchObject({ code: "REQUEST_TIMED_OUT" });
  expect(cluster.world.nowMs).toBeLessThan(1100);
  cluster.refusals.length = 0;
  expect((await cluster.drive(producer.send(orders, { key: "a", value: "2" }))).offset).toBe(0);
});

test("what the broker refuses is told to whoever sent it, and to nobody else", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const producer = cluster.client().producer({ batchBytesMax: 1024 });
  cluster.refusals.push("MESSAGE_TOO_LARGE");
  const refused = producer.send(orders, { key: "a", value: "1" });
  await expect(cluster.drive(refused)).rejects.toMatchObject({ code: "MESSAGE_TOO_LARGE" });
  expect((await cluster.drive(producer.send(orders, { key: "a", value: "2" }))).offset).toBe(0);
});

test("flush names every record that was enqueued and not delivered, once", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders", 2);
  const producer = cluster.client().producer();
  cluster.refusals.push("TOPIC_AUTHORIZATION_FAILED");
  await producer.enqueue(orders, { key: "one", value: "1", partition: 0 });
  await producer.enqueue(orders, { key: "two", value: "2", partition: 0 });
  await producer.enqueue(orders, { key: "three", value: "3", partition: 1 });
  const error = (await cluster.drive(producer.flush().catch((reason: unknown) => reason))) as MillraceError;
  expect(error).toMatchObject({ code: "DELIVERY_FAILED", facts: { failed: 2 }, cause: { code: "TOPIC_AUTHORIZATION_FAILED" } });
  expect(error.facts["records"]).toMatchObject([
    { topic: "orders", key: "one", code: "TOPIC_AUTHORIZATION_FAILED" },
    { topic: "orders", key: "two", code: "TOPIC_AUTHORIZATION_FAILED" },
  ]);
  await cluster.drive(producer.flush());
  expect(values(cluster, 1)).toEqual(["3"]);
});

test("close flushes, and is harmless when it is called again", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const producer = cluster.client().producer({ lingerMs: 1000 });
  await producer.enqueue(orders, { key: "a", value: "1" });
  await cluster.drive(Promise.all([producer.close(), producer.close()]));
  expect(values(cluster)).toEqual(["1"]);
  await expect(producer.send(orders, { key: "a", value: "2" })).rejects.toMatchObject({ code: "CLOSED" });
});

test("close ends in time while every broker is away, and fails what was not delivered with CLOSED", async () => {
  const cluster = new MemoryCluster({ brokers: 2 });
  cluster.createTopic("orders");
  const producer = cluster.client().producer({ bufferBytesMax: 1024 });
  await cluster.drive(producer.send(orders, { key: "a", value: "1" }));
  cluster.kill(1);
  cluster.kill(2);
  const sent = producer.send(orders, { key: "a", value: "2" }).catch((error: unknown) => error);
  const unknown = producer.send(topic("other", { value: text }), { value: "3" }).catch((error: unknown) => error);
  const waiting = producer.enqueue(orders, { key: "a", value: "x".repeat(1000) }).catch((error: unknown) => error);
  await cluster.pass(500);
  const startMs = cluster.world.nowMs;
  await cluster.drive(producer.close({ timeoutMs: 2000 }));
  expect(cluster.world.nowMs - startMs).toBeLessThanOrEqual(2001);
  for (const failed of [sent, unknown, waiting]) expect(await failed).toMatchObject({ code: "CLOSED" });
});

test("closing the client closes its producers", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const mill = cluster.client();
  const producer = mill.producer();
  await producer.enqueue(orders, { key: "a", value: "1" });
  await cluster.drive(mill.close());
  expect(values(cluster)).toEqual(["1"]);
  expect(() => mill.producer()).toThrow(/CLOSED/);
});

test("a signal that aborts closes the client", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const abort = new AbortController();
  const producer = cluster.client("client", { signal: abort.signal }).producer();
  abort.abort();
  await expect(producer.send(orders, { key: "a", value: "2" })).rejects.toMatchObject({ code: "CLOSED" });
});

test("ready finds out whether a broker answers", async () => {
  const cluster = new MemoryCluster({ brokers: 2 });
  cluster.kill(1);
  await cluster.drive(cluster.client("one").ready());
  cluster.kill(2);
  await expect(cluster.drive(cluster.client("two").ready())).rejects.toMatchObject({
    code: "CONNECTION_FAILED",
    facts: { addresses: ["broker-1:9092", "broker-2:9092"] },
  });
});

test("whatever breaks when, each record is in the log once, in the order of its key, or was reported", async () => {
  const trouble = fc.record({
    afterMs: fc.integer({ min: 1, max: 400 }),
    what: fc.constantFrom("move", "break", "kill", "refuse", "lose", "cut"),
    which: fc.integer({ min: 1, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1000 }), fc.array(trouble, { maxLength: 8 }), async (seed, troubles) => {
      const cluster = new MemoryCluster({ brokers: 3, seed });
      cluster.createTopic("orders", 2);
      const producer = cluster.client().producer({ batchBytesMax: 1024, deliveryTimeoutMs: 60_000 });
      const { clock } = cluster.world.process("client");
      const acknowledged: string[] = [];
      const sendAll = async () => {
        const sent: Promise<unknown>[] = [];
        for (let number = 0; number < 300; number++) {
          const value = `${number}`;
          sent.push(producer.send(orders, { key: `${number % 5}`, value }).then(() => acknowledged.push(value)));
          if (number % 7 === 0) await new Promise<void>((resolve) => void clock.timer(10, resolve));
        }
        await Promise.all(sent);
      };
      const sending = sendAll();
      for (const { afterMs, what, which } of troubles) {
        await cluster.pass(afterMs);
        make(cluster, what, which);
      }
      await cluster.drive(sending);
      const [first, second] = [values(cluster, 0), values(cluster, 1)];
      const all = [...first, ...second].map(Number);
      expect(acknowledged).toHaveLength(300);
      expect([...all].sort((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, index) => index));
      for (let key = 0; key < 5; key++) {
        const ofKey = all.filter((number) => number % 5 === key);
        expect(ofKey).toEqual([...ofKey].sort((a, b) => a - b));
      }
    }),
    { numRuns: 200 },
  );
});

function make(cluster: MemoryCluster, what: string, which: number): void {
  const host = `broker-${which}`;
  const log = cluster.log("orders", which % 2);
  if (what === "move") log.moveTo(which);
  if (what === "break") cluster.world.breakConnections("client", host);
  if (what === "refuse") cluster.refusals.push("NOT_ENOUGH_REPLICAS", "NOT_LEADER_OR_FOLLOWER", "NOT_ENOUGH_REPLICAS");
  if (what === "cut") {
    cluster.world.partition(["client"], [host]);
    cluster.world.process("client").clock.timer(500, () => cluster.world.reunite(["client"], [host]));
  }
  if (what === "lose") {
    cluster.losesAnswers = true;
    cluster.world.process("client").clock.timer(100, () => {
      cluster.losesAnswers = false;
      for (const id of [1, 2, 3]) cluster.world.breakConnections("client", `broker-${id}`);
    });
  }
  if (what === "kill") {
    cluster.kill(which);
    cluster.restart(which);
  }
}
