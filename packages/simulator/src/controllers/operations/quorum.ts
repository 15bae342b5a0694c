import type { Client } from "../../brokers/clients/client.ts";
import { answered } from "../../brokers/operations/target.ts";
import { holds } from "../../violation.ts";

/** How many take part from the beginning to the end. */
const voterCount = 3;

/** Asks who agrees on the metadata: the same as ever, one of whom leads. */
export async function describeQuorum(client: Client): Promise<void> {
  const topics = [{ topicName: "__cluster_metadata", partitions: [{ partitionIndex: 0 }] }];
  const answer = await client.ask("DescribeQuorum", 2, { topics });
  const [partition] = answer.topics[0]?.partitions ?? [];
  const code = answered(answer.errorCode || (partition?.errorCode ?? 0), "describe quorum");
  client.note("describe quorum", code);
  if (code !== "NONE" || partition === undefined) return;
  const voters = partition.currentVoters.map(({ replicaId }) => replicaId);
  const facts = { leader: partition.leaderId, voters };
  holds(voters.length === voterCount && voters.includes(partition.leaderId), "R7", facts);
}
