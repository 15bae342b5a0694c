import { type Draft, errorOf, failureOf } from "@millrace/contracts";
import type { PartitionName as NameMessage } from "@millrace/contracts/admin";
import type { ElectedLeader as ElectedMessage, Reassignment as ReassignmentMessage } from "@millrace/contracts/session";
import { BrokerId, MillraceError } from "@millrace/vocabulary";
import type { ElectedLeader, PartitionName, Reassignment } from "../controller.ts";

export function partitionNameDraft({ topic, index }: PartitionName): Draft<NameMessage> {
  return { topic, partition: index };
}

/** INVALID_REQUEST where none is there. */
export function partitionNameOf(message: NameMessage | null): PartitionName {
  if (message === null) throw new MillraceError("INVALID_REQUEST", { reason: "a partition is not named" });
  return { topic: message.topic, index: message.partition };
}

export function electedLeaderDraft({ failure, ...name }: ElectedLeader): Draft<ElectedMessage> {
  return { partition: partitionNameDraft(name), failure: failure === undefined ? undefined : failureOf(failure) };
}

/** INVALID_REQUEST where the partition is not named. */
export function electedLeaderOf({ partition, failure }: ElectedMessage): ElectedLeader {
  return { ...partitionNameOf(partition), failure: failure === null ? undefined : errorOf(failure) };
}

export function reassignmentDraft({ replicas, ...name }: Reassignment): Draft<ReassignmentMessage> {
  return { partition: partitionNameDraft(name), replicas: replicas === undefined ? undefined : { brokers: replicas } };
}

/** INVALID_REQUEST where the partition is not named. */
export function reassignmentOf({ partition, replicas }: ReassignmentMessage): Reassignment {
  return { ...partitionNameOf(partition), replicas: replicas === null ? undefined : replicas.brokers.map((id) => BrokerId(id)) };
}
