import { Admin, type TopicDescription as TopicMessage } from "@millrace/contracts/admin";
import type { Clock } from "@millrace/runtime";
import { minuteMs, uuidFromBytes } from "@millrace/vocabulary";
import type { Cluster } from "../cluster/cluster.ts";
import { findOffsets, type SpotQuery } from "../cluster/offsets.ts";
import { checked } from "./checked-entry.ts";

export interface NewTopic {
  /** Default: the cluster's `num.partitions`. */
  readonly partitions?: number | undefined;
  /** Default: the cluster's `default.replication.factor`. */
  readonly replicationFactor?: number | undefined;
  /** Brokers by partition, the preferred leader first; instead of the two numbers. */
  readonly assignment?: readonly (readonly number[])[] | undefined;
  readonly configs?: Readonly<Record<string, string>> | undefined;
  /** Says what would happen, and does nothing. */
  readonly validateOnly?: boolean | undefined;
}

export interface TopicListing {
  readonly name: string;
  /** Names this life of the topic. */
  readonly id: string;
  readonly isInternal: boolean;
  readonly partitions: number;
  readonly replicationFactor: number;
}

export interface TopicDescription {
  readonly name: string;
  /** Names this life of the topic. */
  readonly id: string;
  readonly isInternal: boolean;
  /** By index. */
  readonly partitions: readonly PartitionDescription[];
  /** What was set for this topic. */
  readonly configs: Readonly<Record<string, string>>;
}

export interface PartitionDescription {
  readonly partition: number;
  /** Undefined: none at the moment. */
  readonly leader: number | undefined;
  readonly leaderEpoch: number;
  /** The first one is the preferred leader. */
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  /** Outside the ISR, and known to hold everything committed (KIP-966). */
  readonly eligibleLeaders: readonly number[];
}

/** Topics, and what is in them. What the cluster refuses rejects with its code. */
export class TopicAdmin {
  readonly #cluster: Cluster;
  readonly #clock: Clock;

  constructor(cluster: Cluster, clock: Clock) {
    this.#cluster = cluster;
    this.#clock = clock;
  }

  /** Creates a topic. TOPIC_ALREADY_EXISTS may also mean that an answer got lost and the second try came too late. */
  async create(
    name: string,
    { partitions, replicationFactor, assignment = [], configs, validateOnly }: NewTopic = {},
  ): Promise<TopicListing> {
    const topic = { name, partitions, replicationFactor, configs, assignment: assignment.map((brokers) => ({ brokers })) };
    const { topics } = await this.#cluster.ask(Admin.createTopics, { topics: [topic], validateOnly });
    const created = checked(topics[0]);
    const { id, partitions: count, replicationFactor: factor } = created;
    return { name: created.name, id: idOf(id), isInternal: false, partitions: count, replicationFactor: factor };
  }

  /** Sorted by name. */
  async list(options: { readonly includeInternal?: boolean } = {}): Promise<TopicListing[]> {
    const { topics } = await this.#cluster.ask(Admin.listTopics, options);
    return topics.map(({ id, internal, ...listing }) => ({ ...listing, id: idOf(id), isInternal: internal }));
  }

  async describe(name: string): Promise<TopicDescription> {
    const { topics } = await this.#cluster.ask(Admin.describeTopics, { topics: [{ name }] });
    return described(checked(topics[0]));
  }

  async delete(name: string): Promise<void> {
    const { outcomes } = await this.#cluster.ask(Admin.deleteTopics, { topics: [{ name }] });
    checked(outcomes[0]);
  }

  /** Raises the number of partitions to `total`. Keys may then belong to other partitions than before. */
  async addPartitions(topic: string, total: number, options: { readonly validateOnly?: boolean } = {}): Promise<void> {
    const { outcomes } = await this.#cluster.ask(Admin.createPartitions, { topics: [{ topic, total }], ...options });
    checked(outcomes[0]);
  }

  /** Removes the records of a partition below an offset, or all up to its high watermark. Resolves to the first offset that is left. */
  async deleteRecords(topic: string, partition: number, before: number | "end"): Promise<number> {
    const beforeOffset = before === "end" ? undefined : before;
    const { partitions } = await this.#cluster.ask(Admin.deleteRecords, { partitions: [{ topic, partition, beforeOffset }] });
    return checked(partitions[0]).logStart;
  }

  /** Finds offsets by time, or at the ends of logs, in the order of the queries. */
  async offsets(
    queries: readonly SpotQuery[],
    options: { readonly isolation?: "read_committed" | "read_uncommitted" } = {},
  ): Promise<number[]> {
    await Promise.all([...new Set(queries.map(({ topic }) => topic))].map((topic) => this.#cluster.refresh(topic)));
    const isReadCommitted = options.isolation === "read_committed";
    return findOffsets(this.#cluster, this.#clock, queries, { isReadCommitted, timeoutMs: minuteMs });
  }
}

function described({ name, id, internal, partitions, configs }: TopicMessage): TopicDescription {
  return {
    name,
    id: idOf(id),
    isInternal: internal,
    partitions: partitions.map(({ leader, ...rest }) => ({ ...rest, leader: leader ?? undefined })),
    configs: { ...configs },
  };
}

function idOf(bytes: Buffer): string {
  return uuidFromBytes(bytes);
}
