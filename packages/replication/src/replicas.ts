import type { MetadataDelta, MetadataImage, PartitionImage, TopicImage } from "@millrace/metadata";
import type { Logger } from "@millrace/runtime";
import type { LogDirectory } from "@millrace/storage";
import { type BrokerId, type Configuration, MillraceError, type TopicId } from "@millrace/vocabulary";
import { LiveSettings } from "./live-settings.ts";
import { Partition } from "./partition.ts";

/** Logs that are opened or removed at once: enough to keep the disk busy, few enough not to hold the loop. */
const underWayMax = 32;

/** Who is told which partitions this broker leads: the coordinators, whose shards live on some of them. */
export interface LeadershipObserver {
  /** This broker leads the partition in a new epoch, and its log is open. */
  leads(partition: Partition): void;
  /** It does no more, or the partition is gone. */
  resigned(partition: Partition): void;
}

export interface ReplicasOptions {
  readonly self: BrokerId;
  readonly directory: LogDirectory;
  readonly configuration: Configuration;
  readonly logger: Logger;
}

/** Every replica that this broker holds: follows the metadata, opens and removes logs, tells who leads. */
export class Replicas {
  readonly #self: BrokerId;
  readonly #directory: LogDirectory;
  readonly #configuration: Configuration;
  readonly #logger: Logger;
  readonly #settings = new Map<TopicId, LiveSettings>();
  readonly #partitions = new Map<TopicId, (Partition | undefined)[]>();
  readonly #observers = new Set<LeadershipObserver>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #waiting: (() => Promise<void>)[] = [];
  #image: MetadataImage | undefined;

  constructor({ self, directory, configuration, logger }: ReplicasOptions) {
    this.#self = self;
    this.#directory = directory;
    this.#configuration = configuration;
    this.#logger = logger;
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

  /** Takes over the metadata as a whole, at the start, and removes logs of partitions that are no longer there. */
  begin(image: MetadataImage): void {
    this.#image = image;
    for (const topic of image.topics.all()) this.#takeOver(topic);
    for (const { topicId, partition } of this.#directory.found) {
      const isOurs = image.topics.byId(topicId)?.partitions[partition]?.replicas.includes(this.#self) ?? false;
      if (!isOurs) this.#remove(topicId, partition);
    }
  }

  /** Follows a change of the metadata. */
  apply(delta: MetadataDelta): void {
    this.#image = delta.image;
    for (const topicId of delta.removedTopics.keys()) this.#forget(topicId);
    for (const topicId of delta.changedTopics) {
      const topic = delta.image.topics.byId(topicId);
      if (topic !== undefined) this.#takeOver(topic);
    }
  }

  /** Resolves when everything that was begun is done: each log open, or failed. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Lets go of every partition, for the stop of the broker. */
  close(): void {
    const error = new MillraceError("NOT_LEADER_OR_FOLLOWER", { broker: this.#self, stopping: true });
    for (const partition of this.all()) this.#close(partition, error);
    this.#partitions.clear();
  }

  #takeOver(topic: TopicImage): void {
    this.#settingsOf(topic).override(topic.overrides);
    for (const state of topic.partitions) {
      if (!state.replicas.includes(this.#self)) continue;
      const partition = this.partition(topic.id, state.index);
      if (partition === undefined) this.#open(topic, state.index);
      else this.#assume(partition, state);
    }
  }

  #settingsOf(topic: TopicImage): LiveSettings {
    const known = this.#settings.get(topic.id) ?? new LiveSettings(this.#configuration, topic.overrides);
    this.#settings.set(topic.id, known);
    return known;
  }

  #assume(partition: Partition, state: PartitionImage): void {
    const epoch = partition.leaderEpoch;
    const led = partition.isLeader;
    partition.assume(state);
    if (partition.leaderEpoch === epoch) return;
    if (led) for (const observer of this.#observers) observer.resigned(partition);
    if (partition.isLeader) for (const observer of this.#observers) observer.leads(partition);
  }

  /** Opens a log; what the metadata says by then is taken over, so a partition that is opened twice is opened once. */
  #open(topic: TopicImage, index: number): void {
    const partitions = this.#partitions.get(topic.id) ?? [];
    this.#partitions.set(topic.id, partitions);
    if (index in partitions) return;
    partitions[index] = undefined;
    const settings = this.#settingsOf(topic);
    const facts = { topic: topic.name, topicId: topic.id, partition: index };
    this.#enqueue("log not opened", facts, async () => {
      const log = await this.#directory.openLog(topic.id, index, () => settings.current);
      const state = this.#image?.topics.byId(topic.id)?.partitions[index];
      if (state === undefined) return this.#directory.removeLog(topic.id, index);
      const partition = new Partition({
        topic: topic.name,
        topicId: topic.id,
        index,
        self: this.#self,
        log,
        settings: () => settings.current,
      });
      partitions[index] = partition;
      this.#assume(partition, state);
    });
  }

  /** Does something to a log, once there are not too many under way; `failure` is what is logged where it cannot be done. */
  #enqueue(failure: string, facts: object, task: () => Promise<void>): void {
    this.#begin(() => task().catch((error: unknown) => this.#logger.error(failure, { ...facts, error })));
  }

  #begin(task: () => Promise<void>): void {
    if (this.#underWay.size >= underWayMax) return void this.#waiting.push(task);
    const running = task().finally(() => {
      this.#underWay.delete(running);
      const next = this.#waiting.shift();
      if (next !== undefined) this.#begin(next);
    });
    this.#underWay.add(running);
  }

  #forget(topicId: TopicId): void {
    const error = new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", { topicId });
    const partitions = this.#partitions.get(topicId) ?? [];
    this.#partitions.delete(topicId);
    this.#settings.delete(topicId);
    for (const partition of partitions) {
      if (partition === undefined) continue;
      this.#close(partition, error);
      this.#remove(topicId, partition.index);
    }
  }

  #close(partition: Partition, error: MillraceError): void {
    const led = partition.isLeader;
    partition.close(error);
    if (led) for (const observer of this.#observers) observer.resigned(partition);
  }

  #remove(topicId: TopicId, index: number): void {
    this.#enqueue("log not removed", { topicId, partition: index }, async () => {
      await this.#directory.removeLog(topicId, index);
      this.#logger.info("log removed", { topicId, partition: index });
    });
  }
}
