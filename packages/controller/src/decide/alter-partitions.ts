import { type BrokerImage, changedPartition, type InSyncProposal, type PartitionImage, type TopicImage } from "@millrace/metadata";
import { type BrokerEpoch, type BrokerId, MillraceError } from "@millrace/vocabulary";
import { present } from "../brokers.ts";
import { refusedOr, repeated } from "../entries.ts";
import { type DecidedChange, revised } from "../partition-revision.ts";
import { termsIn, type TermsOf } from "../terms.ts";
import type { Decision, Surroundings } from "./decision.ts";

/** A leader, in one of its lives. */
interface Leader {
  readonly broker: BrokerId;
  readonly epoch: BrokerEpoch;
}

/** A proposal that may be granted, and what it is about. */
interface Granted {
  readonly topic: TopicImage;
  readonly partition: PartitionImage;
}

/**
 * A leader's in-sync sets become what it proposes, with the eligible leaders that follow from it. Answers each proposal with the
 * partition as it is then, or with the refusal. Refuses as `alterPartitions` says; at most `changesPerProposal` proposals.
 */
export function decideAlterPartitions(
  surroundings: Surroundings,
  leader: Leader,
  proposals: readonly InSyncProposal[],
): Decision<(PartitionImage | MillraceError)[]> {
  present(surroundings.image, leader.broker, leader.epoch);
  const termsOf = termsIn(surroundings);
  const twice = repeated(proposals.map(nameOf));
  const records: DecidedChange[] = [];
  const decideOne = (proposal: InSyncProposal) => {
    if (twice.has(nameOf(proposal))) throw new MillraceError("INVALID_REQUEST", { ...facts(proposal), reason: "it is proposed twice" });
    const { topic, partition } = granted(surroundings, leader, proposal);
    const change = changeOf(topic, partition, proposal, termsOf);
    if (change === undefined) return partition;
    records.push(change);
    return changedPartition(partition, change);
  };
  return { reply: proposals.map((proposal) => refusedOr(() => decideOne(proposal))), records };
}

function changeOf(topic: TopicImage, partition: PartitionImage, { isr }: InSyncProposal, termsOf: TermsOf): DecidedChange | undefined {
  const members = partition.replicas.filter((id) => isr.some(({ broker }) => broker === id));
  const isSame = members.length === partition.isr.length && members.every((id) => partition.isr.includes(id));
  return revised(topic.id, partition, isSame ? {} : { isr: members }, termsOf(topic));
}

/** The partition that a proposal is about. Throws where it may not be granted. */
function granted({ image }: Surroundings, leader: Leader, proposal: InSyncProposal): Granted {
  const topic = image.topics.byId(proposal.topicId);
  if (topic === undefined) throw new MillraceError("UNKNOWN_TOPIC_ID", facts(proposal));
  const partition = topic.partitions[proposal.index];
  if (partition === undefined) throw new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", facts(proposal));
  checkState(partition, leader, proposal);
  checkMembers(partition, leader, proposal);
  for (const { broker, epoch } of proposal.isr) {
    const reason = unfitness(image.brokers.get(broker), epoch);
    if (reason !== undefined) throw new MillraceError("INELIGIBLE_REPLICA", { ...facts(proposal), replica: broker, epoch, reason });
  }
  return { topic, partition };
}

/** What the leader acts on is what is. A leader that is ahead of this controller asks one that is deposed. */
function checkState(partition: PartitionImage, { broker }: Leader, proposal: InSyncProposal): void {
  const { leaderEpoch, partitionEpoch } = partition;
  const is = { ...facts(proposal), leaderEpoch, partitionEpoch };
  const acts = { givenLeaderEpoch: proposal.leaderEpoch, givenPartitionEpoch: proposal.partitionEpoch };
  if (proposal.leaderEpoch > leaderEpoch) throw new MillraceError("NOT_CONTROLLER", { ...is, ...acts });
  if (proposal.leaderEpoch < leaderEpoch) throw new MillraceError("FENCED_LEADER_EPOCH", { ...is, ...acts });
  if (partition.leader !== broker) throw new MillraceError("INVALID_REQUEST", { ...is, broker, reason: "the broker does not lead" });
  if (proposal.partitionEpoch !== partitionEpoch) throw new MillraceError("INVALID_UPDATE_VERSION", { ...is, ...acts });
}

function checkMembers({ replicas }: PartitionImage, { broker }: Leader, proposal: InSyncProposal): void {
  const members = proposal.isr.map((member) => member.broker);
  const refuse = (reason: string) => new MillraceError("INVALID_REQUEST", { ...facts(proposal), isr: members, reason });
  if (!members.includes(broker)) throw refuse("the leader is in its ISR");
  if (new Set(members).size < members.length) throw refuse("a broker is named twice");
  const stranger = members.find((id) => !replicas.includes(id));
  if (stranger !== undefined) throw refuse(`broker ${stranger} holds no replica`);
}

/** Why a broker may not be in an ISR by what it acknowledged in the life of this epoch (KIP-841, KAFKA-15221). */
function unfitness(broker: BrokerImage | undefined, epoch: BrokerEpoch): string | undefined {
  if (broker === undefined) return "not registered";
  if (broker.epoch !== epoch) return `its epoch is ${broker.epoch}`;
  if (broker.isFenced) return "fenced";
  return broker.isInControlledShutdown ? "about to stop" : undefined;
}

function facts({ topicId, index }: InSyncProposal): { topicId: string; partition: number } {
  return { topicId, partition: index };
}

function nameOf({ topicId, index }: InSyncProposal): string {
  return `${topicId}-${index}`;
}
