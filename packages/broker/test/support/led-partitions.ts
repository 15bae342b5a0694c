import { Partition, type ReplicaSurroundings } from "@millrace/replication";
import type { Runtime } from "@millrace/runtime";
import type { SimulatedWorld } from "@millrace/runtime/simulated";
import { openTestDirectory, topicSettings } from "@millrace/storage/testing";
import { BrokerEpoch, BrokerId, LeaderEpoch, PartitionEpoch, TopicId } from "@millrace/vocabulary";

const self = BrokerId(1);
const topicId = TopicId("AAAAAAAAAAAAAAAAAAAAAw");

/** The first partitions of a topic, which broker 1 alone has and leads, on the disk of a simulated process. */
export async function ledPartitions(world: SimulatedWorld, runtime: Runtime, topic: string, count: number): Promise<Partition[]> {
  const directory = await world.drive(openTestDirectory(runtime));
  const settings = () => topicSettings();
  const partitions: Partition[] = [];
  for (let index = 0; index < count; index++) {
    const log = await world.drive(directory.openLog(topicId, index, settings));
    const partition = new Partition({ topic, topicId, index, log, settings, around: alone(runtime) });
    partition.assume({
      index,
      leader: self,
      leaderEpoch: LeaderEpoch(0),
      partitionEpoch: PartitionEpoch(0),
      replicas: [self],
      isr: [self],
      eligibleLeaders: [],
      lastKnownLeader: BrokerId(-1),
      addingReplicas: [],
      removingReplicas: [],
    });
    partitions.push(partition);
  }
  return partitions;
}

/** No other broker, and nobody who is told. */
function alone({ clock, logger }: Runtime): ReplicaSurroundings {
  const ignore = () => {};
  const isrChanges = { shrinks: 0, expands: 0 };
  const brokers = { mayJoin: () => false, epochOf: () => BrokerEpoch(-1) };
  return {
    self,
    clock,
    logger,
    lagMaxMs: () => 30_000,
    brokers,
    isrChanges,
    propose: ignore,
    follow: ignore,
    leave: ignore,
    leads: ignore,
    resigned: ignore,
  };
}
