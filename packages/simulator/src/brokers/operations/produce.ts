import { compressBatch, encodeBatch } from "@millrace/records";
import type { TopicId } from "@millrace/vocabulary";
import type { Client } from "../clients/client.ts";
import { Unanswered } from "../clients/connection.ts";
import type { Send } from "../model/send.ts";
import { holds } from "../../violation.ts";
import { answered, drawTarget, type Target } from "./target.ts";

/** The version whose requests name topics by id. */
const version = 13;
/** Batches of an idempotent producer are sent again so often. */
const attemptsMax = 5;
const retryMs = 300;
/** What Node's zlib does takes longer than all else that becomes of a batch: it is rare. */
const compressions = [...Array.from({ length: 26 }, () => "none" as const), "lz4", "lz4", "snappy", "snappy", "gzip", "zstd"] as const;

/** What is sent, and as whom. */
export interface Batch extends Target {
  readonly send: Send;
  readonly acks: -1 | 0 | 1;
  readonly request: object;
}

/** What one attempt came to: `refused` is for certain, with nothing appended. */
export type Attempt = "acknowledged" | "refused" | "unknown";

/** A plain producer's batch, sent once. */
export async function produce(client: Client): Promise<void> {
  const target = drawTarget(client);
  if (target === undefined) return;
  const acks = client.chance.pick([-1, -1, 1, 0] as const);
  const batch = drawBatch(client, target, acks, {});
  if (acks === 0) {
    (await client.connect()).tell("Produce", version, batch.request);
    return;
  }
  const attempt = await attemptOnce(client, batch, "produce");
  if (attempt === "refused") batch.partition.refuse(batch.send);
}

/** An idempotent producer's batch, sent until it is known what became of it, sometimes twice at once. */
export async function produceIdempotently(client: Client): Promise<void> {
  const identity = await client.producer.identity();
  const target = drawTarget(client);
  if (identity === undefined || target === undefined) return;
  const { partition } = target;
  const sequence = client.producer.sequence(partition);
  const batch = drawBatch(client, target, -1, { producerId: identity.id, producerEpoch: identity.epoch, baseSequence: sequence });
  client.producer.advance(partition, batch.send.values.length);
  let isFirst = true;
  for (let left = attemptsMax; left > 0; left--) {
    const attempt = await attemptOnce(client, batch, "produce idempotently", client.chance.hits(100_000)).catch(unansweredIsUnknown);
    if (attempt === "acknowledged") return;
    if (attempt === "refused" && isFirst) batch.partition.refuse(batch.send);
    if (attempt === "refused") break;
    isFirst = false;
    await client.pause(retryMs);
  }
  // What comes next cannot follow a batch of which nobody knows whether it is there.
  client.producer.renew();
}

function unansweredIsUnknown(error: unknown): Attempt {
  if (error instanceof Unanswered) return "unknown";
  throw error;
}

/** Sends the newest batch once more on another connection, as a network or a proxy that repeats itself would. */
export async function replay(client: Client): Promise<void> {
  const { lastProduce } = client;
  if (lastProduce === undefined || lastProduce.age !== client.stage.model.age) return;
  client.disconnect();
  const connection = await client.connect();
  if (lastProduce.send.outcome === "refused") return;
  if (!lastProduce.isIdempotent) lastProduce.send.mayRepeat = true;
  const { responses } = await connection.askFrame("Produce", version, lastProduce.frame, 8_000);
  client.note("replay", answered(responses[0]!.partitionResponses[0]!.errorCode, "replay"));
}

/** Sends it once, or twice at the same time. */
export async function attemptOnce(client: Client, batch: Batch, operation: string, isDoubled = false): Promise<Attempt> {
  const connection = await client.connect();
  const frame = connection.encode("Produce", version, batch.request);
  client.lastProduce = { frame, send: batch.send, isIdempotent: operation === "produce idempotently", age: client.stage.model.age };
  const ask = () => connection.askFrame("Produce", version, frame, 8_000);
  const answers = await Promise.all(isDoubled ? [ask(), ask()] : [ask()]);
  const attempts = answers.map(({ responses }) => judge(client, batch, operation, responses[0]!.partitionResponses[0]!));
  return attempts.find((attempt) => attempt !== "refused") ?? "refused";
}

/** What one answer says of a batch, held against what is known of it. */
function judge(client: Client, batch: Batch, operation: string, answer: { errorCode: number; baseOffset: number }): Attempt {
  const { send, partition, topic, acks } = batch;
  const { baseOffset } = answer;
  const code = answered(answer.errorCode, operation);
  client.note(operation, code, baseOffset);
  if (code === "NONE") {
    partition.acknowledge(send, { baseOffset, acks: acks as 1 | -1 });
    return "acknowledged";
  }
  if (code === "OUT_OF_ORDER_SEQUENCE_NUMBER") {
    // A cluster that was put back gives out producer ids once more that its logs know already.
    const isPutBack = client.stage.model.age > 0;
    const hasLost = client.producer.mayMiss(partition) || partition.isDamaged || topic.isDoomed || isPutBack;
    holds(hasLost, "I4", { partition: partition.name, first: send.values[0], losses: partition.losses });
  }
  if (code === "UNKNOWN_TOPIC_ID") topic.seen(false, false);
  const isDoubtful = client.stage.mayLoseLead && code === "NOT_LEADER_OR_FOLLOWER";
  return baseOffset === -1 && !isDoubtful ? "refused" : "unknown";
}

/** How a batch differs from that of a plain producer whose clock is right. */
interface BatchTraits {
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
  /** What its records are stamped with; the client's time where it is left out. */
  readonly timestamp?: number;
}

/** Values that nobody has sent before, in a batch for this partition. */
export function drawBatch(
  client: Client,
  target: Target,
  acks: Batch["acks"],
  { timestamp = client.runtime.clock.wallMs(), ...identity }: BatchTraits,
): Batch {
  const { chance, stage } = client;
  const values = Array.from({ length: 1 + chance.below(6) }, () => stage.model.nextValue());
  const keyBytes = chance.pick([0, 10, 200]);
  const records = values.map((value) => ({ key: Buffer.alloc(keyBytes, 0x6b), value: Buffer.from(value), timestamp }));
  const batch = compressBatch(encodeBatch(records, identity), chance.pick(compressions));
  const partitionData = [{ index: target.partition.index, records: batch }];
  return {
    ...target,
    acks,
    send: target.partition.send(values),
    request: { acks, timeoutMs: 3_000, topicData: [{ topicId: target.topic.id as TopicId, partitionData }] },
  };
}
