import { zeroUuid } from "@millrace/vocabulary";
import { type Scenario, scenario } from "../scenario.ts";
import type { Side } from "../side.ts";
import { illegalNames, longestName, unknownId } from "./names.ts";

const creatable = (name: string, changes: object = {}) => ({
  name,
  numPartitions: 1,
  replicationFactor: 1,
  assignments: [] as { partitionIndex: number; brokerIds: number[] }[],
  configs: [] as { name: string; value: string | null }[],
  ...changes,
});
const deletable = (name: string) => ({ name, topicId: zeroUuid });
const timeoutMs = 10_000;

/** Resolves when a broker has heard that a topic is gone. */
async function isGone(side: Side, name: string): Promise<void> {
  await side.arrangeUntil(
    "Metadata",
    12,
    { topics: [{ name, topicId: zeroUuid }], allowAutoTopicCreation: false },
    ({ topics }) => topics[0]!.errorCode !== 0,
  );
}

export const topicsScenarios: readonly Scenario[] = [
  scenario("CreateTopics that works", async (side) => {
    await side.askEach("one partition", "CreateTopics", (version) => ({ topics: [creatable(`create-one-${version}`)], timeoutMs }));
    await side.askEach("three partitions and a config", "CreateTopics", (version) => ({
      topics: [creatable(`create-three-${version}`, { numPartitions: 3, configs: [{ name: "retention.ms", value: "1000" }] })],
      timeoutMs,
    }));
    await side.askEach("an assignment", "CreateTopics", (version) => {
      const assignments = [0, 1].map((partitionIndex) => ({ partitionIndex, brokerIds: [1] }));
      return { topics: [creatable(`create-assigned-${version}`, { numPartitions: -1, replicationFactor: -1, assignments })], timeoutMs };
    });
    await side.askEach("only validated", "CreateTopics", (version) => ({
      topics: [creatable(`create-validated-${version}`, { numPartitions: 2 })],
      timeoutMs,
      validateOnly: true,
    }));
    for (const version of side.versionsOf("CreateTopics").filter((each) => each >= 4)) {
      const topics = [creatable(`create-default-${version}`, { numPartitions: -1, replicationFactor: -1 })];
      await side.attempt("the broker's defaults", "CreateTopics", version, { topics, timeoutMs });
    }
    await side.askEach("no topics", "CreateTopics", () => ({ topics: [], timeoutMs }));
    await side.askEach("no time", "CreateTopics", (version) => ({ topics: [creatable(`create-now-${version}`)], timeoutMs: 0 }));
    await side.askEach("the longest name", "CreateTopics", () => ({ topics: [creatable(longestName)], timeoutMs }));
  }),

  scenario("CreateTopics that is refused", async (side) => {
    await side.createTopic("create-refused");
    const each = (situation: string, ...topics: object[]) =>
      side.askEach(situation, "CreateTopics", () => ({ topics: topics as ReturnType<typeof creatable>[], timeoutMs }));
    await each("a topic that exists", creatable("create-refused"));
    await each("a topic whose name collides", creatable("create_refused"), creatable("create.refused"));
    await each("a topic twice", creatable("create-twice"), creatable("create-twice", { numPartitions: 2 }));
    for (const name of illegalNames) await each("an illegal name", creatable(name));
    for (const numPartitions of [0, -2, -1])
      await each(`${numPartitions} partitions`, creatable(`create-count${numPartitions}`, { numPartitions }));
    for (const replicationFactor of [0, -2, 2])
      await each(`replication factor ${replicationFactor}`, creatable(`create-factor${replicationFactor}`, { replicationFactor }));
    const assigned = (...assignments: { partitionIndex: number; brokerIds: number[] }[]) =>
      creatable("create-bad", { numPartitions: -1, replicationFactor: -1, assignments });
    await each("an assignment and a count", { ...assigned({ partitionIndex: 0, brokerIds: [1] }), numPartitions: 1 });
    await each("an assignment and a factor", { ...assigned({ partitionIndex: 0, brokerIds: [1] }), replicationFactor: 1 });
    await each("an assignment with a gap", assigned({ partitionIndex: 0, brokerIds: [1] }, { partitionIndex: 2, brokerIds: [1] }));
    await each("an assignment that begins with 1", assigned({ partitionIndex: 1, brokerIds: [1] }));
    await each("an assignment twice", assigned({ partitionIndex: 0, brokerIds: [1] }, { partitionIndex: 0, brokerIds: [1] }));
    await each("an assignment to an unknown broker", assigned({ partitionIndex: 0, brokerIds: [7] }));
    await each("an assignment to nobody", assigned({ partitionIndex: 0, brokerIds: [] }));
    await each("an assignment to a broker twice", assigned({ partitionIndex: 0, brokerIds: [1, 1] }));
  }),

  scenario("CreateTopics with configs that are refused", async (side) => {
    const each = (situation: string, ...configs: { name: string; value: string | null }[]) =>
      side.askEach(situation, "CreateTopics", () => ({ topics: [creatable("create-configured", { configs })], timeoutMs }));
    await each("an unknown config", { name: "no.such.config", value: "1" });
    await each("a config of another type", { name: "retention.ms", value: "soon" });
    await each("a config out of range", { name: "segment.bytes", value: "1" });
    await each("a config without a value", { name: "retention.ms", value: null });
    await each("an empty value", { name: "retention.ms", value: "" });
    await each("an empty config name", { name: "", value: "1" });
    await each("a word that is none of the allowed", { name: "cleanup.policy", value: "keep" });
  }),

  scenario("DeleteTopics", async (side) => {
    for (const version of side.versionsOf("DeleteTopics")) {
      const name = `delete-${version}`;
      await side.createTopic(name);
      await side.attempt("a topic by name", "DeleteTopics", version, { topics: [deletable(name)], timeoutMs });
      await isGone(side, name);
      await side.attempt("a topic that is gone", "DeleteTopics", version, { topics: [deletable(name)], timeoutMs });
      await side.attempt("an illegal name", "DeleteTopics", version, { topics: [deletable("no/name"), deletable("")], timeoutMs });
      await side.attempt("no topics", "DeleteTopics", version, { topics: [], timeoutMs });
      await side.createTopic(`${name}-twice`);
      await side.attempt("a topic twice", "DeleteTopics", version, {
        topics: [deletable(`${name}-twice`), deletable(`${name}-twice`)],
        timeoutMs,
      });
    }
  }),

  scenario("DeleteTopics by id", async (side) => {
    const topicId = await side.createTopic("delete-by-id");
    const other = await side.createTopic("delete-by-id-other");
    const ask = (situation: string, ...topics: { name: string | null; topicId: string }[]) =>
      side.attempt(situation, "DeleteTopics", 6, { topics, timeoutMs });
    await ask("an id and a name", { name: "delete-by-id", topicId });
    await ask("neither id nor name", { name: null, topicId: zeroUuid });
    await ask("an unknown id", { name: null, topicId: unknownId });
    await ask("an id twice", { name: null, topicId: other }, { name: null, topicId: other });
    await ask("an id and, apart, its name", { name: null, topicId: other }, deletable("delete-by-id-other"));
    await ask("an id", { name: null, topicId });
    await isGone(side, "delete-by-id");
    await ask("an id that is gone", { name: null, topicId });
  }),

  scenario("CreatePartitions", async (side) => {
    for (const version of side.versionsOf("CreatePartitions")) {
      const name = `grow-${version}`;
      await side.createTopic(name);
      const ask = (situation: string, count: number, assignments: { brokerIds: number[] }[] | null = null, topic = name) =>
        side.attempt(situation, "CreatePartitions", version, {
          topics: [{ name: topic, count, assignments }],
          timeoutMs,
          validateOnly: false,
        });
      for (const count of [1, 0, -1]) await ask(`${count} partitions of one`, count);
      await ask("one more partition", 2);
      await side.arrangeUntil("Metadata", 12, { topics: [deletable(name)] }, ({ topics }) => topics[0]!.partitions.length === 2);
      await ask("fewer partitions", 1);
      await ask("an assignment to an unknown broker", 3, [{ brokerIds: [7] }]);
      await ask("an assignment to nobody", 3, [{ brokerIds: [] }]);
      await ask("an assignment to a broker twice", 3, [{ brokerIds: [1, 1] }]);
      await ask("too short an assignment", 4, [{ brokerIds: [1] }]);
      await ask("too long an assignment", 3, [{ brokerIds: [1] }, { brokerIds: [1] }]);
      await ask("an assignment", 3, [{ brokerIds: [1] }]);
      await ask("an unknown topic", 2, null, "grow-unknown");
      for (const illegal of illegalNames) await ask("an illegal name", 2, null, illegal);
      await side.attempt("a topic twice", "CreatePartitions", version, {
        topics: [5, 6].map((count) => ({ name, count, assignments: null })),
        timeoutMs,
        validateOnly: false,
      });
      await side.attempt("only validated", "CreatePartitions", version, {
        topics: [{ name, count: 9, assignments: null }],
        timeoutMs,
        validateOnly: true,
      });
      await side.attempt("no topics", "CreatePartitions", version, { topics: [], timeoutMs, validateOnly: false });
    }
  }),
];
