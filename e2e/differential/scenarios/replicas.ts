import { BrokerId } from "@millrace/vocabulary";
import { scenario, type Scenario } from "../scenario.ts";

/** Leaders and replicas, as far as a cluster of one broker can move them. */
export const replicasScenarios: Scenario[] = [
  scenario("ElectLeaders", async (side) => {
    await side.createTopic("elected");
    for (const version of side.versionsOf("ElectLeaders")) {
      const ask = (situation: string, topicPartitions: { topic: string; partitions: number[] }[], electionType = 0) =>
        side.attempt(situation, "ElectLeaders", version, { electionType: version === 0 ? 0 : electionType, topicPartitions });
      for (const electionType of [0, 1]) {
        await ask(`election ${electionType} of what is led`, [{ topic: "elected", partitions: [0] }], electionType);
        await ask(`election ${electionType} of what is not there`, [{ topic: "elected", partitions: [7] }], electionType);
        await ask(`election ${electionType} in an unknown topic`, [{ topic: "elected-unknown", partitions: [0] }], electionType);
        await ask(`election ${electionType} of nothing`, [], electionType);
      }
      await ask("a partition twice", [{ topic: "elected", partitions: [0, 0] }]);
      await ask("a topic twice", [
        { topic: "elected", partitions: [0] },
        { topic: "elected", partitions: [0] },
      ]);
      await ask("an unknown election", [{ topic: "elected", partitions: [0] }], 7);
    }
  }),

  scenario("AlterPartitionReassignments", async (side) => {
    for (const version of side.versionsOf("AlterPartitionReassignments")) {
      const name = `reassigned-${version}`;
      await side.createTopic(name);
      const ask = (situation: string, replicas: number[] | null, { topic = name, partitionIndex = 0, allow = true } = {}) =>
        side.attempt(situation, "AlterPartitionReassignments", version, {
          allowReplicationFactorChange: version === 0 || allow,
          topics: [{ name: topic, partitions: [{ partitionIndex, replicas: replicas?.map(BrokerId) ?? null }] }],
        });
      await ask("where it is", [1]);
      await ask("an unknown broker", [7]);
      await ask("an unknown broker, too", [1, 7]);
      await ask("no broker", []);
      await ask("a broker twice", [1, 1]);
      await ask("another number of replicas", [1, 7], { allow: false });
      await ask("nothing is under way", null);
      await ask("an unknown partition", [1], { partitionIndex: 7 });
      await ask("an unknown partition is given up", null, { partitionIndex: 7 });
      await ask("an unknown topic", [1], { topic: "reassigned-unknown" });
      await side.attempt("no topics", "AlterPartitionReassignments", version, { topics: [] });
      await side.attempt("a topic without partitions", "AlterPartitionReassignments", version, { topics: [{ name, partitions: [] }] });
    }
  }),

  scenario("ListPartitionReassignments", async (side) => {
    await side.createTopic("listed");
    for (const version of side.versionsOf("ListPartitionReassignments")) {
      const ask = (situation: string, topics: { name: string; partitionIndexes: number[] }[] | null) =>
        side.attempt(situation, "ListPartitionReassignments", version, { topics });
      await ask("all", null);
      await ask("none", []);
      await ask("what is there", [{ name: "listed", partitionIndexes: [0] }]);
      await ask("what is not there", [
        { name: "listed", partitionIndexes: [7] },
        { name: "listed-unknown", partitionIndexes: [0] },
      ]);
    }
  }),
];
