import { type Draft, errorOf, failureOf } from "@millrace/contracts";
import type { AlteredPartition, InSyncProposal as ProposalMessage } from "@millrace/contracts/session";
import { type InSyncProposal, type PartitionImage, partitionImageOf, partitionMessage } from "@millrace/metadata";
import { BrokerEpoch, BrokerId, LeaderEpoch, MillraceError, PartitionEpoch, uuidToBytes } from "@millrace/vocabulary";
import { topicIdOf } from "./topics.ts";

export function inSyncProposalDraft({
  topicId,
  index,
  leaderEpoch,
  partitionEpoch,
  isr,
  withdraws = false,
}: InSyncProposal): Draft<ProposalMessage> {
  const members = isr.map(({ broker, epoch }) => ({ brokerId: broker, epoch }));
  return { topicId: uuidToBytes(topicId), index, leaderEpoch, partitionEpoch, isr: members, withdraws };
}

/** INVALID_REQUEST where the topic's id is none. */
export function inSyncProposalOf({ topicId, index, leaderEpoch, partitionEpoch, isr, withdraws }: ProposalMessage): InSyncProposal {
  return {
    topicId: topicIdOf(topicId),
    index,
    leaderEpoch: LeaderEpoch(leaderEpoch),
    partitionEpoch: PartitionEpoch(partitionEpoch),
    isr: isr.map(({ brokerId, epoch }) => ({ broker: BrokerId(brokerId), epoch: BrokerEpoch(epoch) })),
    withdraws,
  };
}

/** @param proposal that this answers */
export function alteredPartitionDraft(result: PartitionImage | MillraceError, proposal: InSyncProposal): Draft<AlteredPartition> {
  if (result instanceof MillraceError) return { failure: failureOf(result) };
  return { state: partitionMessage(proposal.topicId, result) };
}

/** INVALID_REQUEST where the answer says neither how the partition is nor why not. */
export function alteredPartitionOf({ state, failure }: AlteredPartition): PartitionImage | MillraceError {
  if (failure !== null) return errorOf(failure);
  if (state === null) throw new MillraceError("INVALID_REQUEST", { message: "AlteredPartition", reason: "it says nothing" });
  return partitionImageOf(state);
}
