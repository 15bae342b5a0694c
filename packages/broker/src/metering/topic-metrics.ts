import type { PartitionImage } from "@millrace/metadata";
import type { Partition } from "@millrace/replication";
import type { Broker } from "../broker.ts";
import type { Labels, Metric } from "./exposition.ts";

/** Brokers and partitions under kafka_exporter's names, so that its dashboards work. Of partitions, those that this broker leads. */
export function topicMetrics(broker: Broker): Metric[] {
  const { image } = broker;
  const brokers = [...image.brokers.values()].filter(({ isFenced }) => !isFenced);
  const led = [...broker.replicas.all()].filter(({ isLeader }) => isLeader);
  const gauge = (name: string, help: string, value: (partition: Partition, state: PartitionImage) => number): Metric => ({
    name: `kafka_topic_partition_${name}`,
    type: "gauge",
    help,
    samples: samplesOf(broker, led, value),
  });
  return [
    { name: "kafka_brokers", type: "gauge", help: "Brokers that are not fenced.", samples: [{ value: brokers.length }] },
    {
      name: "kafka_broker_info",
      type: "gauge",
      help: "One for each broker, with its address.",
      samples: brokers.map(({ id, listeners }) => ({ labels: { id, address: `${listeners[0]?.host}:${listeners[0]?.port}` }, value: 1 })),
    },
    {
      name: "kafka_topic_partitions",
      type: "gauge",
      help: "Partitions of a topic.",
      samples: [...image.topics.all()].map(({ name, partitions }) => ({ labels: { topic: name }, value: partitions.length })),
    },
    gauge("current_offset", "The high watermark.", ({ highWatermark }) => highWatermark),
    gauge("oldest_offset", "The log start.", ({ log }) => log.logStart),
    gauge("in_sync_replica", "Members of the ISR.", (_, { isr }) => isr.length),
    gauge("leader", "The leader's broker id.", (_, { leader }) => leader),
    gauge("leader_is_preferred", "Whether the leader is the preferred one.", (_, { leader, replicas }) => Number(leader === replicas[0])),
    gauge("replicas", "Replicas.", (_, { replicas }) => replicas.length),
    gauge("under_replicated_partition", "Whether a replica is not in sync.", (_, { isr, replicas }) =>
      Number(isr.length < replicas.length),
    ),
  ];
}

function* samplesOf({ image }: Broker, led: readonly Partition[], value: (partition: Partition, state: PartitionImage) => number) {
  for (const partition of led) {
    const state = image.topics.byId(partition.topicId)?.partitions[partition.index];
    if (state === undefined) continue;
    const labels: Labels = { topic: partition.topic, partition: partition.index };
    yield { labels, value: value(partition, state) };
  }
}
