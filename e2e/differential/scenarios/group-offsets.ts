import { type TopicId, zeroUuid } from "@millrace/vocabulary";
import { type Scenario, scenario } from "../scenario.ts";
import type { Side } from "../side.ts";
import { loneMember, near } from "./members.ts";
import { unknownId } from "./names.ts";

/** The first version of OffsetCommit and OffsetFetch that names topics by id. */
const topicIdVersion = 10;
/** The first version of OffsetFetch that asks for all topics, and the first for several groups. */
const allTopicsVersion = 2;
const groupsVersion = 8;

interface Committed {
  readonly groupId: string;
  readonly topic?: string;
  readonly topicId?: TopicId | string;
  readonly partitions?: readonly number[];
  readonly offset?: number;
  readonly metadata?: string | null;
  readonly generation?: number;
  readonly memberId?: string;
  readonly groupInstanceId?: string;
}

/** Commits in one version, to the topic that the scenario is about. */
function committer(side: Side, name: string, ownId: TopicId) {
  return (situation: string, version: number, commit: Committed) => {
    const { groupId, topic = name, topicId = ownId, partitions = [0], offset = 5, metadata = "", generation = -1, memberId = "" } = commit;
    return side.attempt(situation, "OffsetCommit", version, {
      groupId,
      generationIdOrMemberEpoch: generation,
      memberId,
      ...(commit.groupInstanceId === undefined ? {} : { groupInstanceId: commit.groupInstanceId }),
      topics: [
        {
          ...(version >= topicIdVersion ? { name: "", topicId } : { name: topic, topicId: zeroUuid }),
          partitions: partitions.map((partitionIndex) => ({ partitionIndex, committedOffset: offset, committedMetadata: metadata })),
        },
      ],
    });
  };
}

export const groupOffsetsScenarios: readonly Scenario[] = [
  scenario("OffsetCommit without members", async (side) => {
    const commit = committer(side, "commits", await side.createTopic("commits", { partitions: 2 }));
    for (const version of side.versionsOf("OffsetCommit")) {
      const groupId = `simple-${version}`;
      await commit("a simple group", version, { groupId });
      await commit("two partitions", version, { groupId, partitions: [0, 1] });
      await commit("a partition twice", version, { groupId, partitions: [0, 0] });
      await commit("no metadata", version, { groupId, metadata: null });
      await commit("the longest metadata", version, { groupId, metadata: "m".repeat(4096) });
      await commit("too long a metadata", version, { groupId, metadata: "m".repeat(4097) });
      await commit("offset 0", version, { groupId, offset: 0 });
      for (const offset of [-1, -2]) await commit("a negative offset", version, { groupId, offset });
      for (const partition of [2, -1]) await commit("a partition out of range", version, { groupId, partitions: [partition] });
      await commit("some partitions out of range", version, { groupId, partitions: [0, 9] });
      await commit("an unknown topic", version, { groupId, topic: "commits-unknown", topicId: unknownId });
      await commit("an illegal name", version, { groupId, topic: "no/name", topicId: zeroUuid });
      await commit("no group", version, { groupId: "" });
      await commit("a member of a group without any", version, { groupId, memberId: "nobody" });
      await commit("a generation of a group without any", version, { groupId, memberId: "nobody", generation: 1 });
      await commit("a generation of an unknown group", version, { groupId: "commits-unknown", memberId: "nobody", generation: 1 });
      const nothing = { groupId, generationIdOrMemberEpoch: -1, memberId: "", topics: [] };
      await side.attempt("no topics", "OffsetCommit", version, nothing);
    }
  }),

  scenario("OffsetCommit of members", async (side) => {
    const commit = committer(side, "commits-of-members", await side.createTopic("commits-of-members"));
    for (const version of side.versionsOf("OffsetCommit")) {
      const groupId = `members-${version}`;
      const memberId = await loneMember(side, groupId, near(side, "JoinGroup", version));
      await commit("a member", version, { groupId, memberId, generation: 1 });
      await commit("another generation", version, { groupId, memberId, generation: 2 });
      await commit("an unknown member", version, { groupId, memberId: "nobody", generation: 1 });
      await commit("nobody, while there are members", version, { groupId });
      if (version >= 7) await commit("an unknown instance", version, { groupId, memberId, generation: 1, groupInstanceId: "two" });
      await commit("too long a metadata", version, { groupId, memberId, generation: 1, metadata: "m".repeat(5000) });
      await commit("an unknown topic and another generation", version, {
        groupId,
        memberId,
        generation: 2,
        topic: "unknown",
        topicId: unknownId,
      });
    }
  }),

  scenario("OffsetFetch", async (side) => {
    const topicId = await side.createTopic("fetched", { partitions: 2 });
    const commit = committer(side, "fetched", topicId);
    await commit("a commit", 9, { groupId: "fetching", metadata: "said" });
    const topicsOf = (version: number, name: string, id: TopicId | string, partitionIndexes: number[]) => [
      version >= topicIdVersion ? { name: "", topicId: id, partitionIndexes } : { name, topicId: zeroUuid, partitionIndexes },
    ];
    await side.askEach("partitions with and without an offset", "OffsetFetch", (version) => ({
      groups: [{ groupId: "fetching", topics: topicsOf(version, "fetched", topicId, [0, 1]) }],
    }));
    await side.askEach("partitions out of range", "OffsetFetch", (version) => ({
      groups: [{ groupId: "fetching", topics: topicsOf(version, "fetched", topicId, [2, -1]) }],
    }));
    await side.askEach("an unknown topic", "OffsetFetch", (version) => ({
      groups: [{ groupId: "fetching", topics: topicsOf(version, "fetched-unknown", unknownId, [0]) }],
    }));
    await side.askEach("an unknown group", "OffsetFetch", (version) => ({
      groups: [{ groupId: "fetching-unknown", topics: topicsOf(version, "fetched", topicId, [0]) }],
    }));
    await side.askEach("an empty group id", "OffsetFetch", (version) => ({
      groups: [{ groupId: "", topics: topicsOf(version, "fetched", topicId, [0]) }],
    }));
    await side.askEach("no topics", "OffsetFetch", () => ({ groups: [{ groupId: "fetching", topics: [] }] }));
    for (const version of side.versionsOf("OffsetFetch").filter((each) => each >= allTopicsVersion)) {
      await side.attempt("all topics", "OffsetFetch", version, { groups: [{ groupId: "fetching", topics: null }] });
      await side.attempt("all topics of an unknown group", "OffsetFetch", version, {
        groups: [{ groupId: "fetching-unknown", topics: null }],
      });
      if (version < 7) continue;
      await side.attempt("stable offsets", "OffsetFetch", version, {
        groups: [{ groupId: "fetching", topics: null }],
        requireStable: true,
      });
    }
    for (const version of side.versionsOf("OffsetFetch").filter((each) => each >= groupsVersion)) {
      const groups = ["fetching", "fetching-unknown", ""].map((groupId) => ({ groupId, topics: null }));
      await side.attempt("several groups", "OffsetFetch", version, { groups });
      await side.attempt("a group twice", "OffsetFetch", version, { groups: [groups[0]!, groups[0]!] });
      await side.attempt("no groups", "OffsetFetch", version, { groups: [] });
      if (version < 9) continue;
      const memberOf = (groupId: string) => ({ groupId, memberId: "nobody", memberEpoch: 3, topics: null });
      await side.attempt("a member and an epoch", "OffsetFetch", version, { groups: [memberOf("fetching"), memberOf("fetching-unknown")] });
    }
  }),

  scenario("OffsetDelete", async (side) => {
    const commit = committer(side, "deleted", await side.createTopic("deleted", { partitions: 2 }));
    await commit("a commit", 9, { groupId: "deleting", partitions: [0, 1] });
    const ask = (situation: string, groupId: string, name: string, ...partitions: number[]) =>
      side.attempt(situation, "OffsetDelete", 0, {
        groupId,
        topics: [{ name, partitions: partitions.map((partitionIndex) => ({ partitionIndex })) }],
      });
    await ask("an offset", "deleting", "deleted", 0);
    await ask("an offset that is gone", "deleting", "deleted", 0);
    for (const partition of [2, -1]) await ask("a partition out of range", "deleting", "deleted", partition);
    await ask("a partition twice", "deleting", "deleted", 1, 1);
    await ask("an unknown topic", "deleting", "deleted-unknown", 0);
    await ask("an illegal name", "deleting", "no/name", 0);
    await ask("an unknown group", "deleting-unknown", "deleted", 0);
    await ask("an unknown group and an unknown topic", "deleting-unknown", "deleted-unknown", 0);
    await ask("an empty group id", "", "deleted", 0);
    await side.attempt("no topics", "OffsetDelete", 0, { groupId: "deleting", topics: [] });
    await side.attempt("what is left", "OffsetFetch", 5, { groups: [{ groupId: "deleting", topics: null }] });
    await loneMember(side, "deleting-member", 5);
    await ask("a group with members", "deleting-member", "deleted", 0);
  }),
];
