import * as fc from "fast-check";
import { imageHash } from "@millrace/metadata";
import { BrokerId } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { configChange, inSyncProposal, morePartitions, newTopic, registration, wordsOf } from "./support/requests.ts";
import { RemoteWorld } from "./support/remote-world.ts";

const justSo = { validateOnly: false };

test("a broker registers over its session, and finds itself in the metadata that comes down", async () => {
  const world = await RemoteWorld.start();
  const { controller, registered } = await world.broker(1);
  const epoch = await world.world.drive(registered);
  expect(controller.image.brokers.get(BrokerId(1))).toMatchObject({ epoch, isFenced: false, host: "host-1" });
  expect(imageHash(controller.image)).toBe(imageHash(world.controller.image));
  expect(controller.mayLead).toBe(true);
});

test("every request is forwarded, and its answer comes when its effect is in the broker's own image", async () => {
  const world = await RemoteWorld.start();
  const { controller, registered } = await world.broker(1);
  const epoch = await world.world.drive(registered);
  const ask = <Value>(promise: Promise<Value>) => world.world.drive(promise);

  const topic = newTopic(wordsOf("orders partitions=2 rf=1 retention.ms=5"));
  const [created, refused] = await ask(controller.createTopics([topic, { ...topic, name: "a/b" }], justSo));
  expect(created).toMatchObject({ name: "orders", partitions: 2, replicationFactor: 1, overrides: topic.overrides });
  expect(refused).toMatchObject({ code: "INVALID_TOPIC_EXCEPTION" });
  expect(controller.image.topics.byName("orders")?.partitions.map(({ leader }) => leader)).toEqual([1, 1]);

  expect(await ask(controller.createPartitions([morePartitions(wordsOf("orders total=3"))], justSo))).toEqual([undefined]);
  expect(controller.image.topics.byName("orders")?.partitions).toHaveLength(3);

  const change = configChange("topic:orders merge retention.ms=7 segment.ms=?");
  expect(await ask(controller.alterConfigs([change], justSo))).toMatchObject([{ code: "INVALID_REQUEST" }]);
  expect(await ask(controller.alterConfigs([configChange("topic:orders merge retention.ms=7")], justSo))).toEqual([undefined]);
  expect(await ask(controller.alterConfigs([configChange("broker:1 merge log.retention.ms=9")], justSo))).toEqual([undefined]);
  expect(await ask(controller.alterConfigs([configChange("cluster replace log.retention.ms!")], justSo))).toEqual([undefined]);
  expect(controller.image.topics.byName("orders")?.overrides.get("retention.ms")).toBe("7");
  expect(controller.image.brokerOverrides.get(BrokerId(1))?.get("log.retention.ms")).toBe("9");

  const orders = controller.image.topics.byName("orders")!;
  const proposals = ["orders-0 1", "orders-9 1"].map((words) => inSyncProposal(controller.image, wordsOf(words)));
  const answers = await ask(controller.alterPartitions(BrokerId(1), epoch, proposals));
  expect(answers).toEqual([orders.partitions[0], expect.objectContaining({ code: "UNKNOWN_TOPIC_OR_PARTITION" })]);

  const [first, lost] = [
    { topic: "orders", index: 0 },
    { topic: "lost", index: 0 },
  ];
  const notNeeded = { ...first, failure: expect.objectContaining({ code: "ELECTION_NOT_NEEDED" }) };
  expect(await ask(controller.electLeaders("preferred", [first!]))).toEqual([notNeeded]);
  expect(await ask(controller.electLeaders("unclean", "all"))).toEqual([]);
  const moves = [
    { ...first!, replicas: [BrokerId(1)] },
    { ...lost!, replicas: undefined },
  ];
  const refusal = expect.objectContaining({ code: "UNKNOWN_TOPIC_OR_PARTITION" });
  expect(await ask(controller.reassignPartitions(moves, { allowReplicationFactorChange: true }))).toEqual([undefined, refusal]);
  expect(await ask(controller.drainBroker(BrokerId(1)))).toEqual([0, 1, 2].map((index) => ({ topic: "orders", index })));

  expect(await ask(controller.allocateProducerIds(BrokerId(1), epoch))).toEqual({ first: 0, count: 1000 });
  expect(await ask(controller.deleteTopics([controller.image.topics.byName("orders")!.id]))).toEqual([undefined]);
  expect(controller.image.topics.size).toBe(0);

  await ask(controller.stopBroker(BrokerId(1), epoch));
  expect(world.isFenced(1)).toBe(true);
  expect(controller.image.brokers.get(BrokerId(1))?.isFenced).toBe(true);
  await ask(controller.unregisterBroker(BrokerId(1)));
  expect(controller.image.brokers.size).toBe(0);
});

test("a broker that is killed is fenced at once, and takes its place again when it is back", async () => {
  const world = await RemoteWorld.start();
  const first = await world.broker(1);
  const epoch = await world.world.drive(first.registered);
  world.crash(1);
  await world.pass(20);
  expect(world.isFenced(1)).toBe(true);
  const second = await world.broker(1);
  expect(await world.world.drive(second.registered)).toBeGreaterThan(epoch);
  expect(world.isFenced(1)).toBe(false);
});

test("a broker that restarts before anybody noticed replaces its former life", async () => {
  const world = await RemoteWorld.start();
  await world.world.drive((await world.broker(1)).registered);
  world.crash(1);
  await world.world.drive((await world.broker(1)).registered);
  expect(world.controller.image.brokers.get(BrokerId(1))).toMatchObject({
    isFenced: false,
    incarnation: registration(wordsOf("1 life=2")).incarnation,
  });
});

test("a broker whose machine lost its power is fenced by the session time-out, and not before", async () => {
  const world = await RemoteWorld.start();
  await world.world.drive((await world.broker(1)).registered);
  await world.pass(1_000);
  world.crash(1, "power cut");
  await world.pass(1_400);
  expect(world.isFenced(1)).toBe(false);
  await world.pass(800);
  expect(world.isFenced(1)).toBe(true);
});

test("a broker that is cut off may lead until the time-out, is fenced after that, and registers anew when the way is free", async () => {
  const world = await RemoteWorld.start();
  const { controller, registered } = await world.broker(1);
  const epoch = await world.world.drive(registered);
  world.world.partition(["broker-1"], ["controller"]);
  await world.pass(1_400);
  expect([controller.mayLead, world.isFenced(1)]).toEqual([true, false]);
  await world.pass(800);
  expect([controller.mayLead, world.isFenced(1)]).toEqual([false, true]);
  world.world.reunite(["broker-1"], ["controller"]);
  await world.pass(4_000);
  expect([controller.mayLead, world.isFenced(1)]).toEqual([true, false]);
  expect(controller.image.brokers.get(BrokerId(1))?.epoch).toBeGreaterThan(epoch);
});

test("a voter that takes connections and stands still is looked past, like one that is not reached", async () => {
  const world = await RemoteWorld.start();
  await world.nameSilentVoter();
  const { controller } = await world.broker(1);
  await world.pass(10_000);
  expect([controller.mayLead, world.isFenced(1)]).toEqual([true, false]);
});

test("a controller that restarts finds its brokers as they were: nobody is fenced, no epoch rises, no lease ends", async () => {
  const world = await RemoteWorld.start();
  const brokers = [await world.broker(1), await world.broker(2)];
  for (const { registered } of brokers) await world.world.drive(registered);
  await world.world.drive(brokers[0]!.controller.createTopics([newTopic(wordsOf("orders partitions=4 rf=1"))], justSo));
  const before = imageHash(world.controller.image);
  world.crashController();
  await world.pass(1_000);
  await world.restartController();
  for (let ms = 0; ms < 3_000; ms += 10) {
    await world.pass(10);
    expect(brokers.map(({ controller }) => controller.mayLead)).toEqual([true, true]);
  }
  expect(imageHash(world.controller.image)).toBe(before);
});

test("a request waits for a controller that restarts, and ends with NOT_CONTROLLER where none comes", async () => {
  const world = await RemoteWorld.start();
  const { controller, registered } = await world.broker(1);
  await world.world.drive(registered);
  world.crashController();
  await world.pass(100);
  const early = controller.createTopics([newTopic(wordsOf("early partitions=1 rf=1"))], justSo);
  expect(await world.world.drive(early)).toMatchObject([{ code: "NOT_CONTROLLER" }]);
  const patient = controller.createTopics([newTopic(wordsOf("patient partitions=1 rf=1"))], justSo);
  patient.catch(() => {});
  await world.pass(1_000);
  await world.restartController();
  expect(await world.world.drive(patient)).toMatchObject([{ name: "patient" }]);
});

test("a broker that stops waits for no controller once most of them have been out of reach for 200 ms", async () => {
  const world = await RemoteWorld.start();
  const { controller, registered } = await world.broker(1);
  const epoch = await world.world.drive(registered);
  world.crashController();
  await world.pass(20);
  const beganMs = world.world.nowMs;
  const stopped = controller.stopBroker(BrokerId(1), epoch).then(String, ({ code }: { code: string }) => code);
  expect(await world.world.drive(stopped)).toBe("NOT_CONTROLLER");
  expect(world.world.nowMs - beganMs).toBeLessThan(250);
});

test("a broker that stops while its controller restarts waits for it", async () => {
  const world = await RemoteWorld.start();
  const { controller, registered } = await world.broker(1);
  const epoch = await world.world.drive(registered);
  world.crashController();
  await world.pass(20);
  const stopped = controller.stopBroker(BrokerId(1), epoch);
  await world.pass(50);
  await world.restartController();
  await world.world.drive(stopped);
  expect(world.isFenced(1)).toBe(true);
});

test("a broker of another cluster, or of an id that lives on elsewhere, is told so", async () => {
  const world = await RemoteWorld.start();
  const { controller, registered } = await world.broker(1);
  await world.world.drive(registered);
  const again = world.controller.registerBroker(registration(wordsOf("1 life=7")));
  await expect(world.world.drive(again)).rejects.toMatchObject({ code: "DUPLICATE_BROKER_REGISTRATION" });
  const other = world.controller.registerBroker(registration(wordsOf("2 cluster=other")));
  await expect(world.world.drive(other)).rejects.toMatchObject({ code: "INCONSISTENT_CLUSTER_ID" });
  controller.close();
  await world.pass(5_000);
  expect(world.failures).toEqual([]);
});

async function restart(world: RemoteWorld, afterMs: number): Promise<void> {
  world.crashController();
  await world.pass(afterMs);
  await world.restartController();
}

const trouble = fc.record({
  kind: fc.constantFrom("restart", "break", "cut", "heal", "topics", "settings"),
  broker: fc.integer({ min: 1, max: 2 }),
  afterMs: fc.integer({ min: 0, max: 400 }),
});

test("whatever breaks, every broker's image becomes the controller's, and its life goes on", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.array(trouble, { maxLength: 12 }), async (seed, all) => {
      const world = await RemoteWorld.start(seed);
      const brokers = [await world.broker(1), await world.broker(2)];
      for (const { registered } of brokers) await world.world.drive(registered);
      for (const [index, { kind, broker, afterMs }] of all.entries()) {
        const name = `broker-${broker}`;
        if (kind === "restart") await restart(world, afterMs);
        if (kind === "break") world.world.breakConnections(name, "controller");
        if (kind === "cut") world.world.partition([name], ["controller"]);
        if (kind === "heal") world.world.reunite([name], ["controller"]);
        const { controller } = brokers[broker - 1]!;
        const create = [newTopic(wordsOf(`topic-${index} partitions=3 rf=1`))];
        if (kind === "topics") controller.createTopics(create, justSo).catch(() => {});
        if (kind === "settings") controller.alterConfigs([configChange(`cluster merge log.retention.ms=${index}`)], justSo).catch(() => {});
        await world.pass(afterMs);
      }
      world.world.reunite(["broker-1", "broker-2"], ["controller"]);
      await world.pass(15_000);
      for (const { controller } of brokers) {
        expect(imageHash(controller.image)).toBe(imageHash(world.controller.image));
        expect(controller.mayLead).toBe(true);
      }
      expect(world.failures).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
