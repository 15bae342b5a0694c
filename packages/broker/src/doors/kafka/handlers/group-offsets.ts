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
  group: OffsetFetch["groups"][number],
  requireStable: boolean,
  call: KafkaCall,
): Promise<FetchedGroup> {
  const { groupId, topics } = group;
  const known = broker.image.topics;
  const nameOf = (topic: { name: string; topicId: TopicId }) =>
    call.version >= topicIdVersion ? known.byId(topic.topicId)?.name : topic.name;
  const missing = topics?.filter((topic) => nameOf(topic) === undefined) ?? [];
  try {
    call.guard.check(groupId);
    const partitions = topics?.flatMap((topic) => {
      const name = nameOf(topic);
      return name === undefined ? [] : topic.partitionIndexes.map((partition) => ({ topic: name, partition }));
    });
    const committed = await broker.groups.fetchOffsets({ groupId, partitions, requireStable });
    return {
      groupId,
      errorCode: 0,
      topics: groupByTopic(
        committed,
        ({ topic }) => topic,
        ({ partition, offset, leaderEpoch, metadata, error }) => ({
          partitionIndex: partition,
          committedOffset: offset,
          committedLeaderEpoch: leaderEpoch as FetchedEpoch,
          metadata,
          errorCode: errorCodeOf(error),
        }),
      )
        .map(({ topic, partitions: found }) => ({
          name: topic,
          topicId: known.byName(topic)?.id ?? TopicId(zeroUuid),
          partitions: found,
        }))
        .concat(missing.map(missingTopic)),
    };
  } catch (error) {
    return { groupId, topics: [], errorCode: errorCodeOf(expectMillraceError(error)) };
  }
}

function missingTopic({ topicId, partitionIndexes }: { topicId: TopicId; partitionIndexes: readonly number[] }) {
  const errorCode = wireOf("UNKNOWN_TOPIC_ID");
  const partitions = partitionIndexes.map((partitionIndex) => ({ partitionIndex, ...noOffset, errorCode }));
  return { name: "", topicId, partitions };
}

const noOffset = { committedOffset: Offset(-1), committedLeaderEpoch: unknownLeaderEpoch, metadata: "" };

type FetchedEpoch = NonNullable<FetchedGroup["topics"][number]["partitions"][number]["committedLeaderEpoch"]>;

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
    const removed = await broker.groups.deleteOffsets(groupId, partitions.filter(isThere));
    let next = 0;
    const outcomes = partitions.map((asked) => (isThere(asked) ? removed[next++] : new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", asked)));
    const grouped = groupByTopic(
      partitions,
      ({ topic }) => topic,
      ({ partition }, index) => ({ partitionIndex: partition, errorCode: errorCodeOf(outcomes[index]) }),
    );
    return { errorCode: 0, topics: grouped.map(({ topic, partitions: answered }) => ({ name: topic, partitions: answered })) };
  } catch (error) {
    return { errorCode: errorCodeOf(expectMillraceError(error)), topics: [] };
  }
}
