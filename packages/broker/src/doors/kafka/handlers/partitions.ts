import type { RequestOf, ResponseOf } from "@millrace/protocol";
import { Offset, unknownLeaderEpoch, wireOf } from "@millrace/vocabulary";
import type { Broker } from "../../../broker.ts";
import { deleteRecords } from "../../../operations/delete-records.ts";
import { endOffsetForEpoch } from "../../../operations/epoch-end.ts";
import { checkTopicName, locatePartition } from "../../../operations/locate.ts";
import { errorCodeOf, errorFields, expectMillraceError } from "../error-codes.ts";
import { handler, type KafkaCall, type KafkaHandler } from "../handler.ts";
import { onceEach } from "../once-each.ts";

/** What is asked of single partitions, at their leader. */
export function partitionsHandlers(broker: Broker): KafkaHandler<any>[] {
  return [
    handler("DeleteRecords", { resource: "topic", access: "delete", quota: "request" }, (request, call) => truncate(broker, request, call)),
    handler("OffsetForLeaderEpoch", { resource: "topic", access: "describe", quota: "request" }, (request, call) =>
      endOfEpoch(broker, request, call),
    ),
    handler("DescribeProducers", { resource: "topic", access: "read", quota: "request" }, (request, call) =>
      producers(broker, request, call),
    ),
    handler("DescribeLogDirs", { resource: "cluster", access: "describe", quota: "request" }, (request, call) =>
      logDirs(broker, request, call),
    ),
  ];
}

async function truncate(
  broker: Broker,
  { topics }: RequestOf<"DeleteRecords">,
  { guard }: KafkaCall,
): Promise<ResponseOf<"DeleteRecords">> {
  const truncateOne = async (topic: string, partitionIndex: number, offset: Offset) => {
    try {
      guard.check(topic);
      return { partitionIndex, lowWatermark: await deleteRecords(broker, topic, partitionIndex, offset), errorCode: 0 };
    } catch (error) {
      return { partitionIndex, lowWatermark: Offset(-1), errorCode: errorCodeOf(expectMillraceError(error)) };
    }
  };
  const answers = topics.map(async ({ name, partitions }) => ({
    name,
    partitions: await Promise.all(
      // The last one counts.
      onceEach(partitions.toReversed(), ({ partitionIndex }) => partitionIndex).map(({ partitionIndex, offset }) =>
        truncateOne(name, partitionIndex, offset),
      ),
    ),
  }));
  return { topics: await Promise.all(answers) };
}

function endOfEpoch(
  broker: Broker,
  { topics }: RequestOf<"OffsetForLeaderEpoch">,
  { guard }: KafkaCall,
): ResponseOf<"OffsetForLeaderEpoch"> {
  const nothing = { leaderEpoch: unknownLeaderEpoch, endOffset: Offset(-1) };
  return {
    topics: topics.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map(({ partition: index, currentLeaderEpoch, leaderEpoch }) => {
        try {
          guard.check(topic);
          const partition = locatePartition(broker, { name: topic }, index);
          partition.checkLeader(currentLeaderEpoch);
          const end = endOffsetForEpoch(partition, leaderEpoch);
          return {
            errorCode: 0,
            partition: index,
            ...(end === undefined ? nothing : { leaderEpoch: end.epoch, endOffset: end.endOffset }),
          };
        } catch (error) {
          return { errorCode: errorCodeOf(expectMillraceError(error)), partition: index, ...nothing };
        }
      }),
    })),
  };
}

function producers(broker: Broker, { topics }: RequestOf<"DescribeProducers">, { guard }: KafkaCall): ResponseOf<"DescribeProducers"> {
  return {
    topics: topics.map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((partitionIndex) => {
        try {
          checkTopicName(name);
          guard.check(name);
          const partition = locatePartition(broker, { name }, partitionIndex);
          partition.checkLeader();
          const activeProducers = partition.log.producers().map((producer) => ({
            producerId: producer.producerId,
            producerEpoch: producer.producerEpoch,
            lastSequence: producer.lastSequence,
            lastTimestamp: producer.lastTimestampMs,
            coordinatorEpoch: producer.coordinatorEpoch,
            currentTxnStartOffset: producer.openTransactionFirstOffset ?? Offset(-1),
          }));
          return { partitionIndex, ...errorFields(undefined), activeProducers };
        } catch (error) {
          return { partitionIndex, ...errorFields(expectMillraceError(error)), activeProducers: [] };
        }
      }),
    })),
  };
}

async function logDirs(
  broker: Broker,
  { topics }: RequestOf<"DescribeLogDirs">,
  { guard }: KafkaCall,
): Promise<ResponseOf<"DescribeLogDirs">> {
  if (!guard.allowsCluster()) return { errorCode: wireOf("CLUSTER_AUTHORIZATION_FAILED"), results: [] };
  const wanted = topics === null ? undefined : new Map(topics.map(({ topic, partitions }) => [topic, new Set(partitions)]));
  const byTopic = new Map<string, { partitionIndex: number; partitionSize: number; offsetLag: number; isFutureKey: boolean }[]>();
  for (const partition of broker.replicas.all()) {
    if (wanted !== undefined && !wanted.get(partition.topic)?.has(partition.index)) continue;
    const known = byTopic.get(partition.topic) ?? [];
    byTopic.set(partition.topic, known);
    known.push({ partitionIndex: partition.index, partitionSize: partition.log.sizeBytes, offsetLag: 0, isFutureKey: false });
  }
  const usableBytes = await broker.runtime.disk.freeBytes(broker.directory.path);
  const described = [...byTopic].map(([name, partitions]) => ({ name, partitions }));
  return { errorCode: 0, results: [{ errorCode: 0, logDir: broker.directory.path, topics: described, usableBytes }] };
}
