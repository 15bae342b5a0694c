import { bootstrapSnapshot, type MetadataImage } from "@millrace/metadata";
import { formatQuorum, openQuorum } from "@millrace/raft";
import { MemoryKv } from "@millrace/raft/testing";
import { Configuration, MillraceError, type TopicId } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { openController } from "../src/index.ts";
import { registration as registrationOf, wordsOf } from "./support/requests.ts";
import { chance, clock, clusterId, self, strict as logger, voters } from "./support/world.ts";

test("the README's example says what it does", async () => {
  const kv = new MemoryKv();
  await formatQuorum(kv, { clusterId, self, voters, bootstrap: bootstrapSnapshot(new Map()) });
  const quorum = await openQuorum({ kv, clock, logger, clusterId, self, voters: [], onFailure() {} });
  const configuration = new Configuration();
  const { nodeId } = self;
  const random = chance(1);
  const registration = registrationOf(wordsOf("1"));
  const followed: string[] = [];
  const follow = (changed: ReadonlySet<TopicId>, { topics }: MetadataImage) =>
    followed.push(...[...changed].map((id) => topics.byId(id)!.name));

  const controller = await openController({ quorum, clusterId, nodeId, configuration, clock, random, logger });
  controller.watch(({ changedTopics, image }) => follow(changedTopics, image));
  const epoch = await controller.registerBroker(registration);
  const orders = { name: "orders", partitions: 3, replicationFactor: 1, overrides: new Map([["retention.ms", "60000"]]) };
  const [created, refused] = await controller.createTopics([orders, { ...orders, name: "a/b" }], { validateOnly: false });
  expect(controller.image.topics.byName("orders")?.partitions[0]?.leader).toBe(registration.id);
  const { first, count } = await controller.allocateProducerIds(registration.id, epoch);
  await controller.stopBroker(registration.id, epoch);

  expect(created).toMatchObject({ partitions: 3, replicationFactor: 1 });
  expect(refused).toBeInstanceOf(MillraceError);
  expect([first, count]).toEqual([0, 1_000]);
  expect(followed).toEqual(["orders", "orders"]);
  expect(controller.image.topics.byName("orders")?.partitions[0]?.leader).toBe(-1);
});
