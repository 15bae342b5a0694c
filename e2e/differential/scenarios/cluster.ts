import { type Scenario, scenario } from "../scenario.ts";

export const clusterScenarios: readonly Scenario[] = [
  scenario("DescribeCluster", async (side) => {
    await side.askEach("plain", "DescribeCluster", () => ({ includeClusterAuthorizedOperations: false }));
    await side.askEach("authorized operations", "DescribeCluster", () => ({ includeClusterAuthorizedOperations: true }));
    for (const version of side.versionsOf("DescribeCluster").filter((each) => each >= 1)) {
      for (const endpointType of [0, 2, 3, -1]) {
        const request = { includeClusterAuthorizedOperations: false, endpointType };
        await side.attempt(`endpoint type ${endpointType}`, "DescribeCluster", version, request);
      }
    }
    for (const version of side.versionsOf("DescribeCluster").filter((each) => each >= 2)) {
      const request = { includeClusterAuthorizedOperations: false, includeFencedBrokers: true };
      await side.attempt("fenced brokers too", "DescribeCluster", version, request);
    }
  }),

  scenario("DescribeTopicPartitions", async (side) => {
    await side.createTopic("pages-a", { partitions: 3 });
    await side.createTopic("pages-b", { partitions: 1 });
    const topics = ["pages-b", "pages-a", "pages-unknown", "no/name"].map((name) => ({ name }));
    const ask = (situation: string, request: object) => side.attempt(situation, "DescribeTopicPartitions", 0, { topics, ...request });
    await ask("all at once", {});
    for (const limit of [1, 2, 3, 4, 0, -1]) await ask(`a limit of ${limit}`, { responsePartitionLimit: limit });
    await ask("a cursor", { cursor: { topicName: "pages-a", partitionIndex: 1 } });
    await ask("a cursor and a limit", { cursor: { topicName: "pages-a", partitionIndex: 1 }, responsePartitionLimit: 1 });
    await ask("a cursor at a topic that is not asked for", { cursor: { topicName: "pages-aa", partitionIndex: 0 } });
    await ask("a cursor behind the last partition", { cursor: { topicName: "pages-a", partitionIndex: 9 } });
    await ask("a cursor before the first partition", { cursor: { topicName: "pages-a", partitionIndex: -1 } });
    await ask("a topic twice", { topics: [{ name: "pages-a" }, { name: "pages-a" }] });
  }),

  scenario("DescribeQuorum", async (side) => {
    const metadata = { topicName: "__cluster_metadata", partitions: [{ partitionIndex: 0 }] };
    const ask = (situation: string, topics: readonly object[]) => side.askEach(situation, "DescribeQuorum", () => ({ topics }));
    await ask("the metadata", [metadata]);
    await ask("nothing", []);
    await ask("another partition", [{ ...metadata, partitions: [{ partitionIndex: 1 }] }]);
    await ask("two partitions", [{ ...metadata, partitions: [{ partitionIndex: 0 }, { partitionIndex: 1 }] }]);
    await ask("another topic", [{ ...metadata, topicName: "quorum-unknown" }]);
    await ask("another topic, too", [metadata, { ...metadata, topicName: "quorum-unknown" }]);
  }),

  scenario("UpdateFeatures", async (side) => {
    const ask = (situation: string, featureUpdates: readonly object[]) =>
      side.askEach(situation, "UpdateFeatures", () => ({ featureUpdates }));
    await ask("an unknown feature", [{ feature: "features.unknown", maxVersionLevel: 1 }]);
    await ask("no feature", []);
  }),

  scenario("DescribeLogDirs", async (side) => {
    await side.createTopic("dirs", { partitions: 2 });
    await side.askEach("some partitions", "DescribeLogDirs", () => ({ topics: [{ topic: "dirs", partitions: [0, 1] }] }));
    await side.askEach("a partition out of range", "DescribeLogDirs", () => ({ topics: [{ topic: "dirs", partitions: [0, 9, -1] }] }));
    await side.askEach("an unknown topic", "DescribeLogDirs", () => ({ topics: [{ topic: "dirs-unknown", partitions: [0] }] }));
    await side.askEach("no partitions of a topic", "DescribeLogDirs", () => ({ topics: [{ topic: "dirs", partitions: [] }] }));
    await side.askEach("no topics", "DescribeLogDirs", () => ({ topics: [] }));
  }),

  scenario("ListConfigResources", async (side) => {
    await side.attempt("client metrics", "ListConfigResources", 0, {});
    for (const type of [4, 8, 16, 32]) await side.attempt(`type ${type}`, "ListConfigResources", 1, { resourceTypes: [type] });
    for (const type of [0, 1, 3, -1, 127]) await side.attempt("an unknown type", "ListConfigResources", 1, { resourceTypes: [type] });
    await side.attempt("a type twice", "ListConfigResources", 1, { resourceTypes: [4, 4] });
  }),
];
