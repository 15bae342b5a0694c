import type { CommittedOffset } from "@millrace/coordinator";
import type { RequestOf, ResponseOf } from "@millrace/protocol";
import { MillraceError, Offset, TopicId, unknownLeaderEpoch, wireOf, zeroUuid } from "@millrace/vocabulary";
import type { Broker } from "../../../broker.ts";
import { errorCodeOf, expectMillraceError } from "../error-codes.ts";
import { handler, type KafkaCall, type KafkaHandler } from "../handler.ts";
import { groupByTopic } from "../topic-groups.ts";

/** The first version of both that names topics by id. */
const topicIdVersion = 10;
/** The first version of OffsetCommit that knows GROUP_ID_NOT_FOUND. */
const missingGroupVersion = 9;

/** How far groups have read. */
export function groupOffsetsHandlers(broker: Broker): KafkaHandler<any>[] {
  return [
    handler("OffsetCommit", { resource: "group", access: "read", quota: "request" }, (request, call) => commit(broker, request, call)),
    handler("OffsetFetch", { resource: "group", access: "describe", quota: "request" }, (request, call) => fetch(broker, request, call)),
    handler("OffsetDelete", { resource: "group", access: "delete", quota: "request" }, (request, call) => remove(broker, request, call)),
  ];
}

type Commit = RequestOf<"OffsetCommit">;

async function commit(broker: Broker, request: Commit, call: KafkaCall): Promise<ResponseOf<"OffsetCommit">> {
  const byId = call.version >= topicIdVersion;
  const nameOf = ({ name, topicId }: { name: string; topicId: TopicId }) => (byId ? broker.image.topics.byId(topicId)?.name : name);
  const known = request.topics.filter((topic) => nameOf(topic) !== undefined);
  const partitions = known.flatMap((topic) =>
    topic.partitions.map(({ partitionIndex, committedOffset, committedLeaderEpoch, committedMetadata }) => ({
      topic: nameOf(topic)!,
      partition: partitionIndex,
      offset: committedOffset,
      leaderEpoch: committedLeaderEpoch,
      metadata: committedMetadata ?? "",
    })),
  );
  const outcomes = await commitAll(broker, request, partitions, call);
  let next = 0;
  return {
    topics: request.topics.map((topic) => ({
      name: topic.name,
      topicId: topic.topicId,
      partitions: topic.partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: errorCodeOf(nameOf(topic) === undefined ? new MillraceError("UNKNOWN_TOPIC_ID") : outcomes[next++]),
      })),
    })),
  };
}

type CommittedPartition = Parameters<Broker["groups"]["commitOffsets"]>[0]["partitions"][number];

async function commitAll(
  broker: Broker,
  request: Commit,
  partitions: readonly CommittedPartition[],
  { guard, version }: KafkaCall,
): Promise<(MillraceError | undefined)[]> {
  try {
    guard.check(request.groupId);
    return await broker.groups.commitOffsets({
      groupId: request.groupId,
      generationId: request.generationIdOrMemberEpoch,
      memberId: request.memberId,
      groupInstanceId: request.groupInstanceId ?? undefined,
      retentionMs: request.retentionTimeMs < 0 ? undefined : request.retentionTimeMs,
      reportsMissingGroup: version >= missingGroupVersion,
      partitions,
    });
  } catch (error) {
    const known = expectMillraceError(error);
    return partitions.map(() => known);
  }
}

type OffsetFetch = RequestOf<"OffsetFetch">;
type FetchedGroup = ResponseOf<"OffsetFetch">["groups"][number];

async function fetch(broker: Broker, { groups, requireStable }: OffsetFetch, call: KafkaCall): Promise<ResponseOf<"OffsetFetch">> {
  return { groups: await Promise.all(groups.map((group) => fetchGroup(broker, group, requireStable, call))) };
}

async function fetchGroup(
  broker: Broker,
  { groupId, topics }: OffsetFetch["groups"][number],
  requireStable: boolean,
  { guard, version }: KafkaCall,
): Promise<FetchedGroup> {
  try {
    guard.check(groupId);
    const asked = { groupId, requireStable };
    return {
      groupId,
      errorCode: 0,
      topics: await (topics === null ? allOffsets(broker, asked) : someOffsets(broker, asked, topics, version)),
    };
  } catch (error) {
    return { groupId, topics: [], errorCode: errorCodeOf(expectMillraceError(error)) };
  }
}

/** Of every partition that the group has an offset of. */
async function allOffsets(broker: Broker, asked: { groupId: string; requireStable: boolean }): Promise<FetchedTopic[]> {
  const committed = await broker.groups.fetchOffsets({ ...asked, partitions: undefined });
  const topicId = (topic: string) => broker.image.topics.byName(topic)?.id ?? TopicId(zeroUuid);
  return groupByTopic(committed, ({ topic }) => topic, fetchedPartition).map(({ topic, partitions }) => ({
    name: topic,
    topicId: topicId(topic),
    partitions,
  }));
}

/** Topic by topic, as asked. An id that nobody knows is an error of its partitions. */
async function someOffsets(
  broker: Broker,
  asked: { groupId: string; requireStable: boolean },
  topics: NonNullable<OffsetFetch["groups"][number]["topics"]>,
  version: number,
): Promise<FetchedTopic[]> {
  const found = topics.map(({ name, topicId }) => (version >= topicIdVersion ? broker.image.topics.byId(topicId)?.name : name));
  const partitions = topics.flatMap(({ partitionIndexes }, index) => {
    const topic = found[index];
    return topic === undefined ? [] : partitionIndexes.map((partition) => ({ topic, partition }));
  });
  const committed = (await broker.groups.fetchOffsets({ ...asked, partitions })).values();
  return topics.map(({ topicId, partitionIndexes }, index) => ({
    name: found[index] ?? "",
    topicId,
    partitions: partitionIndexes.map((partitionIndex) =>
      found[index] === undefined ? { partitionIndex, ...unknownTopic } : fetchedPartition(committed.next().value!),
    ),
  }));
}

function fetchedPartition({ partition, offset, leaderEpoch, metadata, error }: CommittedOffset): FetchedTopic["partitions"][number] {
  return {
    partitionIndex: partition,
    committedOffset: offset,
    committedLeaderEpoch: leaderEpoch as FetchedEpoch,
    metadata,
    errorCode: errorCodeOf(error),
  };
}

const unknownTopic = {
  committedOffset: Offset(-1),
  committedLeaderEpoch: unknownLeaderEpoch,
  metadata: "",
  errorCode: wireOf("UNKNOWN_TOPIC_ID"),
};

type FetchedTopic = FetchedGroup["topics"][number];
type FetchedEpoch = NonNullable<FetchedTopic["partitions"][number]["committedLeaderEpoch"]>;

async function remove(
  broker: Broker,
  { groupId, topics }: RequestOf<"OffsetDelete">,
  { guard }: KafkaCall,
): Promise<ResponseOf<"OffsetDelete">> {
  const partitions = topics.flatMap(({ name, partitions: asked }) =>
    asked.map(({ partitionIndex }) => ({ topic: name, partition: partitionIndex })),
  );
  try {
    guard.check(groupId);
    const isThere = ({ topic, partition }: (typeof partitions)[number]) =>
      broker.image.topics.byName(topic)?.partitions[partition] !== undefined;
    const removed = (await broker.groups.deleteOffsets(groupId, partitions.filter(isThere))).values();
    const outcomeOf = (asked: (typeof partitions)[number]) =>
      isThere(asked) ? removed.next().value : new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", asked);
    return {
      errorCode: 0,
      topics: topics.map(({ name, partitions: asked }) => ({
        name,
        partitions: asked.map(({ partitionIndex }) => ({
          partitionIndex,
          errorCode: errorCodeOf(outcomeOf({ topic: name, partition: partitionIndex })),
        })),
      })),
    };
  } catch (error) {
    return { errorCode: errorCodeOf(expectMillraceError(error)), topics: [] };
  }
}
