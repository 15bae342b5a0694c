import type { ApiName } from "./apis.ts";
import { parseVersions, type VersionRange, type Versions } from "./declaration/versions.ts";

/**
 * What brokers say that they serve, apart from what can be read and written: a version belongs here once its semantics are
 * there. Every client chooses by this table.
 *
 * - Produce 0 to 2 are listed and refused: librdkafka before 2.11 compresses only where it finds version 0 (KAFKA-18659).
 * - Fetch ends at 17, since 18 only serves replicas.
 */
const table = {
  Produce: "0-13",
  Fetch: "4-17",
  ListOffsets: "1-11",
  Metadata: "0-13",
  OffsetCommit: "2-10",
  OffsetFetch: "1-10",
  FindCoordinator: "0-5",
  JoinGroup: "0-9",
  Heartbeat: "0-4",
  LeaveGroup: "0-5",
  SyncGroup: "0-5",
  DescribeGroups: "0-6",
  ListGroups: "0-5",
  ApiVersions: "0-5",
  CreateTopics: "2-7",
  DeleteTopics: "1-6",
  DeleteRecords: "0-2",
  InitProducerId: "0-5",
  OffsetForLeaderEpoch: "2-4",
  DescribeConfigs: "1-4",
  AlterConfigs: "0-2",
  DescribeLogDirs: "1-4",
  CreatePartitions: "0-3",
  DeleteGroups: "0-2",
  ElectLeaders: "0-2",
  IncrementalAlterConfigs: "0-1",
  AlterPartitionReassignments: "0-1",
  ListPartitionReassignments: "0",
  OffsetDelete: "0",
  DescribeQuorum: "0-2",
  UpdateFeatures: "0-2",
  DescribeCluster: "0-2",
  DescribeProducers: "0",
  UnregisterBroker: "0",
  ListConfigResources: "0-1",
  DescribeTopicPartitions: "0",
  AddRaftVoter: "0-1",
  RemoveRaftVoter: "0",
} as const satisfies Record<ApiName, Versions>;

export const advertised: ReadonlyMap<ApiName, VersionRange> = new Map(
  Object.entries(table).map(([name, versions]) => [name as ApiName, parseVersions(versions)]),
);
