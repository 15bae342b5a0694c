import { BrokerId, Configuration, type BrokerKey, Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { decideBalanceLeaders } from "../src/decide/balance-leaders.ts";
import { imageWith, partitionRecords } from "./support/image.ts";
import { inSyncProposal, newTopic, wordsOf } from "./support/requests.ts";
import { RemoteWorld } from "./support/remote-world.ts";
import { chance } from "./support/world.ts";

/** What the balance moves back of ten partitions that prefer broker 1, of which 2 leads so many. */
function movedOf(ledByOthers: number, { percentage = 10, isActive = true, isr = [1, 2] } = {}): number[] {
  const states = Array.from({ length: 10 }, (_, index) => ({ replicas: [1, 2], isr, leader: index < ledByOthers ? 2 : 1 }));
  const image = imageWith([{ id: 1, isActive }, { id: 2 }], ...partitionRecords("orders", states));
  const configuration = new Configuration(new Map<BrokerKey, unknown>([["leader.imbalance.per.broker.percentage", percentage]]));
  const { records } = decideBalanceLeaders({ image, nextOffset: Offset(100), configuration, random: chance(1).stream("test") });
  return [...records].map((record) => (record.type === "PartitionChange" && record.leadership?.leader === 1 ? record.index : -1));
}

test("leaderships move back to a broker when others lead more than a part of the partitions that prefer it", () => {
  expect(movedOf(1)).toEqual([]);
  expect(movedOf(2)).toEqual([0, 1]);
  expect(movedOf(2, { percentage: 20 })).toEqual([]);
  expect(movedOf(1, { percentage: 0 })).toEqual([0]);
});

test("nothing moves to a broker that may not lead, or is not in sync", () => {
  expect(movedOf(5, { isActive: false })).toEqual([]);
  expect(movedOf(10, { isr: [2] })).toEqual([]);
});

test("the active controller looks every leader.imbalance.check.interval.seconds", async () => {
  const world = await RemoteWorld.start();
  const brokers = [await world.broker(1), await world.broker(2)];
  const epochs = [];
  for (const { registered } of brokers) epochs.push(await world.world.drive(registered));
  const { controller } = world;
  await world.world.drive(controller.createTopics([newTopic(wordsOf("orders assign=1,2"))], { validateOnly: false }));
  const leader = () => controller.image.topics.byName("orders")!.partitions[0]!.leader;
  await world.world.drive(controller.stopBroker(BrokerId(1), epochs[0]!));
  world.crash(1);
  const again = await world.broker(1);
  await world.world.drive(again.registered);
  const caughtUp = inSyncProposal(controller.image, wordsOf("orders-0 1,2"));
  await world.world.drive(controller.alterPartitions(BrokerId(2), epochs[1]!, [caughtUp]));
  await world.pass(290_000);
  expect(leader()).toBe(2);
  await world.pass(20_000);
  expect(leader()).toBe(1);
});
