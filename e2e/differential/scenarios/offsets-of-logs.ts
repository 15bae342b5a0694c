import { offsetNames } from "@millrace/protocol";
import { type Scenario, scenario } from "../scenario.ts";
import { batchOf, recordTimeMs } from "./batches.ts";

export const offsetsOfLogsScenarios: readonly Scenario[] = [
  scenario("ListOffsets", async (side) => {
    await side.createTopic("list-offsets", { partitions: 2 });
    await side.append("list-offsets", batchOf("a", "b", "c"));
    await side.append("list-offsets", batchOf("d"));
    const each = (
      situation: string,
      timestamp: number,
      { name = "list-offsets", partitions = [0], currentLeaderEpoch = -1, isolationLevel = 0, replicaId = -1 } = {},
    ) =>
      side.askEach(situation, "ListOffsets", (version) => ({
        replicaId,
        ...(version >= 2 ? { isolationLevel } : {}),
        topics: [{ name, partitions: partitions.map((partitionIndex) => ({ partitionIndex, currentLeaderEpoch, timestamp })) }],
        timeoutMs: 10_000,
      }));
    for (const [situation, timestamp] of Object.entries(offsetNames)) await each(situation, timestamp);
    for (const [situation, timestamp] of Object.entries(offsetNames)) await each(`${situation} of nothing`, timestamp, { partitions: [1] });
    for (const timestamp of [-7, -99, -(2 ** 53)]) await each("an unknown name", timestamp);
    for (const after of [-1, 0, 1, 2]) await each("a time", recordTimeMs + after);
    await each("a time after all records", recordTimeMs + 3);
    await each("time 0", 0);
    await each("a time of nothing", recordTimeMs, { partitions: [1] });
    await each("read committed", offsetNames.latest, { isolationLevel: 1 });
    await each("read committed, by time", recordTimeMs, { isolationLevel: 1 });
    await each("a debugging replica", offsetNames.latest, { replicaId: -2 });
    await each("another replica", offsetNames.latest, { replicaId: 1 });
    await each("an unknown topic", offsetNames.latest, { name: "list-offsets-unknown" });
    await each("an illegal name", offsetNames.latest, { name: "no/name" });
    for (const partition of [2, -1]) await each("a partition out of range", offsetNames.latest, { partitions: [partition] });
    await each("a partition twice", offsetNames.latest, { partitions: [0, 0, 1] });
    for (const currentLeaderEpoch of [0, 1, -2])
      await each(`leader epoch ${currentLeaderEpoch}`, offsetNames.latest, { currentLeaderEpoch });
  }),

  scenario("OffsetForLeaderEpoch", async (side) => {
    await side.createTopic("epochs", { partitions: 2 });
    await side.append("epochs", batchOf("a", "b"));
    const each = (situation: string, partition: number, leaderEpoch: number, { topic = "epochs", currentLeaderEpoch = -1 } = {}) =>
      side.askEach(situation, "OffsetForLeaderEpoch", (version) => ({
        ...(version >= 3 ? { replicaId: -1 } : {}),
        topics: [{ topic, partitions: [{ partition, currentLeaderEpoch, leaderEpoch }] }],
      }));
    for (const epoch of [0, 1, -1, -2]) await each(`epoch ${epoch}`, 0, epoch);
    for (const epoch of [0, 1, -1]) await each(`epoch ${epoch} of nothing`, 1, epoch);
    for (const currentLeaderEpoch of [0, 1, -2]) await each(`current epoch ${currentLeaderEpoch}`, 0, 0, { currentLeaderEpoch });
    await each("a partition out of range", 2, 0);
    await each("an unknown topic", 0, 0, { topic: "epochs-unknown" });
    await side.askEach("no topics", "OffsetForLeaderEpoch", () => ({ topics: [] }));
  }),

  scenario("DeleteRecords", async (side) => {
    for (const version of side.versionsOf("DeleteRecords")) {
      const name = `delete-records-${version}`;
      await side.createTopic(name);
      await side.append(name, batchOf("a", "b", "c", "d"));
      const ask = (situation: string, offset: number, { partition = 0, topic = name } = {}) =>
        side.attempt(situation, "DeleteRecords", version, {
          topics: [{ name: topic, partitions: [{ partitionIndex: partition, offset }] }],
          timeoutMs: 10_000,
        });
      await ask("up to an offset", 2);
      await ask("up to an offset that is gone", 1);
      await ask("up to the same offset", 2);
      for (const offset of [5, -2, 99]) await ask("outside the log", offset);
      await ask("up to the high watermark", -1);
      await ask("a partition out of range", 0, { partition: 1 });
      await ask("an unknown topic", 0, { topic: "delete-records-unknown" });
      await ask("an internal topic", 0, { topic: "__consumer_offsets" });
      await side.attempt("what is left", "ListOffsets", 7, {
        replicaId: -1,
        topics: [{ name, partitions: [{ partitionIndex: 0, timestamp: offsetNames.earliest }] }],
      });
      await side.attempt("a partition twice", "DeleteRecords", version, {
        topics: [{ name, partitions: [3, 4].map((offset) => ({ partitionIndex: 0, offset })) }],
        timeoutMs: 10_000,
      });
      await side.attempt("no topics", "DeleteRecords", version, { topics: [], timeoutMs: 10_000 });
    }
    const compacted = "delete-records-compacted";
    await side.createTopic(compacted, { configs: { "cleanup.policy": "compact" } });
    await side.askEach("a compacted topic", "DeleteRecords", () => ({
      topics: [{ name: compacted, partitions: [{ partitionIndex: 0, offset: 0 }] }],
      timeoutMs: 10_000,
    }));
  }),
];
