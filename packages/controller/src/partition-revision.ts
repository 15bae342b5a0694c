import type { PartitionChange, PartitionImage } from "@millrace/metadata";
import { type BrokerId, LeaderEpoch, noBroker, PartitionEpoch, type TopicId } from "@millrace/vocabulary";
import { elect, type Election, type ElectionRisk } from "./election.ts";
import { eligibleAfter, isrNeeded } from "./eligible-leaders.ts";
import type { Terms } from "./terms.ts";

/** What is to become of a partition. What is left out stays. */
export interface Revision {
  readonly replicas?: readonly BrokerId[];
  readonly adding?: readonly BrokerId[];
  readonly removing?: readonly BrokerId[];
  readonly isr?: readonly BrokerId[];
  /** It may lack records that it held: it ceases to be an eligible leader. */
  readonly lossy?: BrokerId;
  /** It lacks them all: that it led last counts for nothing. */
  readonly empty?: BrokerId;
  readonly election?: Election;
  /** A leader epoch begins, whoever leads: what was acknowledged in the one before counts no more. */
  readonly isNewEpoch?: boolean;
}

/** A change, and why the leader that it elects may lack committed records. The risk is not written. */
export interface DecidedChange extends PartitionChange {
  readonly risk?: ElectionRisk;
}

/** Who holds a partition, as far as the revision says. */
type Members = Pick<PartitionImage, "replicas" | "addingReplicas" | "removingReplicas" | "isr">;

/**
 * The change that carries a revision out, with all that follows from it: who is an eligible leader (KIP-966), who leads, and in which
 * epoch. undefined: nothing changes.
 *
 * - A leader that may go on leads on, in its epoch, unless replicas are taken from the partition, or the revision says otherwise.
 * - Every other leader begins an epoch, also where it led before; so does none.
 */
export function revised(topicId: TopicId, partition: PartitionImage, revision: Revision, terms: Terms): DecidedChange | undefined {
  const members = finished(membersAfter(partition, revision), terms.minIsr);
  const eligible = eligibleAfter(partition, members, revision.lossy, terms.minIsr);
  const lastLeader = lastLeaderOf(partition, revision.empty);
  const elected = elect(partition, { ...members, eligible, lastLeader }, revision.election, terms);
  const after = { ...members, ...elected };
  const leadership = leadershipOf(partition, after, revision);
  const what = {
    leadership,
    isr: otherList(partition.isr, after.isr),
    replicas: otherList(partition.replicas, after.replicas),
    addingReplicas: otherList(partition.addingReplicas, after.addingReplicas),
    removingReplicas: otherList(partition.removingReplicas, after.removingReplicas),
    eligibleLeaders: otherList(partition.eligibleLeaders, after.eligible),
    lastKnownLeader: other(partition.lastKnownLeader, elected.leader === noBroker ? lastLeader : noBroker),
  };
  if (Object.values(what).every((part) => part === undefined)) return undefined;
  const { index, partitionEpoch } = partition;
  const change: DecidedChange = { type: "PartitionChange", topicId, index, partitionEpoch: PartitionEpoch(partitionEpoch + 1), ...what };
  return elected.risk === undefined ? change : { ...change, risk: elected.risk };
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

/**
 * A reassignment is over when everybody it added is in sync, and enough are without those that it takes away. Until then all of
 * them are replicas.
 */
function finished(members: Members, minIsr: number): Members {
  const { replicas, addingReplicas, removingReplicas, isr } = members;
  if (addingReplicas.length + removingReplicas.length === 0) return members;
  const stays = (id: BrokerId) => !removingReplicas.includes(id);
  const [target, inSync] = [replicas.filter(stays), isr.filter(stays)];
  const isOver = addingReplicas.every((id) => inSync.includes(id)) && inSync.length >= isrNeeded(target, minIsr);
  return isOver ? { replicas: target, addingReplicas: [], removingReplicas: [], isr: inSync } : members;
}

function leadershipOf(
  partition: PartitionImage,
  after: { leader: BrokerId; isNew: boolean; replicas: readonly BrokerId[] },
  { isNewEpoch = false }: Revision,
) {
  const isShort = partition.replicas.some((id) => !after.replicas.includes(id));
  if (!after.isNew && !isShort && !isNewEpoch) return undefined;
  return { leader: after.leader, leaderEpoch: LeaderEpoch(partition.leaderEpoch + 1) };
}

/** Who led last is noted when it ceases to, and forgotten when somebody leads. */
function lastLeaderOf({ leader, lastKnownLeader }: PartitionImage, empty: BrokerId | undefined): BrokerId {
  const last = leader === noBroker ? lastKnownLeader : leader;
  return last === empty ? noBroker : last;
}

function other(before: BrokerId, after: BrokerId): BrokerId | undefined {
  return before === after ? undefined : after;
}

function otherList(before: readonly BrokerId[], after: readonly BrokerId[]): readonly BrokerId[] | undefined {
  return before.length === after.length && before.every((id, index) => id === after[index]) ? undefined : after;
}
