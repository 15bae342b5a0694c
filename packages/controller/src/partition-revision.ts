import type { PartitionChange, PartitionImage } from "@millrace/metadata";
import { type BrokerId, LeaderEpoch, noBroker, PartitionEpoch, type TopicId } from "@millrace/vocabulary";
import { elect, type Election } from "./election.ts";
import { eligibleAfter } from "./eligible-leaders.ts";
import type { Terms } from "./terms.ts";

/** What is to become of a partition. What is left out stays. */
export interface Revision {
  readonly replicas?: readonly BrokerId[];
  readonly adding?: readonly BrokerId[];
  readonly removing?: readonly BrokerId[];
  readonly isr?: readonly BrokerId[];
  /** It may lack records that it held: it ceases to be an eligible leader. */
  readonly lossy?: BrokerId;
  readonly election?: Election;
}

/** Who holds a partition, as far as the revision says. */
type Members = Pick<PartitionImage, "replicas" | "addingReplicas" | "removingReplicas" | "isr">;

/**
 * The change that carries a revision out, with all that follows from it: who is an eligible leader (KIP-966), who leads, and in which
 * epoch. undefined: nothing changes.
 *
 * - A leader that may go on leads on, in its epoch, unless replicas are taken from the partition.
 * - Every other leader begins an epoch, also where it led before; so does none.
 */
export function revised(topicId: TopicId, partition: PartitionImage, revision: Revision, terms: Terms): PartitionChange | undefined {
  const members = membersAfter(partition, revision);
  const eligible = eligibleAfter(partition, members, revision.lossy, terms.minIsr);
  const elected = elect(partition, { ...members, eligible }, revision.election, terms);
  const after = { ...members, ...elected };
  const leadership = leadershipOf(partition, after);
  const what = {
    leadership,
    isr: other(partition.isr, after.isr),
    replicas: other(partition.replicas, after.replicas),
    addingReplicas: other(partition.addingReplicas, after.addingReplicas),
    removingReplicas: other(partition.removingReplicas, after.removingReplicas),
    eligibleLeaders: other(partition.eligibleLeaders, after.eligible),
    lastKnownLeader: lastKnownAfter(partition, after.leader),
  };
  if (Object.values(what).every((part) => part === undefined)) return undefined;
  const { index, partitionEpoch } = partition;
  return { type: "PartitionChange", topicId, index, partitionEpoch: PartitionEpoch(partitionEpoch + 1), ...what };
}

function membersAfter(partition: PartitionImage, { replicas, adding, removing, isr, lossy }: Revision): Members {
  const kept = replicas ?? partition.replicas;
  return {
    replicas: kept,
    addingReplicas: adding ?? partition.addingReplicas,
    removingReplicas: removing ?? partition.removingReplicas,
    isr: (isr ?? partition.isr).filter((id) => kept.includes(id) && id !== lossy),
  };
}

function leadershipOf(partition: PartitionImage, after: { leader: BrokerId; isNew: boolean; replicas: readonly BrokerId[] }) {
  const isShort = partition.replicas.some((id) => !after.replicas.includes(id));
  if (!after.isNew && !isShort) return undefined;
  return { leader: after.leader, leaderEpoch: LeaderEpoch(partition.leaderEpoch + 1) };
}

/** Who led at last is noted when the leader goes, and forgotten when there is one. */
function lastKnownAfter({ leader, lastKnownLeader }: PartitionImage, leaderAfter: BrokerId): BrokerId | undefined {
  const after = leaderAfter !== noBroker ? noBroker : leader === noBroker ? lastKnownLeader : leader;
  return after === lastKnownLeader ? undefined : after;
}

function other(before: readonly BrokerId[], after: readonly BrokerId[]): readonly BrokerId[] | undefined {
  return before.length === after.length && before.every((id, index) => id === after[index]) ? undefined : after;
}
