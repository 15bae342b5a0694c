import { encodeBatch } from "@millrace/records";
import { answered } from "../../brokers/operations/target.ts";
import type { ReplicatedPartition } from "../model/replicated-partition.ts";
import type { ReplicaClient } from "../replica-client.ts";

/** The version whose requests name topics by id. */
const version = 13;
/** Of every so many sends one is for the leader alone. */
const leaderOnlyPpm = 250_000;

/** One of the partitions that are known; undefined where there is none. */
export function drawPartition({ stage, chance }: ReplicaClient): ReplicatedPartition | undefined {
  const partitions = [...stage.model.partitions.values()];
  return partitions.length === 0 ? undefined : chance.pick(partitions);
}

/** Sends one batch once, to whom the client takes for the leader. */
export async function produce(client: ReplicaClient): Promise<void> {
  const partition = drawPartition(client);
  if (partition === undefined) return;
  const acks = client.chance.hits(leaderOnlyPpm) ? 1 : -1;
  const values = Array.from({ length: 1 + client.chance.below(4) }, () => client.stage.model.nextValue());
  const code = await produceTo(client, partition, values, acks);
  if (code !== undefined) client.note(`produce acks=${acks}`, code);
}

/** Sends values; comes back with what was answered, undefined where nobody leads. */
export async function produceTo(
  client: ReplicaClient,
  partition: ReplicatedPartition,
  values: readonly string[],
  acks: 1 | -1,
): Promise<string | undefined> {
  const leader = await client.leaderOf(partition);
  if (leader === undefined) return undefined;
  const timestamp = client.runtime.clock.wallMs();
  const records = encodeBatch(values.map((value) => ({ key: null, value: Buffer.from(value), timestamp })));
  const topicData = [{ topicId: partition.topicId, partitionData: [{ index: partition.index, records }] }];
  const sending = partition.send(values);
  try {
    const { responses } = await client.ask(leader, "Produce", version, { acks, timeoutMs: 3_000, topicData });
    const { errorCode, baseOffset } = responses[0]!.partitionResponses[0]!;
    const code = answered(errorCode, "produce");
    if (code === "NONE" && acks === -1) partition.acknowledge(sending, baseOffset);
    if (code !== "NONE") client.forgetLeader(partition);
    if (isRefusal(code)) partition.refuse(sending);
    return code;
  } catch (error) {
    client.forgetLeader(partition);
    throw error;
  }
}

/** Whether a code says that nothing was appended. Others may be told of a batch that lies in the log all the same. */
function isRefusal(code: string): boolean {
  return code === "NOT_ENOUGH_REPLICAS";
}
