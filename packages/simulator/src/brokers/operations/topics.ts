import type { Client } from "../clients/client.ts";
import { answered } from "./target.ts";

/** Few names, so that topics are created again under a name that is taken, or was. What a topic promises stands in its name. */
const names = ["synced-0", "synced-1", "plain-0", "plain-1"];

/** Whether acks=all means synced, by a topic's name. */
export function isSyncedName(name: string): boolean {
  return name.startsWith("synced");
}

export async function createTopic(client: Client): Promise<void> {
  const { model } = client.stage;
  const { age } = model;
  const name = client.chance.pick(names);
  const numPartitions = 1 + client.chance.below(2);
  const configs = [{ name: "millrace.durability", value: isSyncedName(name) ? "synced" : "replicated" }];
  const { topics } = await client.ask("CreateTopics", 7, {
    topics: [{ name, numPartitions, replicationFactor: 1, assignments: [], configs }],
  });
  const [topic] = topics;
  const code = answered(topic!.errorCode, "create topic");
  client.note("create topic", code);
  if (code === "NONE" && age === model.age) model.topic(topic!.topicId, name, numPartitions, isSyncedName(name));
}

export async function deleteTopic(client: Client): Promise<void> {
  const { model } = client.stage;
  // One is left alone most of the time, so that there is always something to look at.
  if (model.standing.length < 2 && !client.chance.hits(100_000)) return;
  if (model.standing.length === 0) return;
  const topic = client.chance.pick(model.standing);
  topic.isDoomed = true;
  const { responses } = await client.ask("DeleteTopics", 6, { topics: [{ name: null, topicId: topic.id }], timeoutMs: 5_000 });
  const code = answered(responses[0]!.errorCode, "delete topic");
  client.note("delete topic", code);
  if (code === "NONE" || code === "UNKNOWN_TOPIC_ID") topic.isGone = true;
}

/** Asks which topics there are: those that were acknowledged must be, those that are gone must not. */
export async function listTopics(client: Client): Promise<void> {
  const { model } = client.stage;
  const { age } = model;
  const before = [...model.topics.values()].map((topic) => ({ topic, wasGone: topic.isGone }));
  const { topics } = await client.ask("Metadata", 12, { topics: null });
  client.note("list topics", "NONE", topics.length);
  if (age !== model.age) return;
  const there = new Set<string>(topics.map(({ topicId }) => topicId));
  for (const { topic, wasGone } of before) topic.seen(there.has(topic.id), wasGone);
  for (const { topicId, name, isInternal, partitions } of topics)
    if (!isInternal && name !== null) model.topic(topicId, name, partitions.length, isSyncedName(name));
}
