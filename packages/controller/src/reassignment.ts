import type { MetadataImage, PartitionImage, TopicImage } from "@millrace/metadata";
import { type BrokerId, MillraceError } from "@millrace/vocabulary";
import { isrNeeded } from "./eligible-leaders.ts";
import { type DecidedChange, revised } from "./partition-revision.ts";
import type { Terms } from "./terms.ts";

/** Whether replicas of the partition are being added or taken away (KIP-455). */
export function isReassigning({ addingReplicas, removingReplicas }: PartitionImage): boolean {
  return addingReplicas.length + removingReplicas.length > 0;
}

/** The replicas that a partition has when its reassignment is over: as many as those that other partitions of its topic have. */
export function targetReplicas({ replicas, removingReplicas }: PartitionImage): BrokerId[] {
  return replicas.filter((id) => !removingReplicas.includes(id));
}

/**
 * A reassignment begins: the partition grows by the replicas that it lacks, and when these are in sync it is taken from those that it
 * should not have. One that needs nobody new may be over at once. Another that was under way is given up for it: what that one had added
 * and nobody wants any more goes at once.
 *
 * @param target the preferred leader first; registered brokers, none of them twice
 */
export function reassigned(
  topic: TopicImage,
  partition: PartitionImage,
  target: readonly BrokerId[],
  terms: Terms,
): DecidedChange | undefined {
  const before = original(partition);
  const removing = before.filter((id) => !target.includes(id));
  const adding = target.filter((id) => !before.includes(id));
  const replicas = [...target, ...removing];
  checkKept(topic, partition, replicas, terms);
  return revised(topic.id, partition, { replicas, adding, removing }, terms);
}

/** A reassignment is given up: what it added goes, and nothing is taken away. Throws NO_REASSIGNMENT_IN_PROGRESS. */
export function cancelled(topic: TopicImage, partition: PartitionImage, terms: Terms): DecidedChange | undefined {
  if (!isReassigning(partition)) throw new MillraceError("NO_REASSIGNMENT_IN_PROGRESS", { topic: topic.name, partition: partition.index });
  const replicas = original(partition);
  checkKept(topic, partition, replicas, terms);
  return revised(topic.id, partition, { replicas, adding: [], removing: [] }, terms);
}

/**
 * Throws INVALID_REPLICA_ASSIGNMENT where a partition cannot be moved to these brokers, and INVALID_REPLICATION_FACTOR where it would have
 * another number of replicas and may not (KIP-860).
 */
export function checkTarget(
  { brokers }: MetadataImage,
  topic: TopicImage,
  partition: PartitionImage,
  target: readonly BrokerId[],
  { allowReplicationFactorChange }: { allowReplicationFactorChange: boolean },
): void {
  const facts = { topic: topic.name, partition: partition.index, replicas: target };
  const refuse = (reason: string) => new MillraceError("INVALID_REPLICA_ASSIGNMENT", { ...facts, reason });
  if (target.length === 0) throw refuse("a partition needs a replica");
  if (new Set(target).size < target.length) throw refuse("a broker is named twice");
  const unknown = target.find((id) => !brokers.has(id));
  if (unknown !== undefined) throw refuse(`no broker ${unknown} is registered`);
  const replicationFactor = original(partition).length;
  if (!allowReplicationFactorChange && target.length !== replicationFactor)
    throw new MillraceError("INVALID_REPLICATION_FACTOR", { ...facts, replicationFactor });
}

/** Without what a reassignment has added. */
function original({ replicas, addingReplicas }: PartitionImage): BrokerId[] {
  return replicas.filter((id) => !addingReplicas.includes(id));
}

/** What is given up at once may not be what the partition needs: then too few would hold everything committed. */
function checkKept({ name }: TopicImage, partition: PartitionImage, replicas: readonly BrokerId[], terms: Terms): void {
  const complete = [...partition.isr, ...partition.eligibleLeaders];
  const kept = complete.filter((id) => replicas.includes(id));
  if (kept.length === complete.length || kept.length >= isrNeeded(replicas, terms.minIsr) || terms.isUncleanAllowed) return;
  const reason = "too few that hold everything committed would be left";
  throw new MillraceError("INVALID_REPLICA_ASSIGNMENT", { topic: name, partition: partition.index, replicas, complete, reason });
}
