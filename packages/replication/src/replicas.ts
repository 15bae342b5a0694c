import type { MetadataDelta, MetadataImage, PartitionImage, TopicImage } from "@millrace/metadata";
import type { Clock, Logger, MemoryBudget, PeerMethod, Peers, Timer } from "@millrace/runtime";
import type { LogDirectory } from "@millrace/storage";
import { type BrokerEpoch, type BrokerId, type Configuration, MillraceError, type TopicId, type Uuid } from "@millrace/vocabulary";
import { type AlterPartitions, IsrProposals } from "./leading/isr-proposals.ts";
import type { LiveSettings } from "./live-settings.ts";
import { recoverLogs } from "./log-recovery.ts";
import { LogTasks } from "./log-tasks.ts";
import { Partition } from "./partition.ts";
import { RegisteredBrokers } from "./registered-brokers.ts";
import { SettingsByTopic } from "./settings-by-topic.ts";
import { LeaderStreams } from "./stream/leader-streams.ts";
import { replicationMethods } from "./stream/methods.ts";
import type { IsrChanges, ReplicaSurroundings } from "./surroundings.ts";

/** Who is told which partitions this broker leads: the coordinators, whose shards live on some of them. */
export interface LeadershipObserver {
  /** This broker leads the partition in a new epoch, and its log is open. */
  leads(partition: Partition): void;
  /** It does no more, or the partition is gone. */
  resigned(partition: Partition): void;
}

export interface ReplicasOptions {
  readonly self: BrokerId;
  readonly clusterId: Uuid;
  /** Of this broker's life, as it is registered now. */
  readonly epoch: () => BrokerEpoch;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly peers: Peers;
  readonly memory: MemoryBudget;
  readonly directory: LogDirectory;
  readonly configuration: Configuration;
  readonly alterPartitions: AlterPartitions;
}

/** Every replica that this broker holds: follows the metadata, opens and removes logs, tells who leads, leads and follows. */
export class Replicas {
  readonly #options: ReplicasOptions;
  readonly #settings: SettingsByTopic;
  readonly #partitions = new Map<TopicId, (Partition | undefined)[]>();
  readonly #observers = new Set<LeadershipObserver>();
  readonly #watchers = new Set<() => void>();
  readonly #brokers = new RegisteredBrokers();
  /** How often ISRs of partitions that this broker leads have become smaller, and larger. */
  readonly isrChanges: IsrChanges = { shrinks: 0, expands: 0 };
  readonly #tasks: LogTasks;
  readonly #streams: LeaderStreams;
  readonly #proposals: IsrProposals;
  readonly #around: ReplicaSurroundings;
  #image: MetadataImage | undefined;
  #tick: Timer | undefined;

  constructor(options: ReplicasOptions) {
    const { clock, logger, memory, alterPartitions: alter } = options;
    this.#options = options;
    this.#settings = new SettingsByTopic(options.configuration);
    this.#tasks = new LogTasks(logger);
    this.#streams = new LeaderStreams({ ...options, account: memory.account("peer") });
    this.#proposals = new IsrProposals({ clock, logger, alter });
    this.#around = this.#surroundings();
  }

  /** What this broker offers to the followers of its partitions, for the listener that other processes of the cluster use. */
  get methods(): PeerMethod[] {
    const { self, clusterId, clock, logger, memory } = this.#options;
    return replicationMethods({
      self,
      clusterId,
      clock,
      logger,
      account: memory.account("peer"),
      partition: (topicId, index) => this.partition(topicId as TopicId, index),
      epochOf: (broker) => this.#brokers.epochOf(broker),
      onChange: (changed) => {
        this.#watchers.add(changed);
        return () => void this.#watchers.delete(changed);
      },
    });
  }

  /** The replica of a partition, once its log is open. */
  partition(topicId: TopicId, index: number): Partition | undefined {
    return this.#partitions.get(topicId)?.[index];
  }

  /** Every open replica. */
  *all(): Generator<Partition> {
    for (const partitions of this.#partitions.values()) {
      for (const partition of partitions) if (partition !== undefined) yield partition;
    }
  }

  /** The settings of a topic that this broker has a replica of. */
  settings(topicId: TopicId): LiveSettings | undefined {
    return this.#settings.get(topicId);
  }

  observe(observer: LeadershipObserver): void {
    this.#observers.add(observer);
  }

  /**
   * Opens every log that lies on the disk, before the broker registers: where one lacks records that it had, the directory owes the
   * cluster to tell of a loss, and its replicas do not count before they have caught up. Until the metadata says more of a topic nothing of
   * it is deleted.
   */
  recover(): Promise<void> {
    const { directory, logger } = this.#options;
    return recoverLogs({ directory, logger, tasks: this.#tasks, settingsOf: (topicId) => this.#settings.ofFound(topicId) });
  }

  /** Takes over the metadata as a whole, at the start, and removes logs of partitions that are no longer there. */
  begin(image: MetadataImage): void {
    this.#know(image);
    this.#settings.begin(image);
    for (const topic of image.topics.all()) this.#takeOver(topic);
    for (const { topicId, partition } of this.#options.directory.found) {
      const isOurs = image.topics.byId(topicId)?.partitions[partition]?.replicas.includes(this.#options.self) ?? false;
      if (!isOurs) this.#remove(topicId, partition);
    }
    this.#settings.keepThoseOf(image);
    this.#ticked();
  }

  /** Follows a change of the metadata. */
  apply(delta: MetadataDelta): void {
    this.#know(delta.image);
    for (const topicId of delta.removedTopics.keys()) this.#forget(topicId);
    for (const topicId of delta.changedTopics) {
      const topic = delta.image.topics.byId(topicId);
      if (topic !== undefined) this.#takeOver(topic);
    }
    const areInternalsOther = this.#settings.follow(delta);
    if (delta.brokersChanged || areInternalsOther) for (const partition of this.all()) partition.tick();
    this.#changed();
  }

  /** The controller has not heard of this broker for so long that others may lead what it leads. */
  lapse(): void {
    for (const partition of this.all()) partition.lapse();
  }

  /** Resolves when everything that was begun is done: each log open, or failed. */
  settled(): Promise<void> {
    return this.#tasks.settled();
  }

  /** Lets go of every partition, for the stop of the broker. */
  close(): void {
    const error = new MillraceError("NOT_LEADER_OR_FOLLOWER", { broker: this.#options.self, stopping: true });
    this.#tick?.cancel();
    this.#proposals.close();
    for (const partition of this.all()) partition.close(error);
    this.#partitions.clear();
    this.#streams.close();
  }

  #surroundings(): ReplicaSurroundings {
    const { self, clock, logger, configuration } = this.#options;
    return {
      self,
      clock,
      logger,
      lagMaxMs: () => configuration.get("replica.lag.time.max.ms"),
      brokers: this.#brokers,
      isrChanges: this.isrChanges,
      propose: (partition, proposal) => this.#proposals.propose(partition, proposal),
      follow: (follower) => this.#streams.follow(follower),
      leave: (follower) => this.#streams.leave(follower),
      leads: (partition) => {
        for (const observer of this.#observers) observer.leads(partition);
        this.#changed();
      },
      resigned: (partition) => {
        for (const observer of this.#observers) observer.resigned(partition);
      },
    };
  }

  #know(image: MetadataImage): void {
    this.#image = image;
    this.#brokers.update(image);
    this.#streams.update(image);
  }

  /** Who lags is looked for twice within the time after which it is not in sync. */
  #ticked(): void {
    const { clock, configuration } = this.#options;
    for (const partition of this.all()) partition.tick();
    this.#tick = clock.timer(configuration.get("replica.lag.time.max.ms") / 2, () => this.#ticked());
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher();
  }

  #takeOver(topic: TopicImage): void {
    this.#settings.of(topic);
    for (const state of topic.partitions) {
      const partition = this.partition(topic.id, state.index);
      if (!state.replicas.includes(this.#options.self)) this.#leave(topic.id, partition);
      else if (partition === undefined) this.#open(topic, state.index);
      else this.#assume(partition, state);
    }
  }

  /** Settings may have changed with the state, or without. */
  #assume(partition: Partition, state: PartitionImage): void {
    partition.assume(state);
    partition.tick();
  }

  /** Opens a log; what the metadata says by then is taken over, so a partition that is opened twice is opened once. */
  #open(topic: TopicImage, index: number): void {
    const partitions = this.#partitions.get(topic.id) ?? [];
    this.#partitions.set(topic.id, partitions);
    if (index in partitions) return;
    partitions[index] = undefined;
    const settings = this.#settings.of(topic);
    const facts = { topic: topic.name, topicId: topic.id, partition: index };
    this.#tasks.add("log not opened", facts, async () => {
      const { directory, self } = this.#options;
      const log = await directory.openLog(topic.id, index, () => settings.current);
      const state = this.#image?.topics.byId(topic.id)?.partitions[index];
      if (state === undefined || !state.replicas.includes(self)) {
        delete partitions[index];
        return directory.removeLog(topic.id, index);
      }
      const partition = new Partition({
        topic: topic.name,
        topicId: topic.id,
        index,
        log,
        settings: () => settings.current,
        around: this.#around,
      });
      partitions[index] = partition;
      this.#assume(partition, state);
      this.#changed();
    });
  }

  /** The replica has moved to another broker. */
  #leave(topicId: TopicId, partition: Partition | undefined): void {
    if (partition === undefined) return;
    delete this.#partitions.get(topicId)![partition.index];
    partition.close(new MillraceError("NOT_LEADER_OR_FOLLOWER", { partition: partition.name, broker: this.#options.self }));
    this.#remove(topicId, partition.index);
  }

  #forget(topicId: TopicId): void {
    const error = new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", { topicId });
    const partitions = this.#partitions.get(topicId) ?? [];
    this.#partitions.delete(topicId);
    this.#settings.delete(topicId);
    for (const partition of partitions) {
      if (partition === undefined) continue;
      partition.close(error);
      this.#remove(topicId, partition.index);
    }
  }

  #remove(topicId: TopicId, index: number): void {
    this.#tasks.add("log not removed", { topicId, partition: index }, async () => {
      await this.#options.directory.removeLog(topicId, index);
      this.#options.logger.info("log removed", { topicId, partition: index });
    });
  }
}
