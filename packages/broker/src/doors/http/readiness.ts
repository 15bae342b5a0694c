import type { Broker } from "../../broker.ts";

/** Why this broker does not serve all it should; nothing where it does. */
export function readiness({ image, self, replicas, directory }: Broker): string[] {
  const reasons: string[] = [];
  if (directory.failure !== undefined) reasons.push(`log directory failed: ${directory.failure.message}`);
  const own = image.brokers.get(self);
  if (own === undefined) reasons.push("not registered");
  else if (own.isFenced) reasons.push("fenced");
  let closed = 0;
  let leaderless = 0;
  for (const topic of image.topics.all()) {
    for (const partition of topic.partitions) {
      if (!partition.replicas.includes(self)) continue;
      if (replicas.partition(topic.id, partition.index) === undefined) closed++;
      if (partition.leader < 0) leaderless++;
    }
  }
  if (closed > 0) reasons.push(`${closed} partitions are not open yet`);
  if (leaderless > 0) reasons.push(`${leaderless} partitions have no leader`);
  return reasons;
}
