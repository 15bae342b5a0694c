import { encodeBatch } from "@millrace/records";
import { answered } from "../../brokers/operations/target.ts";
import { Unanswered } from "../../brokers/clients/connection.ts";
import { holds } from "../../violation.ts";
import { keyOf } from "../model/keys.ts";
import type { Target } from "../model/replicas-model.ts";
import type { Sending } from "../model/replicated-partition.ts";
import type { ReplicaClient } from "../replica-client.ts";
import { drawTarget } from "./target.ts";

/** The version whose requests name topics by id. */
const version = 13;
/** Of every so many sends one is for the leader alone. */
const leaderOnlyPpm = 250_000;
/** Batches of an idempotent producer are sent again so often, to whoever leads by then. */
const attemptsMax = 12;
const retryMs = 400;

/** Records that travel as one batch, once or again and again. */
interface Batch extends Target {
  readonly sending: Sending;
  readonly acks: 1 | -1;
  readonly records: Buffer;
}

/** Whose batch it is, and the sequence of its first record; of nobody, where nothing is said. */
interface Identity {
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
}

/** Sends one batch once, to whom the client takes for the leader. */
export async function produce(client: ReplicaClient): Promise<void> {
  const target = drawTarget(client);
  if (target === undefined) return;
  const acks = client.chance.hits(leaderOnlyPpm) ? 1 : -1;
  const code = await produceTo(client, target, drawValues(client), acks);
  if (code !== undefined) client.note(`produce acks=${acks}`, code);
}

/** Sends values once; comes back with what was answered, undefined where nobody leads. */
export async function produceTo(
  client: ReplicaClient,
  target: Target,
  values: readonly string[],
  acks: 1 | -1,
): Promise<string | undefined> {
  const batch = batchOf(client, target, values, acks, {});
  const code = await attempt(client, batch);
  if (isRefusal(code)) target.partition.refuse(batch.sending);
  return code;
}

/** Sends one batch as an idempotent producer, to one leader after the other, until it is known what became of it. */
export async function produceIdempotently(client: ReplicaClient): Promise<void> {
  const { id: producerId, epoch: producerEpoch } = await client.producer.identity(client);
  const target = drawTarget(client);
  if (target === undefined) return;
  const { topic, partition } = target;
  const baseSequence = client.producer.sequence(partition);
  const batch = batchOf(client, target, drawValues(client), -1, { producerId, producerEpoch, baseSequence });
  client.producer.advance(partition, batch.sending.values.length);
  for (let tries = 0; tries < attemptsMax && !topic.isDoomed; tries++) {
    const code = await attempt(client, batch).catch(unansweredIsUnknown);
    client.note("produce idempotently", code ?? "unknown");
    if (code === "NONE") return;
    if (code === "OUT_OF_ORDER_SEQUENCE_NUMBER") {
      // What a producer wrote last may have been deleted, and nobody knows it any more who has caught up since.
      const isForgotten = partition.deletableTo > 0 || partition.cleanup.mayRetire || topic.isDoomed;
      holds(isForgotten, "I4", { partition: partition.name, producerId, baseSequence });
      break;
    }
    if (isRefusal(code) && tries === 0) {
      partition.refuse(batch.sending);
      break;
    }
    await client.pause(retryMs);
  }
  // What comes next cannot follow a batch of which nobody knows whether it is there.
  client.producer.renew();
}

/** Sends a batch to whom the client takes for the leader; comes back with what was answered, undefined where nobody leads. */
async function attempt(client: ReplicaClient, { topic, partition, acks, sending, records }: Batch): Promise<string | undefined> {
  const known = await client.leaderOf(partition);
  if (known === undefined) return undefined;
  const topicData = [{ topicId: topic.id, partitionData: [{ index: partition.index, records }] }];
  try {
    const { responses } = await client.ask(known.node, "Produce", version, { acks, timeoutMs: 3_000, topicData });
    const { errorCode, baseOffset } = responses[0]!.partitionResponses[0]!;
    const code = answered(errorCode, "produce");
    if (code === "NONE" && acks === -1) partition.acknowledge(sending, baseOffset);
    if (code !== "NONE") client.forgetLeader(partition);
    return code;
  } catch (error) {
    client.forgetLeader(partition);
    throw error;
  }
}

function unansweredIsUnknown(error: unknown): undefined {
  if (!(error instanceof Unanswered)) throw error;
}

function batchOf(client: ReplicaClient, target: Target, values: readonly string[], acks: 1 | -1, identity: Identity): Batch {
  const timestamp = client.runtime.clock.wallMs();
  const entries = values.map((value) => ({ key: Buffer.from(keyOf(value)), value: Buffer.from(value), timestamp }));
  return { ...target, acks, sending: target.partition.send(values), records: encodeBatch(entries, identity) };
}

function drawValues({ chance, stage }: ReplicaClient): string[] {
  return Array.from({ length: 1 + chance.below(4) }, () => stage.model.nextValue());
}

/** Whether a code says that nothing was appended. Others may be told of a batch that lies in the log all the same. */
function isRefusal(code: string | undefined): boolean {
  return code === "NOT_ENOUGH_REPLICAS";
}
