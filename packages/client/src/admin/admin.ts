import { Admin as AdminService } from "@millrace/contracts/admin";
import type { Clock } from "@millrace/runtime";
import type { Cluster } from "../cluster/cluster.ts";
import type { PartitionName } from "../group/group-calls.ts";
import { ConfigAdmin } from "./configs.ts";
import { GroupAdmin } from "./groups.ts";
import { QuorumAdmin } from "./quorum.ts";
import { TopicAdmin } from "./topics.ts";

export interface ClusterDescription {
  readonly clusterId: string;
  /** Undefined: none at the moment. */
  readonly controller: number | undefined;
  readonly brokers: readonly BrokerDescription[];
  /** Finalised levels, by feature. */
  readonly features: Readonly<Record<string, number>>;
  /** What the brokers know, by feature: its level may be raised to the highest one that all of them know. */
  readonly levels: Readonly<Record<string, LevelRange>>;
}

/** Levels of a feature, both ends included. */
export interface LevelRange {
  readonly min: number;
  readonly max: number;
}

export interface BrokerDescription {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | undefined;
  /** A fenced broker leads nothing. */
  readonly isFenced: boolean;
}

/**
 * Administration. Every broker takes every request; one that fails for a while is tried again, at another broker too, until
 * `requestTimeoutMs` are over.
 */
export class Admin {
  readonly topics: TopicAdmin;
  readonly configs: ConfigAdmin;
  readonly groups: GroupAdmin;
  readonly quorum: QuorumAdmin;
  readonly #cluster: Cluster;

  constructor(cluster: Cluster, clock: Clock) {
    this.#cluster = cluster;
    this.topics = new TopicAdmin(cluster, clock);
    this.configs = new ConfigAdmin(cluster);
    this.groups = new GroupAdmin(cluster);
    this.quorum = new QuorumAdmin(cluster);
  }

  /** Raises finalised levels: all that are named, or none. INVALID_UPDATE_VERSION where somebody does not know a level. */
  async updateFeatures(levels: Readonly<Record<string, number>>, { validateOnly = false } = {}): Promise<void> {
    const updates = Object.entries(levels).map(([feature, level]) => ({ feature, level }));
    await this.#cluster.ask(AdminService.updateFeatures, { updates, validateOnly });
  }

  async describeCluster(): Promise<ClusterDescription> {
    const { controller, brokers, features, levels, clusterId } = await this.#cluster.ask(AdminService.describeCluster, {});
    return {
      clusterId,
      controller: controller ?? undefined,
      brokers: brokers.map(({ rack, fenced, ...broker }) => ({ ...broker, rack: rack === "" ? undefined : rack, isFenced: fenced })),
      features: { ...features },
      levels: Object.fromEntries(Object.entries(levels).map(([feature, { min, max }]) => [feature, { min, max }])),
    };
  }

  /**
   * Begins to move everything that a broker holds to others, and resolves to what nobody else can take. It goes on by itself; the replicas
   * of partitions say how far it is. Rejects with BROKER_ID_NOT_REGISTERED.
   */
  async drainBroker(id: number): Promise<PartitionName[]> {
    const { kept } = await this.#cluster.ask(AdminService.drainBroker, { broker: id });
    return kept.map(({ topic, partition }) => ({ topic, partition }));
  }
}
