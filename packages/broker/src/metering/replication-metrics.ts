import type { Partition } from "@millrace/replication";
import type { Broker } from "../broker.ts";
import type { Metric, Sample } from "./exposition.ts";

/** How the partitions that this broker leads stand with their followers: `millrace_replication_*`. */
export function replicationMetrics({ replicas, image }: Broker): Metric[] {
  const led = [...replicas.all()].filter(({ isLeader }) => isLeader);
  const metric = (name: string, type: Metric["type"], help: string, samples: Iterable<Sample>): Metric => ({
    name: `millrace_replication_${name}`,
    type,
    help,
    samples,
  });
  const lacksReplicas = ({ topicId, index }: Partition) => {
    const state = image.topics.byId(topicId)?.partitions[index];
    return state !== undefined && state.isr.length < state.replicas.length;
  };
  const { shrinks, expands } = replicas.isrChanges;
  return [
    metric("under_replicated_partitions", "gauge", "Led partitions with a replica that is not in sync.", [
      { value: led.filter(lacksReplicas).length },
    ]),
    metric("under_min_isr_partitions", "gauge", "Led partitions whose ISR has fewer members than acks=all asks for.", [
      { value: led.filter(({ hasMinimumIsr }) => !hasMinimumIsr).length },
    ]),
    metric("isr_shrinks_total", "counter", "ISRs of led partitions that have become smaller.", [{ value: shrinks }]),
    metric("isr_expands_total", "counter", "ISRs of led partitions that have become larger.", [{ value: expands }]),
    metric("lag_records", "gauge", "Records that a follower lacks of a led partition.", lagsOf(led)),
  ];
}

function* lagsOf(led: readonly Partition[]): Generator<Sample> {
  for (const { topic, index, log, leading } of led)
    for (const { id, written } of leading?.followers() ?? [])
      yield { labels: { topic, partition: index, follower: id }, value: Math.max(0, log.logEnd - written) };
}
