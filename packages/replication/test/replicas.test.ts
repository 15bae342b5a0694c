import type { MetadataImage } from "@millrace/metadata";
import { Replicas } from "@millrace/replication";
import { MemoryBudget } from "@millrace/runtime";
import { simulatedWorld } from "@millrace/runtime/simulated";
import type { LogDirectory } from "@millrace/storage";
import { BrokerEpoch, BrokerId, Configuration, MiB, MillraceError, TopicId } from "@millrace/vocabulary";
import { expect, test } from "vitest";

const self = BrokerId(1);
const topicId = TopicId("AAAAAAAAAAAAAAAAAAAAAw");
const gone = TopicId("AAAAAAAAAAAAAAAAAAAABA");

test("what cannot be opened or removed is told apart in the log, with topic and partition", async () => {
  const told: [string, object][] = [];
  const logger = { error: (message: string, facts: object) => told.push([message, facts]) };
  const error = new MillraceError("DISK_FAILED");
  const refuse = () => Promise.reject(error);
  const directory = { openLog: refuse, removeLog: refuse, found: [{ topicId: gone, partition: 3 }] };
  const orders = { id: topicId, name: "orders", overrides: new Map(), partitions: [{ index: 0, replicas: [self] }] };
  const image = { topics: { all: () => [orders], byId: (id: TopicId) => (id === topicId ? orders : undefined) } };
  const replicas = new Replicas({
    self,
    clusterId: gone,
    epoch: () => BrokerEpoch(7),
    clock: simulatedWorld(1).process("broker").clock,
    peers: {} as never,
    memory: new MemoryBudget(() => MiB),
    directory: directory as never as LogDirectory,
    configuration: new Configuration(),
    logger: logger as never,
    alterPartitions: () => Promise.reject(error),
  });
  replicas.begin(image as never as MetadataImage);
  await replicas.settled();
  replicas.close();
  expect(told).toEqual([
    ["log not opened", { topic: "orders", topicId, partition: 0, error }],
    ["log not removed", { topicId: gone, partition: 3, error }],
  ]);
});
