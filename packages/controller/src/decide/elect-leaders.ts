import type { PartitionImage, TopicImage } from "@millrace/metadata";
import { MillraceError, noBroker } from "@millrace/vocabulary";
import type { ElectedLeader, PartitionName } from "../controller.ts";
import type { Election } from "../election.ts";
import { refusedOr, repeated } from "../entries.ts";
import { factsOf, locate, nameOfPartition } from "../partition-names.ts";
import { type DecidedChange, revised } from "../partition-revision.ts";
import { type PartitionPlace, walkPartitions } from "../partition-walk.ts";
import { type Terms, termsIn } from "../terms.ts";
import type { Decision, Surroundings } from "./decision.ts";

/** Elects the leaders of these partitions. Refuses as `electLeaders` says; at most `changesPerProposal` partitions. */
export function decideElectLeaders(
  surroundings: Surroundings,
  election: Election,
  partitions: readonly PartitionName[],
): Decision<ElectedLeader[]> {
  const termsOf = termsIn(surroundings);
  const twice = repeated(partitions.map(nameOfPartition));
  const records: DecidedChange[] = [];
  const elect = (name: PartitionName): undefined => {
    if (twice.has(nameOfPartition(name))) throw new MillraceError("INVALID_REQUEST", { ...factsOf(name), reason: "it is named twice" });
    const { topic, partition } = locate(surroundings.image, name);
    const change = electionOf(topic, partition, election, termsOf(topic));
    if (change === undefined) throw new MillraceError("ELECTION_NOT_NEEDED", { ...factsOf(name), leader: partition.leader });
    records.push(change);
  };
  return { reply: partitions.map((name) => ({ ...name, failure: refusedOr(() => elect(name)) })), records };
}

/** One stretch of the elections of all partitions that need one. Answers what became of them, and where the next stretch begins. */
export function decideElectAll(
  surroundings: Surroundings,
  election: Election,
  from: PartitionPlace,
): Decision<{ elected: ElectedLeader[]; next: PartitionPlace | undefined }> {
  const termsOf = termsIn(surroundings);
  const elected: ElectedLeader[] = [];
  const { changes, next } = walkPartitions(surroundings.image, from, (topic, partition) => {
    const change = refusedOr(() => electionOf(topic, partition, election, termsOf(topic)));
    const name = { topic: topic.name, index: partition.index };
    if (change instanceof MillraceError) return void elected.push({ ...name, failure: change });
    if (change !== undefined) elected.push({ ...name, failure: undefined });
    return change;
  });
  return { records: changes, reply: { elected, next } };
}

/** The change that elects the leader; undefined: none is needed. */
function electionOf(topic: TopicImage, partition: PartitionImage, election: Election, terms: Terms): DecidedChange | undefined {
  const preferred = partition.replicas[0]!;
  const facts = { topic: topic.name, partition: partition.index };
  if (election === "preferred") {
    if (partition.leader === preferred) return undefined;
    const change = revised(topic.id, partition, { election }, terms);
    if (change?.leadership?.leader === preferred) return change;
    throw new MillraceError("PREFERRED_LEADER_NOT_AVAILABLE", { ...facts, preferred, isr: partition.isr });
  }
  if (partition.leader !== noBroker) return undefined;
  const change = revised(topic.id, partition, { election }, terms);
  if (change?.leadership === undefined)
    throw new MillraceError("ELIGIBLE_LEADERS_NOT_AVAILABLE", { ...facts, replicas: partition.replicas });
  return change;
}
