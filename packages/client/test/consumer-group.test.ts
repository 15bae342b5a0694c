import { text, topic } from "@millrace/client";
import type { Clock } from "@millrace/runtime";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { connect } from "@millrace/client";
import { MemoryCluster } from "./support/memory-cluster.ts";

const orders = topic("orders", { key: text, value: text });

/** A member that handles records for ever, and what it has handled. */
function member(cluster: MemoryCluster, name: string, handled: string[], options: { handlerMs?: number } = {}) {
  const mill = cluster.client(name);
  const { clock } = cluster.world.process(name);
  const consumer = mill.consumer([orders], { group: "billing", from: "earliest" });
  const run = consumer.run(
    async ({ partition, value }) => {
      if (options.handlerMs !== undefined) await new Promise<void>((resolve) => void clock.timer(options.handlerMs!, resolve));
      handled.push(`${name} ${partition} ${value}`);
    },
    { concurrency: 4 },
  );
  return { mill, consumer, run };
}

/** Sends numbered values, one every few milliseconds of virtual time. */
async function trickle(cluster: MemoryCluster, count: number, everyMs = 20): Promise<void> {
  const { clock } = cluster.world.process("producer");
  const producer = cluster.client("producer").producer();
  for (let number = 0; number < count; number++) {
    await producer.send(orders, { key: `${number}`, value: `${number}` });
    await new Promise<void>((resolve) => void clock.timer(everyMs, resolve));
  }
}

function partitionsOf(handled: readonly string[], name: string): Set<string> {
  return new Set(handled.filter((each) => each.startsWith(`${name} `)).map((each) => each.split(" ")[1]!));
}

test("members share the partitions, and take over those of one that leaves", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders", 4);
  const handled: string[] = [];
  const first = member(cluster, "first", handled);
  const second = member(cluster, "second", handled);
  await cluster.pass(5000);
  handled.length = 0;
  await cluster.drive(trickle(cluster, 100));
  await cluster.pass(1000);
  expect([partitionsOf(handled, "first").size, partitionsOf(handled, "second").size]).toEqual([2, 2]);
  expect(new Set(handled.map((each) => each.split(" ")[2]!)).size).toBe(100);
  await cluster.drive(Promise.all([second.consumer.close(), second.run]));
  await cluster.pass(5000);
  handled.length = 0;
  await cluster.drive(trickle(cluster, 50));
  await cluster.pass(1000);
  expect(partitionsOf(handled, "first").size).toBe(4);
  await cluster.drive(Promise.all([first.consumer.close(), first.run]));
});

test("a member that dies loses its partitions after its session, and nothing is lost", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders", 4);
  const handled: string[] = [];
  const { consumer, run } = member(cluster, "first", handled);
  member(cluster, "second", handled);
  await cluster.pass(5000);
  cluster.world.crash("second");
  await cluster.drive(trickle(cluster, 100));
  await cluster.pass(60_000);
  expect(new Set(handled.map((each) => each.split(" ")[2]!)).size).toBe(100);
  await cluster.drive(Promise.all([consumer.close(), run]));
});

test("when the group rebalances, what was done is committed before, and only the rest comes again", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders", 2);
  const handled: string[] = [];
  const first = member(cluster, "first", handled);
  const trickling = trickle(cluster, 200);
  await cluster.pass(2000);
  const second = member(cluster, "second", handled);
  await cluster.drive(trickling);
  await cluster.pass(5000);
  const values = handled.map((each) => each.split(" ")[2]!);
  expect(new Set(values).size).toBe(200);
  expect(values).toHaveLength(200); // handlers that end at once leave nothing undone
  await cluster.drive(Promise.all([first.consumer.close(), first.run, second.consumer.close(), second.run]));
});

test("a coordinator that moves is followed", async () => {
  const cluster = new MemoryCluster({ brokers: 2 });
  cluster.createTopic("orders", 2);
  const handled: string[] = [];
  const { consumer, run } = member(cluster, "first", handled);
  await cluster.pass(3000);
  cluster.groups.coordinator = 2;
  await cluster.drive(trickle(cluster, 20));
  await cluster.pass(20_000);
  expect(handled).toHaveLength(20);
  const committed = Object.values(cluster.groups.committed("billing")).reduce((sum, offset) => sum + offset, 0);
  expect(committed).toBe(20);
  await cluster.drive(Promise.all([consumer.close(), run]));
});

test("a consumer that closes while its coordinator is away commits what is done at the next one, and leaves there", async () => {
  const cluster = new MemoryCluster({ brokers: 2 });
  cluster.createTopic("orders", 2);
  const handled: string[] = [];
  const { consumer, run } = member(cluster, "first", handled);
  await cluster.pass(3000);
  await cluster.drive(trickle(cluster, 20));
  cluster.kill(1);
  cluster.world.process("producer").clock.timer(2000, () => void (cluster.groups.coordinator = 2));
  await cluster.drive(Promise.all([consumer.close(), run]));
  expect(handled).toHaveLength(20);
  const committed = Object.values(cluster.groups.committed("billing")).reduce((sum, offset) => sum + offset, 0);
  expect([committed, cluster.groups.groups.get("billing")!.members.size]).toEqual([20, 0]);
});

test("partitions that are added are read without anybody joining or leaving", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders", 1);
  const handled: string[] = [];
  const { consumer, run } = member(cluster, "first", handled);
  await cluster.pass(3000);
  cluster.addPartition("orders");
  await cluster.pass(60_000);
  const producer = cluster.client("producer").producer();
  await cluster.drive(producer.send(orders, { key: "k", value: "v", partition: 1 }));
  await cluster.pass(1000);
  expect(handled).toEqual(["first 1 v"]);
  await cluster.drive(Promise.all([consumer.close(), run]));
});

test("a group may be there before its topic", async () => {
  const cluster = new MemoryCluster();
  const handled: string[] = [];
  const { consumer, run } = member(cluster, "first", handled);
  await cluster.pass(3000);
  await cluster.drive(trickle(cluster, 1));
  await cluster.pass(5000);
  expect(handled).toEqual(["first 0 0"]);
  await cluster.drive(Promise.all([consumer.close(), run]));
});

test("a static member that comes back within its session has its partitions, and the others notice nothing", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const consumer = cluster.client().consumer([orders], { group: "billing", instanceId: "one" });
  const run = consumer.run(() => {});
  await cluster.pass(2000);
  await cluster.drive(Promise.all([consumer.close(), run]));
  expect(cluster.groups.groups.get("billing")!.members.size).toBe(1);
});

test("heartbeats go on while handlers await, however long", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const handled: string[] = [];
  const { consumer, run } = member(cluster, "first", handled, { handlerMs: 200_000 });
  await cluster.drive(trickle(cluster, 1));
  await cluster.pass(210_000);
  expect(handled).toEqual(["first 0 0"]);
  expect(cluster.groups.groups.get("billing")!.generation).toBe(1);
  await cluster.drive(Promise.all([consumer.close(), run]));
});

test("a handler that blocks the event loop past the session time-out stops the consumer with HANDLER_BLOCKED_EVENT_LOOP", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  await cluster.drive(trickle(cluster, 1));
  const { clock, random, peers } = cluster.world.process("client");
  let blockedMs = 0;
  const blockable: Clock = {
    monotonicMs: () => clock.monotonicMs() + blockedMs,
    wallMs: () => clock.wallMs(),
    timer: (delayMs, callback) => clock.timer(delayMs, callback),
    afterTurn: (callback) => clock.afterTurn(callback),
  };
  const mill = connect(cluster.addresses, { world: { clock: blockable, random, peers, onStop: () => () => {}, hold: () => () => {} } });
  const run = mill.consumer([orders], { group: "billing", from: "earliest" }).run(() => {
    blockedMs += 60_000; // as if a minute passed without a turn of the loop
    const [memberId] = cluster.groups.groups.get("billing")!.members.keys();
    cluster.groups.evict("billing", memberId!);
  });
  await expect(cluster.drive(run)).rejects.toMatchObject({ code: "HANDLER_BLOCKED_EVENT_LOOP" });
  await cluster.drive(mill.close());
});

test("a member that the group cannot take stops with the reason", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  cluster.groups.refusal = "GROUP_AUTHORIZATION_FAILED";
  const run = cluster
    .client()
    .consumer([orders], { group: "billing" })
    .run(() => {});
  await expect(cluster.drive(run)).rejects.toMatchObject({ code: "GROUP_AUTHORIZATION_FAILED" });
});

test("whatever breaks when, every record is handled at least once", async () => {
  const trouble = fc.record({
    afterMs: fc.integer({ min: 1, max: 3000 }),
    what: fc.constantFrom("move", "break", "kill", "coordinator", "join", "leave", "cut"),
    which: fc.integer({ min: 1, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1000 }), fc.array(trouble, { maxLength: 6 }), async (seed, troubles) => {
      const cluster = new MemoryCluster({ brokers: 3, seed });
      cluster.createTopic("orders", 3);
      const handled: string[] = [];
      const members = [member(cluster, "member-0", handled, { handlerMs: 5 })];
      const trickling = trickle(cluster, 150, 30);
      for (const { afterMs, what, which } of troubles) {
        await cluster.pass(afterMs);
        if (what === "move") cluster.log("orders", which - 1).moveTo(which);
        if (what === "coordinator") cluster.groups.coordinator = which;
        if (what === "break") cluster.world.breakConnections("member-0", `broker-${which}`);
        if (what === "join") members.push(member(cluster, `member-${members.length}`, handled, { handlerMs: 5 }));
        if (what === "leave" && members.length > 1) {
          const [left] = members.splice(which % members.length, 1);
          members.push(left!); // closed, and out of the way
          void left!.consumer.close();
        }
        if (what === "kill") {
          cluster.kill(which);
          cluster.restart(which);
        }
        if (what === "cut") {
          cluster.world.partition(["member-0"], [`broker-${which}`]);
          cluster.world.process("producer").clock.timer(2000, () => cluster.world.reunite(["member-0"], [`broker-${which}`]));
        }
      }
      if (members.length < 6) members.push(member(cluster, "last", handled));
      await cluster.drive(trickling);
      await cluster.pass(180_000);
      const seen = new Set(handled.map((each) => each.split(" ")[2]!));
      expect(seen.size).toBe(150);
      await cluster.close();
    }),
    { numRuns: 25 },
  );
});
