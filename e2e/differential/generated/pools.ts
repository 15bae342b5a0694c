import type { ApiName } from "@millrace/protocol";
import type { Pools } from "@millrace/protocol/testing";
import { compressBatch } from "@millrace/records";
import { zeroUuid } from "@millrace/vocabulary";
import * as fc from "fast-check";
import { batchOf, batchWith, bent, recordOf, recordTimeMs, resealed } from "../scenarios/batches.ts";
import { illegalNames, unknownId } from "../scenarios/names.ts";

/** What a generated request is about: each API has its own, so that what one changes does not show in another. */
export interface Subjects {
  readonly topics: readonly string[];
  readonly groupId: string;
}

/** What stands in a generated request for what each broker makes up by itself. */
export const placeholders = { topicId: "placeholder-of-an-idAA", memberId: "placeholder-of-a-member" } as const;

/** A subscription to nothing: of some other bytes Kafka's group coordinator fails to make one, and never answers. */
const subscription = Buffer.from([0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);

/** Each as likely as the others; what is as it should be stands twice. */
const anyOf = (...values: readonly unknown[]) => fc.constantFrom(...values);
const small = [-2, -1, 0, 0, 1, 2, 99] as const;
const offsets = [-7, -3, -2, -1, 0, 0, 1, 2, 3, 4, 5, 99, Number.MAX_SAFE_INTEGER] as const;
const keys = ["retention.ms", "cleanup.policy", "segment.bytes", "max.message.bytes", "no.such.config", ""] as const;
const values = ["1000", "compact", "delete", "2000000", "-1", "-2", "", "no", null] as const;

/** What the fields of every API's requests hold by preference. */
export function poolsOf(api: ApiName, version: number, { topics, groupId }: Subjects): Pools {
  const names = anyOf(...topics, ...topics, `${topics[0]!}-unknown`, ...illegalNames);
  const groups = anyOf(groupId, groupId, `${groupId}-unknown`, "");
  return {
    ...numbers,
    ...switches,
    name: names,
    topic: names,
    topicName: names,
    topicNames: names,
    topicId: anyOf(placeholders.topicId, placeholders.topicId, zeroUuid, unknownId),
    groupId: groups,
    groups,
    groupsNames: groups,
    key: groups,
    coordinatorKeys: groups,
    memberId: anyOf(placeholders.memberId, placeholders.memberId, "", "nobody"),
    groupInstanceId: anyOf(null, null, null, "one"),
    protocolType: anyOf("consumer", "consumer", "connect", ""),
    protocolName: anyOf("range", "range", "other", ""),
    metadata: anyOf(subscription, subscription, Buffer.alloc(0)),
    committedMetadata: anyOf(null, "", "said", "m".repeat(5000)),
    transactionalId: anyOf(null, null, ""),
    records: anyOf(...batches),
    resourceName: names,
    configurationKeys: anyOf(...keys),
    value: anyOf(...values),
    clientSoftwareName: anyOf("differential", "", "a b", "a.b-c"),
    clientSoftwareVersion: anyOf("1.0", "", "-1"),
    statesFilter: anyOf("Dead", "no such state"),
    typesFilter: anyOf("share", "no such type"),
    ...exceptions(api, version, names),
  };
}

const numbers: Pools = {
  partition: anyOf(...small),
  partitions: anyOf(...small),
  index: anyOf(...small),
  partitionIndex: anyOf(...small),
  partitionIndexes: anyOf(...small),
  brokerIds: anyOf(1, 1, 1, 0, 7, -1),
  numPartitions: anyOf(1, 2, 3, 0, -1, -2),
  replicationFactor: anyOf(1, 1, -1, 0, 2, -2),
  count: anyOf(-1, 0, 1, 2, 3, 4),
  fetchOffset: anyOf(...offsets),
  offset: anyOf(...offsets),
  committedOffset: anyOf(...offsets),
  timestamp: anyOf(...offsets, recordTimeMs, recordTimeMs + 1, recordTimeMs + 9),
  leaderEpoch: anyOf(...small),
  currentLeaderEpoch: anyOf(-1, -1, ...small),
  lastFetchedEpoch: anyOf(-1, -1, ...small),
  committedLeaderEpoch: anyOf(...small),
  generationId: anyOf(1, 1, 0, 2, -1),
  generationIdOrMemberEpoch: anyOf(1, 1, 0, 2, -1),
  memberEpoch: anyOf(-1, 0, 3),
  producerId: anyOf(-1, 5),
  producerEpoch: anyOf(-1, 0, 3),
  acks: anyOf(-1, -1, 1, 1, 0, 2, -2),
  timeoutMs: fc.constant(10_000),
  maxWaitMs: fc.constant(0),
  minBytes: anyOf(0, 1, 1000),
  maxBytes: fc.constant(1 << 20),
  partitionMaxBytes: fc.constant(1 << 20),
  isolationLevel: anyOf(0, 1),
  replicaId: anyOf(-1, -1, -2),
  sessionTimeoutMs: anyOf(10_000, 10_000, 0, -1, 2_000_000),
  rebalanceTimeoutMs: anyOf(10_000, 0),
  transactionTimeoutMs: anyOf(1000, 0, -1),
  retentionTimeMs: anyOf(-1, 1000),
  sessionId: anyOf(0, 0, 0, 1),
  sessionEpoch: anyOf(-1, -1, 1, 5),
  resourceType: anyOf(2, 2, 2, 0, 1, 3, 127),
  resourceTypes: anyOf(8, 16, 32, 0, 127),
  keyType: anyOf(0, 0, 2, -1),
  endpointType: anyOf(1, 1, 0, 3),
  configOperation: anyOf(0, 0, 1, 2, 3),
  responsePartitionLimit: anyOf(-1, 0, 1, 2, 2000),
};

const switches: Pools = {
  allowAutoTopicCreation: fc.constant(false),
  includeDocumentation: fc.boolean(),
  validateOnly: fc.boolean(),
};

const batches = [
  batchOf("a"),
  batchOf("a", "b", "c"),
  compressBatch(batchOf("a", "b"), "gzip"),
  compressBatch(batchOf("a", "b"), "zstd"),
  batchWith({ producerId: 7, producerEpoch: 0, baseSequence: 0 }, recordOf("a")),
  batchWith({}, recordOf("a", { key: Buffer.from("k") })),
  bent((batch) => batch.writeUInt32BE(1, 17)),
  resealed(batchOf("a"), (batch) => batch.writeInt32BE(2, 57)),
  batchOf("cut").subarray(0, 65),
  Buffer.alloc(0),
] as const;

/** Fields of the same name that mean something else in one API, and what would keep the two from being compared there. */
function exceptions(api: ApiName, version: number, names: fc.Arbitrary<unknown>): Pools {
  switch (api) {
    case "CreateTopics":
      return { name: fc.oneof(names, names, anyOf(...keys)) };
    case "AlterConfigs":
    case "IncrementalAlterConfigs":
      return { name: anyOf(...keys) };
    case "JoinGroup":
      return { name: anyOf("range", "other") };
    case "Metadata":
      // Before version 4 what is unknown is created, and Kafka takes its time to see it.
      return version < 4 ? { name: names.filter((name) => typeof name === "string" && !name.endsWith("unknown")) } : {};
    default:
      return {};
  }
}
