import { encodeBatch } from "@millrace/records";
import type { Client } from "../clients/client.ts";
import { holds } from "../violation.ts";
import { answered, type Target } from "./target.ts";

/** Writes one record with acks=all, which nothing is in the way of any more. */
export async function probeTopic(client: Client, { topic, partition }: Target): Promise<void> {
  const value = client.stage.model.nextValue();
  const send = partition.send([value]);
  const records = encodeBatch([{ key: null, value: Buffer.from(value), timestamp: client.runtime.clock.wallMs() }]);
  const topicData = [{ topicId: topic.id, partitionData: [{ index: partition.index, records }] }];
  const { responses } = await client.ask("Produce", 13, { acks: -1, timeoutMs: 5_000, topicData });
  const { errorCode, baseOffset } = responses[0]!.partitionResponses[0]!;
  const code = answered(errorCode, "probe");
  client.note("probe", code, baseOffset);
  if (topic.isDoomed) return;
  holds(code === "NONE", "L2", { partition: partition.name, topic: topic.name, code });
  partition.acknowledge(send, { baseOffset, acks: -1 });
}
