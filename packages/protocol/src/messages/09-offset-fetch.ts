import { zeroUuid, type TopicId } from "@millrace/vocabulary";
import { array, bool, errorCode, int32, leaderEpoch, offset, string, throttleTimeMs, topicId } from "../declaration/fields.ts";
import { type InputOf, oneShape, request, response, type TypeOf } from "../declaration/message.ts";
import { onlyOne } from "../declaration/only-one.ts";

const WireRequest = request("OffsetFetch", { key: 9, versions: "1-10", flexible: "6+" }).fields({
  groupId: string({ versions: "0-7" }),
  topics: array({
    name: string(),
    partitionIndexes: array(int32()),
  }).with({ versions: "0-7", nullable: "2-7" }),
  groups: array({
    groupId: string(),
    /** Null and -1: the group is a classic one, or the client no member of it. */
    memberId: string({ versions: "9+", nullable: "9+", absent: null, ignorable: true }),
    memberEpoch: int32({ versions: "9+", absent: -1, ignorable: true }),
    /** Null: everything the group has committed. */
    topics: array({
      name: string({ versions: "0-9", ignorable: true }),
      topicId: topicId({ versions: "10+", ignorable: true }),
      partitionIndexes: array(int32()),
    }).with({ nullable: "0+" }),
  }).with({ versions: "8+" }),
  /** Whether offsets that an open transaction may still change are held back with UNSTABLE_OFFSET_COMMIT. */
  requireStable: bool({ versions: "7+", absent: false }),
});

/**
 * Asks how far groups have read. Version 2 can ask for everything, 7 for stable offsets, 8 for several groups, 9 as a member by
 * KIP-848; 10 names topics by id. Before version 8 there is one group exactly.
 */
export const OffsetFetchRequest = oneShape(WireRequest, {
  fromWire: ({ groupId, topics, groups, requireStable }, version): Pick<TypeOf<typeof WireRequest>, "groups" | "requireStable"> => ({
    groups: version >= 8 ? groups : [{ groupId, memberId: null, memberEpoch: -1, topics: topics && withIds(topics) }],
    requireStable,
  }),
  toWire: ({ groups, requireStable }: OffsetFetch, version) =>
    version >= 8
      ? { groupId: "", topics: [], groups, requireStable }
      : { ...onlyOne("OffsetFetch", version, groups), groups: [], requireStable },
});

type OffsetFetch = Pick<InputOf<typeof WireRequest>, "groups" | "requireStable">;

const WireResponse = response("OffsetFetch", { key: 9, versions: "1-10", flexible: "6+" }).fields({
  throttleTimeMs: throttleTimeMs({ versions: "3+" }),
  topics: array({
    name: string(),
    partitions: array({
      partitionIndex: int32(),
      committedOffset: offset(),
      committedLeaderEpoch: leaderEpoch({ versions: "5+", absent: -1, ignorable: true }),
      metadata: string({ nullable: "0+" }),
      errorCode: errorCode(),
    }),
  }).with({ versions: "0-7" }),
  errorCode: errorCode({ versions: "2-7", absent: 0, ignorable: true }),
  groups: array({
    groupId: string(),
    topics: array({
      name: string({ versions: "0-9", ignorable: true }),
      topicId: topicId({ versions: "10+", ignorable: true }),
      partitions: array({
        partitionIndex: int32(),
        /** -1: nothing was committed, which is no error. */
        committedOffset: offset(),
        committedLeaderEpoch: leaderEpoch({ absent: -1 }),
        metadata: string({ nullable: "0+" }),
        errorCode: errorCode(),
      }),
    }),
    /** Of the group as a whole. */
    errorCode: errorCode({ absent: 0 }),
  }).with({ versions: "8+" }),
});

/**
 * One answer for each group. Before version 8 the one group's id does not travel; version 1 tells its error by each partition
 * that the answer lists.
 */
export const OffsetFetchResponse = oneShape(WireResponse, {
  fromWire: (
    { throttleTimeMs: throttled, topics, errorCode: error, groups },
    version,
  ): Pick<TypeOf<typeof WireResponse>, "throttleTimeMs" | "groups"> => ({
    throttleTimeMs: throttled,
    groups: version >= 8 ? groups : [{ groupId: "", topics: withIds(topics), errorCode: error }],
  }),
  toWire: ({ throttleTimeMs: throttled, groups }: OffsetsFetched, version) => {
    if (version >= 8) return { throttleTimeMs: throttled, topics: [], groups };
    const { topics, errorCode: error = 0 } = onlyOne("OffsetFetch", version, groups);
    return { throttleTimeMs: throttled, topics: version === 1 ? withError(topics, error) : topics, errorCode: error, groups: [] };
  },
});

type OffsetsFetched = Pick<InputOf<typeof WireResponse>, "throttleTimeMs" | "groups">;
type FetchedTopics = OffsetsFetched["groups"][number]["topics"];

function withError(topics: FetchedTopics, error: number): FetchedTopics {
  if (error === 0) return topics;
  return topics.map((topic) => ({ ...topic, partitions: topic.partitions.map((partition) => ({ ...partition, errorCode: error })) }));
}

/** Topics of the versions that name them, in the shape of those that have ids. */
function withIds<Topic extends object>(topics: readonly Topic[]): (Topic & { readonly topicId: TopicId })[] {
  return topics.map((topic) => ({ ...topic, topicId: zeroUuid }));
}
