import type { MetadataImage, PartitionImage } from "@millrace/metadata";
import { type BrokerId, noBroker } from "@millrace/vocabulary";
import { isActive } from "../brokers.ts";
import { revised } from "../partition-revision.ts";
import { firstPlace, walkPartitions } from "../partition-walk.ts";
import { termsIn } from "../terms.ts";
import type { Decision, Surroundings } from "./decision.ts";

/** How many leaderships moved back, and whether more are to. */
export interface Balanced {
  readonly moved: number;
  readonly hasMore: boolean;
}

/**
 * Moves leaderships back to the preferred leaders that are in sync, of brokers that too many of them have left: more than
 * `leader.imbalance.per.broker.percentage` of the partitions that prefer them. As many as fit in one proposal.
 */
export function decideBalanceLeaders(surroundings: Surroundings): Decision<Balanced> {
  const { image, configuration } = surroundings;
  const deprived = deprivedBrokers(image, configuration.get("leader.imbalance.per.broker.percentage"));
  const termsOf = termsIn(surroundings);
  const { changes, next } = walkPartitions(image, firstPlace, (topic, partition) => {
    if (!deprived.has(partition.replicas[0]!) || !mayMoveBack(partition)) return undefined;
    return revised(topic.id, partition, { election: "preferred" }, termsOf(topic));
  });
  return { records: changes, reply: { moved: changes.length, hasMore: next !== undefined } };
}

/** Brokers that serve, and lead too few of the partitions that prefer them. */
function deprivedBrokers({ topics, loads, brokers }: MetadataImage, percentage: number): ReadonlySet<BrokerId> {
  const led = new Map<BrokerId, number>();
  for (const { partitions } of topics.all())
    for (const partition of partitions)
      if (mayMoveBack(partition)) led.set(partition.replicas[0]!, (led.get(partition.replicas[0]!) ?? 0) + 1);
  const isDeprived = ([id, byOthers]: [BrokerId, number]) =>
    isActive(brokers.get(id)) && byOthers * 100 > (loads.get(id)?.preferred ?? 0) * percentage;
  return new Set([...led].filter(isDeprived).map(([id]) => id));
}

/** Whether somebody else leads while the preferred leader is in sync. */
function mayMoveBack({ leader, replicas, isr }: PartitionImage): boolean {
  return leader !== noBroker && leader !== replicas[0] && isr.includes(replicas[0]!);
}
