import { encodeBatch } from "@millrace/records";
import type { Client } from "../clients/client.ts";
import { holds } from "../../violation.ts";
import { answered, type Target } from "./target.ts";

/** How often a write is tried, and how long after the last time. */
const triesMax = 50;
const againAfterMs = 100;

/** Writes one record with acks=all, which nothing is in the way of any more. */
export async function probeTopic(client: Client, target: Target): Promise<void> {
  let code = await probeOnce(client, target);
  // A topic that another client has just made: its log is being opened.
  for (let tries = 1; tries < triesMax && code === "NOT_LEADER_OR_FOLLOWER"; tries++) {
    await client.pause(againAfterMs);
    code = await probeOnce(client, target);
  }
  const { topic, partition } = target;
  holds(code === "NONE" || topic.isDoomed, "L2", { partition: partition.name, topic: topic.name, code });
}

/** Tries to; comes back with the answer. */
export async function probeOnce(client: Client, { topic, partition }: Target): Promise<string> {
  const value = client.stage.model.nextValue();
  const send = partition.send([value]);
  const records = encodeBatch([{ key: null, value: Buffer.from(value), timestamp: client.runtime.clock.wallMs() }]);
  const topicData = [{ topicId: topic.id, partitionData: [{ index: partition.index, records }] }];
  const { responses } = await client.ask("Produce", 13, { acks: -1, timeoutMs: 5_000, topicData });
  const { errorCode, baseOffset } = responses[0]!.partitionResponses[0]!;
  const code = answered(errorCode, "probe");
  client.note("probe", code, baseOffset);
  if (code === "NONE" && !topic.isDoomed) partition.acknowledge(send, { baseOffset, acks: -1 });
  return code;
}
