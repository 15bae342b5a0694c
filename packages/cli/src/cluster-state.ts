import type { Mill, TopicDescription } from "@millrace/client";
import { printAddress } from "@millrace/vocabulary";
import { type QuorumState, quorumState } from "./quorum-state.ts";

/** What there is to say about a cluster in one screen. */
export interface ClusterState {
  readonly clusterId: string;
  /** Undefined: none at the moment. */
  readonly controller: number | undefined;
  /** Undefined where no controller is active. */
  readonly quorum: QuorumState | undefined;
  readonly brokers: readonly BrokerState[];
  /** The cluster's own ones count, too. */
  readonly topics: number;
  readonly partitions: number;
  /** `orders-0`: with a replica that is not in sync. */
  readonly underReplicated: readonly string[];
  /** `orders-0`: nobody can write or read. */
  readonly leaderless: readonly string[];
  readonly features: Readonly<Record<string, number>>;
}

export interface BrokerState {
  readonly id: number;
  readonly address: string;
  readonly rack: string | undefined;
  readonly isFenced: boolean;
  /** Partitions that it leads. */
  readonly leads: number;
  /** Partitions that it holds, those that it leads included. */
  readonly replicas: number;
}

/** Topics that are asked for at once. */
const topicsAtOnce = 32;

/** Asks for everything; a topic that goes meanwhile is left out. */
export async function clusterState(mill: Mill): Promise<ClusterState> {
  const { clusterId, controller, brokers, features } = await mill.admin.describeCluster();
  const quorum = controller === undefined ? undefined : quorumState(await mill.admin.quorum.describe());
  const topics = await describeAll(mill);
  const partitions = topics.flatMap((topic) =>
    topic.partitions.map((partition) => ({ ...partition, name: `${topic.name}-${partition.partition}` })),
  );
  return {
    clusterId,
    controller,
    quorum,
    brokers: brokers.map(({ id, rack, isFenced, ...address }) => ({
      id,
      address: printAddress(address),
      rack,
      isFenced,
      leads: partitions.filter(({ leader }) => leader === id).length,
      replicas: partitions.filter(({ replicas }) => replicas.includes(id)).length,
    })),
    topics: topics.length,
    partitions: partitions.length,
    underReplicated: partitions.filter(({ isr, replicas }) => isr.length < replicas.length).map(({ name }) => name),
    leaderless: partitions.filter(({ leader }) => leader === undefined).map(({ name }) => name),
    features,
  };
}

async function describeAll(mill: Mill): Promise<TopicDescription[]> {
  const names = (await mill.admin.topics.list({ includeInternal: true })).map(({ name }) => name);
  const described: (TopicDescription | undefined)[] = [];
  for (let from = 0; from < names.length; from += topicsAtOnce) {
    const some = names.slice(from, from + topicsAtOnce).map((name) => mill.admin.topics.describe(name).catch(() => undefined));
    described.push(...(await Promise.all(some)));
  }
  return described.filter((topic) => topic !== undefined);
}
