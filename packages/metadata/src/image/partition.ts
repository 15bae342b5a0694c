import { assert, type BrokerId, noBroker } from "@millrace/vocabulary";
import type { PartitionChange, PartitionRecord } from "../records/record.ts";
import type { PartitionImage } from "./image.ts";

/** Most partitions have nothing in most of their lists: they share this one. */
const nobody: readonly BrokerId[] = Object.freeze([]);

/** A partition as its record says. */
export function partitionOf(record: PartitionRecord): PartitionImage {
  return sound({
    index: record.index,
    leader: record.leader,
    leaderEpoch: record.leaderEpoch,
    partitionEpoch: record.partitionEpoch,
    replicas: record.replicas,
    isr: shared(record.isr, record.replicas),
    eligibleLeaders: shared(record.eligibleLeaders),
    lastKnownLeader: record.lastKnownLeader,
    addingReplicas: shared(record.addingReplicas),
    removingReplicas: shared(record.removingReplicas),
  });
}

/** The partition after a change. Its epochs never go back. */
export function changed(before: PartitionImage, change: PartitionChange): PartitionImage {
  const { partitionEpoch, leadership } = change;
  assert(partitionEpoch === before.partitionEpoch + 1, "a partition's epoch rises by one with each change", { before, change });
  if (leadership !== undefined)
    assert(leadership.leaderEpoch === before.leaderEpoch + 1, "a leader epoch rises by one with each leader", { before, change });
  const replicas = change.replicas ?? before.replicas;
  return sound({
    index: before.index,
    leader: leadership?.leader ?? before.leader,
    leaderEpoch: leadership?.leaderEpoch ?? before.leaderEpoch,
    partitionEpoch,
    replicas,
    isr: shared(change.isr ?? before.isr, replicas),
    eligibleLeaders: shared(change.eligibleLeaders ?? before.eligibleLeaders),
    lastKnownLeader: change.lastKnownLeader ?? before.lastKnownLeader,
    addingReplicas: shared(change.addingReplicas ?? before.addingReplicas),
    removingReplicas: shared(change.removingReplicas ?? before.removingReplicas),
  });
}

function sound(partition: PartitionImage): PartitionImage {
  const { leader, isr, replicas, eligibleLeaders } = partition;
  assert(replicas.length > 0, "a partition has replicas", { partition });
  assert(leader === noBroker || isr.includes(leader), "a leader is in sync", { partition });
  for (const id of isr) assert(replicas.includes(id), "who is in sync is a replica", { partition });
  for (const id of eligibleLeaders)
    assert(replicas.includes(id) && !isr.includes(id), "an eligible leader is a replica outside the ISR", { partition });
  return partition;
}

function shared(list: readonly BrokerId[], other: readonly BrokerId[] = nobody): readonly BrokerId[] {
  if (list.length === 0) return nobody;
  return list.length === other.length && list.every((id, index) => id === other[index]) ? other : list;
}
