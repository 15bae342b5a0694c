import { bootstrapSnapshot } from "@millrace/metadata";
import { printImage } from "@millrace/metadata/testing";
import { formatQuorum } from "@millrace/raft";
import { MemoryKv } from "@millrace/raft/testing";
import { BrokerId } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import type { HostingController } from "../src/index.ts";
import type { Answer } from "../src/sessions/lives.ts";
import { begin } from "./support/life.ts";
import { newTopic, registration, wordsOf } from "./support/requests.ts";
import { clusterId, self, settle, voters } from "./support/world.ts";

const brokers = ["1", "2", "3"];

/** A controller, and what each broker's address answers. */
async function cluster(answers: Record<number, Answer> = {}): Promise<{ controller: HostingController; kv: MemoryKv }> {
  const kv = new MemoryKv();
  await formatQuorum(kv, { clusterId, self, voters, bootstrap: bootstrapSnapshot(new Map()) });
  const { controller } = await begin(kv, { ask: async ({ id }) => answers[id] ?? "none" });
  for (const words of brokers) await join(controller, words);
  return { controller, kv };
}

async function join(controller: HostingController, words: string): Promise<number> {
  const stream = controller.sessions.opened(() => {});
  const { id } = registration(wordsOf(words));
  await controller.registerOn(stream, registration(wordsOf(words), controller.image.brokers.get(id)?.epoch));
  return stream;
}

function partitionsOf(controller: HostingController): string[] {
  return printImage(controller.image).filter((line) => /^(alone|orders)-\d/.test(line));
}

async function create(controller: HostingController, words: string): Promise<void> {
  await controller.createTopics([newTopic(wordsOf(words))], { validateOnly: false });
}

test("a fenced broker leaves ISRs and leaderships; what it alone has in sync waits for it and is led again, one epoch later", async () => {
  const { controller } = await cluster({ 1: "refused" });
  await create(controller, "orders assign=1,2,3");
  await create(controller, "alone assign=1");
  controller.sessions.broken(BrokerId(1), 1);
  await settle();
  expect(controller.image.brokers.get(BrokerId(1))?.isFenced).toBe(true);
  expect(partitionsOf(controller)).toEqual([
    "alone-0 replicas=1 isr= leader=-1 epoch=1/1 eligible=1 last=1",
    "orders-0 replicas=1,2,3 isr=2,3 leader=2 epoch=1/1",
  ]);
  await join(controller, "1 life=2 stop=crashed");
  expect(partitionsOf(controller)).toEqual([
    "alone-0 replicas=1 isr=1 leader=1 epoch=2/2",
    "orders-0 replicas=1,2,3 isr=2,3 leader=2 epoch=1/1",
  ]);
});

test("a life that shows itself again on another stream keeps its epoch, and nothing changes", async () => {
  const { controller } = await cluster();
  await create(controller, "orders assign=1,2");
  const before = printImage(controller.image);
  controller.sessions.broken(BrokerId(1), 1);
  await settle();
  await join(controller, "1");
  expect(printImage(controller.image)).toEqual(before);
});

test("another incarnation is refused while the earlier one may live, and taken when its address says that it is gone", async () => {
  const answers: Record<number, Answer> = {};
  const { controller } = await cluster(answers);
  await expect(join(controller, "1 life=2")).rejects.toMatchObject({ code: "DUPLICATE_BROKER_REGISTRATION" });
  controller.sessions.broken(BrokerId(1), 1);
  await settle();
  await expect(join(controller, "1 life=2")).rejects.toMatchObject({ code: "DUPLICATE_BROKER_REGISTRATION" });
  answers[1] = { broker: BrokerId(1), incarnation: registration(wordsOf("1 life=2")).incarnation };
  await expect(join(controller, "1 life=2")).rejects.toMatchObject({ code: "DUPLICATE_BROKER_REGISTRATION" });
  await settle();
  await join(controller, "1 life=2");
  expect(controller.image.brokers.get(BrokerId(1))).toMatchObject({ incarnation: registration(wordsOf("1 life=2")).incarnation });
});

test("a session that is there again before the fencing is decided undoes it", async () => {
  const { controller, kv } = await cluster({ 1: "refused" });
  kv.hold();
  const earlier = create(controller, "orders assign=1,2");
  const again = join(controller, "1");
  controller.sessions.broken(BrokerId(1), 1);
  await settle();
  kv.release();
  await Promise.all([earlier, again]);
  kv.release();
  await settle();
  expect(controller.image.brokers.get(BrokerId(1))).toMatchObject({ isFenced: false });
});

test("a controller that begins to lead fences who is gone since", async () => {
  const { controller, kv } = await cluster({ 1: "refused" });
  await create(controller, "orders assign=1,2,3/2,1,3");
  const { controller: next } = await begin(kv.crash(), { ask: async ({ id }) => (id === 2 ? "refused" : "none") });
  await settle();
  expect([...next.image.brokers.values()].map(({ id, isFenced }) => [id, isFenced])).toEqual([
    [1, false],
    [2, true],
    [3, false],
  ]);
  expect(partitionsOf(next)).toEqual([
    "orders-0 replicas=1,2,3 isr=1,3 leader=1 epoch=0/1",
    "orders-1 replicas=2,1,3 isr=1,3 leader=1 epoch=1/1",
  ]);
});

test("a broker that has stopped may leave the cluster, and comes back to its partitions when it registers again", async () => {
  const { controller } = await cluster();
  await create(controller, "alone assign=2");
  const { epoch } = controller.image.brokers.get(BrokerId(2))!;
  await expect(controller.unregisterBroker(BrokerId(2))).rejects.toMatchObject({ code: "INVALID_REQUEST" });
  await controller.stopBroker(BrokerId(2), epoch);
  await controller.unregisterBroker(BrokerId(2));
  expect([...controller.image.brokers.keys()]).toEqual([1, 3]);
  expect(partitionsOf(controller)).toEqual(["alone-0 replicas=2 isr= leader=-1 epoch=1/1 eligible=2 last=2"]);
  await expect(controller.unregisterBroker(BrokerId(2))).rejects.toMatchObject({ code: "BROKER_ID_NOT_REGISTERED" });
  await join(controller, "2 life=2 stop=clean");
  expect(partitionsOf(controller)).toEqual(["alone-0 replicas=2 isr=2 leader=2 epoch=2/2"]);
});
