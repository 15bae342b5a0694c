import { type BrokerImage, changedPartition, type InSyncProposal, type PartitionImage, type TopicImage } from "@millrace/metadata";
import { type BrokerEpoch, type BrokerId, MillraceError } from "@millrace/vocabulary";
import { present } from "../brokers.ts";
import { refusedOr, repeated } from "../entries.ts";
import { afterWithdrawal } from "../leadership.ts";
import { type DecidedChange, revised } from "../partition-revision.ts";
import { type Terms, termsIn } from "../terms.ts";
import type { Decision, Surroundings } from "./decision.ts";

/** Who asks, in one of its lives. */
interface Asking {
  readonly broker: BrokerId;
  readonly epoch: BrokerEpoch;
}

/** What a proposal is about. */
interface Place {
  readonly topic: TopicImage;
  readonly partition: PartitionImage;
}

/**
 * A leader's in-sync sets become what it proposes, with the eligible leaders that follow from it; and who lacks records that it had is in
 * sync no more. Answers each proposal with the partition as it is then, or with the refusal. Refuses as `alterPartitions` says; at most
 * `changesPerProposal` proposals.
 */
export function decideAlterPartitions(
  surroundings: Surroundings,
  asking: Asking,
  proposals: readonly InSyncProposal[],
): Decision<(PartitionImage | MillraceError)[]> {
  present(surroundings.image, asking.broker, asking.epoch);
  const termsOf = termsIn(surroundings);
  const twice = repeated(proposals.map(nameOf));
  const records: DecidedChange[] = [];
  const decideOne = (proposal: InSyncProposal) => {
    if (twice.has(nameOf(proposal))) throw new MillraceError("INVALID_REQUEST", { ...facts(proposal), reason: "it is proposed twice" });
    const place = placeOf(surroundings, proposal);
    const terms = termsOf(place.topic);
    const change =
      proposal.withdraws === true ? withdrawal(place, asking, proposal, terms) : setChange(surroundings, place, asking, proposal, terms);
    if (change === undefined) return place.partition;
    records.push(change);
    return changedPartition(place.partition, change);
  };
  return { reply: proposals.map((proposal) => refusedOr(() => decideOne(proposal))), records };
}

function placeOf({ image }: Surroundings, proposal: InSyncProposal): Place {
  const topic = image.topics.byId(proposal.topicId);
  if (topic === undefined) throw new MillraceError("UNKNOWN_TOPIC_ID", facts(proposal));
  const partition = topic.partitions[proposal.index];
  if (partition === undefined) throw new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", facts(proposal));
  return { topic, partition };
}

/** The change that makes the ISR what its leader wants; undefined: it is. Throws where that may not be granted. */
function setChange(
  { image }: Surroundings,
  { topic, partition }: Place,
  leader: Asking,
  proposal: InSyncProposal,
  terms: Terms,
): DecidedChange | undefined {
  checkState(partition, leader, proposal);
  checkMembers(partition, leader, proposal);
  for (const { broker, epoch } of proposal.isr) {
    const reason = unfitness(image.brokers.get(broker), epoch);
    if (reason !== undefined) throw new MillraceError("INELIGIBLE_REPLICA", { ...facts(proposal), replica: broker, epoch, reason });
  }
  const members = partition.replicas.filter((id) => proposal.isr.some(({ broker }) => broker === id));
  const isSame = members.length === partition.isr.length && members.every((id) => partition.isr.includes(id));
  return revised(topic.id, partition, isSame ? {} : { isr: members }, terms);
}

/** The change by which a damaged replica is counted on no more. It is granted in whatever state of the leader epoch it is asked for. */
function withdrawal({ topic, partition }: Place, { broker }: Asking, proposal: InSyncProposal, terms: Terms): DecidedChange {
  checkLeaderEpoch(partition, proposal);
  if (!partition.replicas.includes(broker))
    throw new MillraceError("INVALID_REQUEST", { ...facts(proposal), reason: `broker ${broker} holds no replica` });
  const change = afterWithdrawal(topic, partition, broker, terms);
  if (change !== undefined) return change;
  const { isr, eligibleLeaders } = partition;
  throw new MillraceError("ELIGIBLE_LEADERS_NOT_AVAILABLE", { ...facts(proposal), broker, isr, eligibleLeaders });
}

/** What the leader acts on is what is. */
function checkState(partition: PartitionImage, { broker }: Asking, proposal: InSyncProposal): void {
  checkLeaderEpoch(partition, proposal);
  const is = epochsOf(partition, proposal);
  if (partition.leader !== broker) throw new MillraceError("INVALID_REQUEST", { ...is, broker, reason: "the broker does not lead" });
  if (proposal.partitionEpoch !== partition.partitionEpoch) throw new MillraceError("INVALID_UPDATE_VERSION", is);
}

/** A replica that is ahead of this controller asks one that is deposed. */
function checkLeaderEpoch(partition: PartitionImage, proposal: InSyncProposal): void {
  const is = epochsOf(partition, proposal);
  if (proposal.leaderEpoch > partition.leaderEpoch) throw new MillraceError("NOT_CONTROLLER", is);
  if (proposal.leaderEpoch < partition.leaderEpoch) throw new MillraceError("FENCED_LEADER_EPOCH", is);
}

function epochsOf({ leaderEpoch, partitionEpoch }: PartitionImage, proposal: InSyncProposal) {
  const { leaderEpoch: givenLeaderEpoch, partitionEpoch: givenPartitionEpoch } = proposal;
  return { ...facts(proposal), leaderEpoch, partitionEpoch, givenLeaderEpoch, givenPartitionEpoch };
}

function checkMembers({ replicas }: PartitionImage, { broker }: Asking, proposal: InSyncProposal): void {
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
