import { compressBatch } from "@millrace/records";
import { type TopicId, zeroUuid } from "@millrace/vocabulary";
import { type Scenario, scenario } from "../scenario.ts";
import type { Side } from "../side.ts";
import { batchOf } from "./batches.ts";
import { unknownId } from "./names.ts";

/** The first version that names topics by id. */
const topicIdVersion = 13;
/** The first version that checks the epoch of the last record. */
const lastEpochVersion = 12;
/** The first version with sessions. */
const sessionVersion = 7;

interface Partition {
  readonly topic?: string;
  readonly topicId?: TopicId | string;
  readonly partition?: number;
  readonly offset?: number;
  readonly bytesMax?: number;
  readonly leaderEpoch?: number;
  readonly lastEpoch?: number;
}

interface Limits {
  readonly minBytes?: number;
  readonly maxBytes?: number;
  readonly maxWaitMs?: number;
  readonly isolationLevel?: number;
  readonly sessionId?: number;
  readonly sessionEpoch?: number;
  readonly rackId?: string;
}

/** Makes requests about one topic, unless a partition says otherwise. */
function fetcher(name: string, ownId: TopicId) {
  return (version: number, partitions: readonly Partition[], { minBytes = 1, maxBytes = 1 << 20, ...limits }: Limits = {}) => ({
    maxWaitMs: 0,
    minBytes,
    maxBytes,
    ...limits,
    topics: partitions.map(
      ({ topic = name, topicId = ownId, partition = 0, offset = 0, bytesMax = 1 << 20, leaderEpoch = -1, lastEpoch = -1 }) => ({
        ...(version >= topicIdVersion ? { topic: "", topicId } : { topic, topicId: zeroUuid }),
        partitions: [
          {
            partition,
            fetchOffset: offset,
            partitionMaxBytes: bytesMax,
            currentLeaderEpoch: leaderEpoch,
            ...(version >= lastEpochVersion ? { lastFetchedEpoch: lastEpoch } : {}),
          },
        ],
      }),
    ),
  });
}

/** A topic with six records in three batches in partition 0, and none in partition 1. */
async function filled(side: Side, name: string): Promise<TopicId> {
  const topicId = await side.createTopic(name, { partitions: 2 });
  await side.append(name, batchOf("a"));
  await side.append(name, batchOf("b", "c"));
  await side.append(name, compressBatch(batchOf("d", "e", "f"), "gzip"));
  return topicId;
}

export const fetchScenarios: readonly Scenario[] = [
  scenario("Fetch of records", async (side) => {
    const request = fetcher("fetch", await filled(side, "fetch"));
    const each = (situation: string, partitions: readonly Partition[], limits: Limits = {}) =>
      side.askEach(situation, "Fetch", (version) => request(version, partitions, limits));
    for (const offset of [0, 1, 2, 3, 5]) await each("within the log", [{ offset }]);
    await each("at the end", [{ offset: 6 }]);
    for (const offset of [7, -1, -2, Number.MAX_SAFE_INTEGER]) await each("outside the log", [{ offset }]);
    await each("an empty partition", [{ partition: 1 }]);
    await each("two partitions", [{ offset: 1 }, { partition: 1 }]);
    await each("read committed", [{ offset: 0 }], { isolationLevel: 1 });
    await each("an unknown isolation", [{ offset: 0 }], { isolationLevel: 7 });
    await each("a rack", [{ offset: 0 }], { rackId: "somewhere" });
    await each("no partitions", []);
    await each("no minimum", [{ offset: 6 }], { minBytes: 0, maxWaitMs: 100 });
    await each("a negative wait", [{ offset: 6 }], { maxWaitMs: -1 });
  }),

  scenario("Fetch within limits", async (side) => {
    const request = fetcher("fetch-limits", await filled(side, "fetch-limits"));
    const each = (situation: string, partitions: readonly Partition[], limits: Limits = {}) =>
      side.askEach(situation, "Fetch", (version) => request(version, partitions, limits));
    for (const bytesMax of [0, 1, 69, 70, 150]) await each("bytes of a partition", [{ bytesMax }]);
    for (const maxBytes of [0, 1, 69, 70, 150]) await each("bytes of the answer", [{ offset: 0 }], { maxBytes });
    await each("a negative limit", [{ bytesMax: -1 }]);
    await each("a negative limit", [{ offset: 0 }], { maxBytes: -1 });
    await each("the same partition twice", [{ offset: 0 }, { offset: 3 }], { maxBytes: 100 });
  }),

  scenario("Fetch of what is not there", async (side) => {
    const request = fetcher("fetch-nowhere", await filled(side, "fetch-nowhere"));
    const each = (situation: string, partitions: readonly Partition[]) =>
      side.askEach(situation, "Fetch", (version) => request(version, partitions));
    for (const partition of [2, -1, 2 ** 31 - 1]) await each("a partition out of range", [{ partition }]);
    await each("an unknown topic", [{ topic: "fetch-unknown", topicId: unknownId }]);
    await each("an illegal name", [{ topic: "no/name", topicId: zeroUuid }]);
    await each("an unknown topic beside a known one", [{ topic: "fetch-unknown", topicId: unknownId }, { offset: 0 }]);
    for (const leaderEpoch of [1, 99]) await each("a leader epoch that is ahead", [{ leaderEpoch }]);
    await each("the leader epoch", [{ leaderEpoch: 0 }]);
    for (const leaderEpoch of [-2, -99]) await each("a negative leader epoch", [{ leaderEpoch }]);
    for (const lastEpoch of [0, 1, 99, -2]) await each(`a last epoch of ${lastEpoch}`, [{ offset: 3, lastEpoch }]);
    await each("a last epoch behind the end", [{ offset: 9, lastEpoch: 0 }]);
  }),

  scenario("Fetch sessions", async (side) => {
    const request = fetcher("fetch-session", await filled(side, "fetch-session"));
    for (const version of side.versionsOf("Fetch").filter((each) => each >= sessionVersion)) {
      const ask = (situation: string, partitions: readonly Partition[], sessionId: number, sessionEpoch: number) =>
        side.ask(situation, "Fetch", version, request(version, partitions, { sessionId, sessionEpoch }));
      const { sessionId } = await ask("a session begins", [{ offset: 0 }, { partition: 1 }], 0, 0);
      await ask("a session goes on", [], sessionId, 1);
      await ask("a session with a partition moved", [{ offset: 6 }], sessionId, 2);
      await ask("a session without news", [], sessionId, 3);
      await ask("a session with a partition that is not there", [{ partition: 7 }], sessionId, 4);
      await ask("an epoch that was", [], sessionId, 2);
      await ask("an epoch to come", [], sessionId, 9);
      await side.attempt("a session that forgets", "Fetch", version, {
        ...request(version, [], { sessionId, sessionEpoch: 5 }),
        forgottenTopicsData: request(version, [{}]).topics.map(({ topic, topicId }) => ({ topic, topicId, partitions: [7] })),
      });
      await ask("a session begun anew", [{ offset: 6 }], sessionId, 0);
      await ask("the session before it", [], sessionId, 6);
      const second = await ask("another session begins", [{ offset: 6 }], 0, 0);
      await ask("a session ends", [{ offset: 6 }], second.sessionId, -1);
      await ask("a session that has ended", [], second.sessionId, 1);
      await ask("an unknown session", [], 1, 1);
      await ask("no session, and a negative epoch", [{ offset: 6 }], 0, -7);
      await ask("no session, and an epoch", [{ offset: 6 }], 0, 5);
      await ask("a session of nothing", [], 0, 0);
    }
  }),
];
