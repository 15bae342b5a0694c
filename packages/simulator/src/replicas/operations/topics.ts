import { answered } from "../../brokers/operations/target.ts";
import { holds } from "../../violation.ts";
import { configsOf } from "../drawn-topic.ts";
import type { ReplicaClient } from "../replica-client.ts";

/** Creates a topic on any broker; one that is there must be told to be there, by whoever is asked. */
export async function createTopic(client: ReplicaClient): Promise<void> {
  const { model, plan } = client.stage;
  const drawn = client.chance.pick(plan.topics);
  const { name, replicationFactor } = drawn;
  const known = model.byName(name);
  const numPartitions = 1 + client.chance.below(2);
  const wanted = { name, numPartitions, replicationFactor, assignments: [], configs: configsOf(drawn) };
  const { topics } = await client.ask(client.anyNode(), "CreateTopics", 7, { topics: [wanted] });
  const code = answered(topics[0]!.errorCode, "create topic");
  client.note("create topic", code);
  if (code !== "NONE") return;
  holds(known === undefined || known.isDoomed, "R9", { topic: name, reason: "it was made twice" });
  model.topic(topics[0]!.topicId, name, numPartitions);
}

/** Deletes a topic, by its id: another one of its name may come. */
export async function deleteTopic(client: ReplicaClient): Promise<void> {
  const { standing } = client.stage.model;
  // One is left alone most of the time, so that there is always something to look at.
  if (standing.length === 0 || (standing.length < 2 && !client.chance.hits(300_000))) return;
  const topic = client.chance.pick(standing);
  topic.isDoomed = true;
  const request = { topics: [{ name: null, topicId: topic.id }], timeoutMs: 3_000 };
  const { responses } = await client.ask(client.anyNode(), "DeleteTopics", 6, request);
  client.note("delete topic", answered(responses[0]!.errorCode, "delete topic"));
}

/** Asks any broker which topics there are: it may be behind, and what it tells of is there, or was. */
export async function listTopics(client: ReplicaClient): Promise<void> {
  const { topics } = await client.ask(client.anyNode(), "Metadata", 12, { topics: null });
  client.note("list topics", "NONE", topics.length);
  for (const { topicId, name, isInternal, partitions } of topics)
    if (!isInternal && name !== null) client.stage.model.topic(topicId, name, partitions.length);
}
