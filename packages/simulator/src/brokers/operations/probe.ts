import { encodeBatch } from "@millrace/records";
import type { Client } from "../clients/client.ts";
import { holds } from "../../violation.ts";
import { answered, type Target } from "./target.ts";

/** How often a write is tried, and how long after the last time. */
const triesMax = 50;
const againAfterMs = 100;

/** Writes one record with acks=all, which nothing is in the way of any more. */
export async function probeTopic(client: Client, { topic, partition }: Target): Promise<void> {
  const value = client.stage.model.nextValue();
  const send = partition.send([value]);
  const records = encodeBatch([{ key: null, value: Buffer.from(value), timestamp: client.runtime.clock.wallMs() }]);
  const topicData = [{ topicId: topic.id, partitionData: [{ index: partition.index, records }] }];
  let code = "";
  let baseOffset = -1;
  // A topic that another client has just made: its log is being opened.
  for (let tries = 0; tries < triesMax && (tries === 0 || code === "NOT_LEADER_OR_FOLLOWER"); tries++) {
    if (tries > 0) await new Promise<void>((resolve) => client.runtime.clock.timer(againAfterMs, resolve));
    const { responses } = await client.ask("Produce", 13, { acks: -1, timeoutMs: 5_000, topicData });
    const [answer] = responses[0]!.partitionResponses;
    code = answered(answer!.errorCode, "probe");
    baseOffset = answer!.baseOffset;
    client.note("probe", code, baseOffset);
  }
  if (topic.isDoomed) return;
  holds(code === "NONE", "L2", { partition: partition.name, topic: topic.name, code });
  partition.acknowledge(send, { baseOffset, acks: -1 });
}
