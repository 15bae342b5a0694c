import { encodeBatch } from "@millrace/records";
import { BrokerId, LeaderEpoch, Offset, TopicId, zeroUuid } from "@millrace/vocabulary";
import { type ApiName, apis } from "../../src/apis.ts";
import { Writer } from "../../src/codec/writer.ts";
import type { Message } from "../../src/declaration/message.ts";
import { ConsumerProtocolAssignment, ConsumerProtocolSubscription } from "../../src/embedded/consumer-protocol.ts";
import { configOperations, configResourceTypes } from "../../src/index.ts";
import { Connection } from "./connection.ts";
import type { Address } from "./redirect.ts";

/** Asks a broker everything that is declared, in every version that both know: so its answers in each are seen. */
export async function askEveryVersion(broker: Address): Promise<void> {
  const connection = await Connection.open(broker);
  const { apiKeys } = await connection.ask("ApiVersions", 0, {});
  const ranges = new Map(apiKeys.map(({ apiKey, minVersion, maxVersion }) => [apiKey, { minVersion, maxVersion }]));
  const versionsOf = (name: ApiName): number[] => {
    const { key, request } = apis[name];
    const { minVersion, maxVersion } = ranges.get(key) ?? { minVersion: 0, maxVersion: -1 };
    const [first, last] = [Math.max(minVersion, request.versions.first), Math.min(maxVersion, request.versions.last)];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  };
  const interview = new Interview(connection, versionsOf);
  await interview.topics();
  await interview.records();
  await interview.groups();
  await interview.configs();
  await interview.rest();
  connection.close();
}

// A name of its own for each run, since members of a run that broke off may still be waited for.
const prefix = `captured-${process.pid}`;
const topic = prefix;

class Interview {
  readonly #connection: Connection;
  readonly #versionsOf: (name: ApiName) => number[];
  #topicId: TopicId = zeroUuid;

  constructor(connection: Connection, versionsOf: (name: ApiName) => number[]) {
    this.#connection = connection;
    this.#versionsOf = versionsOf;
  }

  async #each(name: ApiName, request: (version: number) => unknown): Promise<void> {
    for (const version of this.#versionsOf(name)) await this.#connection.ask(name, version, request(version) as never);
  }

  async topics(): Promise<void> {
    const creatable = (name: string, assigned: boolean) => ({
      name,
      numPartitions: assigned ? -1 : 2,
      replicationFactor: assigned ? -1 : 1,
      assignments: assigned ? [{ partitionIndex: 0, brokerIds: [BrokerId(1)] }] : [],
      configs: [{ name: "retention.ms", value: "3600000" }],
    });
    await this.#each("CreateTopics", (version) => ({
      topics: [creatable(topic, false), creatable(`${topic}-${version}`, true), creatable("no/name", false)],
    }));
    await this.#each("CreatePartitions", (version) => ({
      topics: [
        { name: topic, count: 3 + version, assignments: null },
        { name: "captured-none", count: 2, assignments: [{ brokerIds: [BrokerId(1)] }] },
      ],
      timeoutMs: 10_000,
      validateOnly: false,
    }));
    await this.#each("Metadata", () => ({
      topics: [
        { name: topic, topicId: zeroUuid },
        { name: "captured-none", topicId: zeroUuid },
      ],
      allowAutoTopicCreation: true,
    }));
    await this.#each("Metadata", () => ({ topics: null }));
    const { topics } = await this.#connection.ask("Metadata", 12, { topics: [{ name: topic, topicId: zeroUuid }] });
    this.#topicId = topics[0]!.topicId;
    await this.#each("DescribeTopicPartitions", () => ({
      topics: [{ name: topic }, { name: "captured-none" }],
      responsePartitionLimit: 2,
    }));
    await this.#each("DeleteTopics", (version) => ({
      topics: [`${topic}-${version}`, "captured-none"].map((name) => ({ name, topicId: zeroUuid })),
      timeoutMs: 10_000,
    }));
  }

  async records(): Promise<void> {
    const records = encodeBatch([{ key: Buffer.from("key"), value: Buffer.from("value"), timestamp: 1_700_000_000_000 }]);
    const partitions = (index: number) => ({ partition: index, fetchOffset: Offset(0), partitionMaxBytes: 1000 });
    await this.#each("Produce", () => ({
      acks: -1,
      timeoutMs: 10_000,
      topicData: [
        {
          name: topic,
          topicId: this.#topicId,
          partitionData: [
            { index: 0, records },
            { index: 99, records },
          ],
        },
      ],
    }));
    // The broker's refusal of a broken batch tells the error by record.
    const broken = Buffer.from(records);
    broken.writeInt8(9, 17);
    await this.#each("Produce", () => ({
      acks: 1,
      timeoutMs: 10_000,
      topicData: [{ name: topic, topicId: this.#topicId, partitionData: [{ index: 0, records: broken }] }],
    }));
    await this.#each("Fetch", () => ({
      maxWaitMs: 0,
      minBytes: 0,
      maxBytes: 2000,
      isolationLevel: 1,
      topics: [
        {
          topic,
          topicId: this.#topicId,
          partitions: [partitions(0), partitions(1), { ...partitions(0), partition: 99 }, { ...partitions(2), fetchOffset: Offset(77) }],
        },
      ],
    }));
    await this.#each("ListOffsets", () => ({
      replicaId: BrokerId(-1),
      topics: [{ name: topic, partitions: [-1, -2, -3, 0].map((timestamp, partitionIndex) => ({ partitionIndex, timestamp })) }],
    }));
    await this.#each("OffsetForLeaderEpoch", () => ({
      topics: [{ topic, partitions: [0, 99].map((partition) => ({ partition, leaderEpoch: LeaderEpoch(0) })) }],
    }));
    await this.#each("DescribeProducers", () => ({ topics: [{ name: topic, partitionIndexes: [0, 99] }] }));
    await this.#each("DescribeLogDirs", () => ({ topics: [{ topic, partitions: [0, 1] }] }));
    await this.#each("DescribeLogDirs", () => ({ topics: null }));
    await this.#each("DeleteRecords", () => ({
      topics: [{ name: topic, partitions: [0, 99].map((partitionIndex) => ({ partitionIndex, offset: Offset(1) })) }],
      timeoutMs: 10_000,
    }));
    await this.#each("InitProducerId", () => ({ transactionalId: null, transactionTimeoutMs: 60_000 }));
  }

  async groups(): Promise<void> {
    await this.#each("FindCoordinator", () => ({ keyType: 0, coordinatorKeys: [`${prefix}-0`] }));
    for (const version of this.#versionsOf("JoinGroup")) await this.#group(`${prefix}-${version}`, version);
    const topics = [{ name: topic, topicId: this.#topicId, partitionIndexes: [0, 1] }];
    await this.#each("OffsetFetch", () => ({ groups: [{ groupId: `${prefix}-0`, topics }] }));
    await this.#each("OffsetFetch", (version) => ({ groups: [{ groupId: `${prefix}-0`, topics: version > 1 ? null : topics }] }));
    const commits = [
      { name: topic, topicId: this.#topicId, partitions: [{ partitionIndex: 1, committedOffset: Offset(1), committedMetadata: null }] },
    ];
    await this.#each("OffsetCommit", () => ({ groupId: `${prefix}-0`, memberId: "", retentionTimeMs: 3_600_000, topics: commits }));
    await this.#each("OffsetDelete", () => ({
      groupId: `${prefix}-0`,
      topics: [{ name: topic, partitions: [{ partitionIndex: 0 }] }],
    }));
    await this.#each("DeleteGroups", (version) => ({ groupsNames: [`${prefix}-${version}`, "captured-none"] }));
  }

  /** The life of a group with one member, by the nearest versions that each API has. */
  async #group(groupId: string, version: number): Promise<void> {
    const near = (name: ApiName): number => Math.min(Math.max(version, apis[name].request.versions.first), this.#versionsOf(name).at(-1)!);
    const ask = this.#connection.ask.bind(this.#connection);
    const join = {
      groupId,
      sessionTimeoutMs: 10_000,
      rebalanceTimeoutMs: 10_000,
      protocolType: "consumer",
      protocols: [{ name: "range", metadata: subscription() }],
    };
    const first = await ask("JoinGroup", version, { ...join, memberId: "" });
    const joined = first.errorCode === 0 ? first : await ask("JoinGroup", version, { ...join, memberId: first.memberId });
    const { memberId, generationId } = joined;
    const member = { groupId, memberId, generationId };
    await ask("SyncGroup", near("SyncGroup"), {
      ...member,
      protocolType: "consumer",
      protocolName: "range",
      assignments: [{ memberId, assignment: assignment() }],
    });
    await ask("Heartbeat", near("Heartbeat"), member);
    await ask("DescribeGroups", near("DescribeGroups"), { groups: [groupId, "captured-none"], includeAuthorizedOperations: version >= 3 });
    const partitions = [0, 99].map((partitionIndex) => ({ partitionIndex, committedOffset: Offset(1), committedMetadata: "metadata" }));
    const commit = {
      groupId,
      memberId,
      generationIdOrMemberEpoch: generationId,
      topics: [{ name: topic, topicId: this.#topicId, partitions }],
    };
    await ask("OffsetCommit", near("OffsetCommit"), commit);
    await ask("ListGroups", near("ListGroups"), {});
    await ask("LeaveGroup", near("LeaveGroup"), { groupId, members: [{ memberId, groupInstanceId: null }] });
  }

  async configs(): Promise<void> {
    const resource = { resourceType: configResourceTypes.topic, resourceName: topic };
    await this.#each("DescribeConfigs", (version) => ({
      resources: [
        { ...resource, configurationKeys: ["retention.ms", "cleanup.policy"] },
        { ...resource, resourceName: "captured-none", configurationKeys: null },
      ],
      includeSynonyms: true,
      includeDocumentation: version >= 3,
    }));
    await this.#each("AlterConfigs", () => ({
      resources: [{ ...resource, configs: [{ name: "retention.ms", value: "1000000" }] }],
      validateOnly: true,
    }));
    const configs = [{ name: "retention.ms", value: "x", configOperation: configOperations.set }];
    await this.#each("IncrementalAlterConfigs", () => ({ resources: [{ ...resource, configs }], validateOnly: true }));
    await this.#each("UnregisterBroker", () => ({ brokerId: BrokerId(99) }));
    await this.#each("ListConfigResources", () => ({}));
  }

  async rest(): Promise<void> {
    await this.#each("ApiVersions", () => ({ clientSoftwareName: "every-version", clientSoftwareVersion: "1.0" }));
    await this.#quorum();
    await this.#each("DescribeCluster", () => ({ includeClusterAuthorizedOperations: true }));
    await this.#connection.ask("DeleteTopics", 6, { topics: [{ name: null, topicId: this.#topicId }], timeoutMs: 10_000 });
  }

  async #quorum(): Promise<void> {
    const topics = ["__cluster_metadata", "captured-none"].map((topicName) => ({ topicName, partitions: [{ partitionIndex: 0 }] }));
    await this.#each("DescribeQuorum", () => ({ topics: topics.slice(0, 1) }));
    await this.#each("DescribeQuorum", () => ({ topics }));
    const voter = { clusterId: null, voterId: BrokerId(99), voterDirectoryId: zeroUuid };
    const listeners = [{ name: "CONTROLLER", host: "localhost", port: 65_535 }];
    await this.#each("AddRaftVoter", () => ({ ...voter, timeoutMs: 1_000, listeners }));
    await this.#each("RemoveRaftVoter", () => voter);
    const featureUpdates = [{ feature: "captured.none", maxVersionLevel: 1 }];
    await this.#each("UpdateFeatures", () => ({ featureUpdates }));
    await this.#replicas();
  }

  async #replicas(): Promise<void> {
    const named = [topic, "captured-none"].map((each) => ({ topic: each, partitions: [0, 99] }));
    await this.#each("ElectLeaders", () => ({ topicPartitions: named }));
    await this.#each("ElectLeaders", () => ({ topicPartitions: null }));
    const targets = [[BrokerId(99)], [BrokerId(1)], null];
    await this.#each("AlterPartitionReassignments", () => ({
      topics: [topic, "captured-none"].map((name) => ({
        name,
        partitions: targets.map((replicas, partitionIndex) => ({ partitionIndex, replicas })),
      })),
    }));
    await this.#each("ListPartitionReassignments", () => ({ topics: [{ name: topic, partitionIndexes: [0, 99] }] }));
    await this.#each("ListPartitionReassignments", () => ({ topics: null }));
  }
}

function subscription(): Buffer {
  return embed(ConsumerProtocolSubscription, { topics: [topic] });
}

function assignment(): Buffer {
  return embed(ConsumerProtocolAssignment, { assignedPartitions: [{ topic, partitions: [0] }] });
}

function embed<Input>(message: Message<unknown, Input>, value: Input): Buffer {
  const writer = new Writer();
  writer.int16(0);
  message.codec(0).write(writer, value);
  return Buffer.concat(writer.finish().parts);
}
