import { encodeBatch, type BatchOptions } from "@millrace/records";
import { codeOfWire, type ErrorCode, type TopicId, zeroUuid } from "@millrace/vocabulary";
import type { ResponseValue, WireClient } from "./wire-client.ts";

/** Creates a topic and gives its id. */
export async function createTopic(
  client: WireClient,
  name: string,
  { partitions = 1, replicationFactor = 1, configs = {} as Record<string, string> } = {},
): Promise<TopicId> {
  const entries = Object.entries(configs).map(([key, value]) => ({ name: key, value }));
  const { topics } = await client.ask("CreateTopics", 7, {
    topics: [{ name, numPartitions: partitions, replicationFactor, assignments: [], configs: entries }],
  });
  if (topics[0]!.errorCode !== 0) throw new Error(`${name}: ${codeOfWire(topics[0]!.errorCode)} ${topics[0]!.errorMessage}`);
  return topics[0]!.topicId;
}

/** A batch with these values, without keys. */
export function batchOf(values: readonly string[], options: BatchOptions = {}): Buffer {
  return encodeBatch(
    values.map((value) => ({ key: null, value: Buffer.from(value), timestamp: Date.now() })),
    options,
  );
}

export interface ProduceAnswer {
  readonly code: ErrorCode;
  readonly baseOffset: number;
}

/** Sends one batch; to partition 0 and with acks=all, where nothing is said. */
export async function produceBatch(
  client: WireClient,
  topic: string,
  records: Buffer | null,
  { version = 9, acks = -1, partition = 0 } = {},
): Promise<ProduceAnswer> {
  const { responses } = await client.ask("Produce", version, {
    acks,
    timeoutMs: 10_000,
    topicData: [{ name: topic, partitionData: [{ index: partition, records }] }],
  });
  const { errorCode, baseOffset } = responses[0]!.partitionResponses[0]!;
  return { code: codeOfWire(errorCode), baseOffset };
}

/** A fetch of one partition, 0 where nothing is said, without a session. */
export function fetchRequest(
  topic: string,
  offset: number,
  {
    partition: index = 0,
    waitMs = 0,
    bytesMin = 1,
    bytesMax = 1 << 20,
    partitionBytesMax = 1 << 20,
    currentLeaderEpoch = -1,
    lastFetchedEpoch = -1,
    isolation = 0,
  } = {},
) {
  const partition = { partition: index, fetchOffset: offset, partitionMaxBytes: partitionBytesMax, currentLeaderEpoch, lastFetchedEpoch };
  return {
    maxWaitMs: waitMs,
    minBytes: bytesMin,
    maxBytes: bytesMax,
    isolationLevel: isolation,
    topics: [{ topic, topicId: zeroUuid, partitions: [partition] }],
  };
}

type FetchedPartition = ResponseValue<"Fetch">["responses"][number]["partitions"][number];

/** What the one partition of a fetch answered. */
export interface FetchAnswer extends FetchedPartition {
  readonly code: ErrorCode;
  readonly bytes: number;
}

/** Fetches one partition. */
export async function fetchOne(
  client: WireClient,
  topic: string,
  offset: number,
  options: Parameters<typeof fetchRequest>[2] = {},
): Promise<FetchAnswer> {
  const { responses } = await client.ask("Fetch", 12, fetchRequest(topic, offset, options));
  const answer = responses[0]!.partitions[0]!;
  return { ...answer, code: codeOfWire(answer.errorCode), bytes: answer.records?.length ?? 0 };
}
