import { answered } from "../../brokers/operations/target.ts";
import { holds } from "../../violation.ts";
import { brokerCount } from "../replica-cluster.ts";
import type { ReplicaClient } from "../replica-client.ts";

const names = ["orders", "refunds", "visits"];
/** Of the three replicas; acks=all means two of them at least. */
const minIsr = 2;

/** Creates a topic on any broker; one that is there must be told to be there, by whoever is asked. */
export async function createTopic(client: ReplicaClient): Promise<void> {
  const { model, plan } = client.stage;
  const name = client.chance.pick(names);
  const known = model.byName(name);
  const configs = [
    { name: "min.insync.replicas", value: String(minIsr) },
    { name: "millrace.durability", value: plan.isSynced ? "synced" : "replicated" },
  ];
  const numPartitions = 1 + client.chance.below(2);
  const wanted = { name, numPartitions, replicationFactor: brokerCount, assignments: [], configs };
  const { topics } = await client.ask(client.anyNode(), "CreateTopics", 7, { topics: [wanted] });
  const code = answered(topics[0]!.errorCode, "create topic");
  client.note("create topic", code);
  if (code !== "NONE") return;
  holds(known === undefined, "R9", { topic: name, reason: "it was made twice" });
  model.topic(topics[0]!.topicId, name, numPartitions);
}

/** Asks any broker which topics there are: it may be behind, and what it tells of is there. */
export async function listTopics(client: ReplicaClient): Promise<void> {
  const { topics } = await client.ask(client.anyNode(), "Metadata", 12, { topics: null });
  client.note("list topics", "NONE", topics.length);
  for (const { topicId, name, isInternal, partitions } of topics)
    if (!isInternal && name !== null) client.stage.model.topic(topicId, name, partitions.length);
}

/** Lets the first replica of each partition lead again. */
export async function electLeader(client: ReplicaClient): Promise<void> {
  const request = { electionType: 0, topicPartitions: null, timeoutMs: 3_000 };
  const { errorCode } = await client.ask(client.anyNode(), "ElectLeaders", 2, request);
  client.note("elect leader", answered(errorCode, "elect leader"));
}
