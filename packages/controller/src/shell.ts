import {
  finalisedLevel,
  type InSyncProposal,
  type MetadataDelta,
  type MetadataImage,
  metadataLevelFeature,
  type PartitionImage,
} from "@millrace/metadata";
import type { QuorumFollower, Role } from "@millrace/raft";
import type { Logger } from "@millrace/runtime";
import {
  type BrokerEpoch,
  type BrokerId,
  MillraceError,
  type Offset,
  type ProducerId,
  type TopicId,
  type Uuid,
} from "@millrace/vocabulary";
import type {
  BrokerRegistration,
  ConfigChange,
  CreatedTopic,
  ElectedLeader,
  FeatureUpdate,
  MorePartitions,
  NewTopic,
  PartitionName,
  Reassignment,
} from "./controller.ts";
import { decideUpdateFeatures } from "./decide/update-features.ts";
import { decideAllocateProducerIds } from "./decide/allocate-producer-ids.ts";
import { decideAlterConfig } from "./decide/alter-config.ts";
import { decideCreatePartitions } from "./decide/create-partitions.ts";
import { decideCreateTopic } from "./decide/create-topic.ts";
import type { Decision, Surroundings } from "./decide/decision.ts";
import { decideDeleteTopic } from "./decide/delete-topic.ts";
import type { Election } from "./election.ts";
import { refusalOf, repeated } from "./entries.ts";
import type { LeaderBalance } from "./leader-balance.ts";
import { Lifecycle } from "./lifecycle.ts";
import type { MetadataFollower } from "./metadata-follower.ts";
import { PartitionRequests } from "./partition-requests.ts";
import type { Proposals } from "./proposals.ts";
import { resourceName } from "./resource-name.ts";
import type { Sessions, SessionsOptions } from "./sessions/sessions.ts";
import type { RiskyElections } from "./risky-elections.ts";
import type { HostingController } from "./service/hosting-controller.ts";
import type { LocalQuorum } from "./quorum/local-quorum.ts";
import type { LeadNews } from "./service/lead-news.ts";
import { MetadataTail } from "./service/metadata-tail.ts";
import type { SnapshotTaker } from "./snapshot-taker.ts";

type Deciding<Entry, Reply> = (surroundings: Surroundings, entry: Entry) => Decision<Reply>;

/** What the shell joins together. */
export interface ShellParts {
  readonly follower: MetadataFollower;
  readonly proposals: Proposals;
  readonly snapshots: SnapshotTaker;
  readonly balance: LeaderBalance;
  readonly sessions: (fence: SessionsOptions["fence"]) => Sessions;
  readonly leadNews: LeadNews;
  readonly quorum: LocalQuorum;
  readonly risky: RiskyElections;
}

/** Feeds the decisions, and follows what is committed. */
export class ControllerShell implements HostingController, QuorumFollower {
  readonly #follower: MetadataFollower;
  readonly #proposals: Proposals;
  readonly #snapshots: SnapshotTaker;
  readonly #risky: RiskyElections;
  readonly #balance: LeaderBalance;
  readonly #lifecycle: Lifecycle;
  readonly #partitions: PartitionRequests;
  readonly sessions: Sessions;
  readonly tail: MetadataTail = new MetadataTail();
  readonly nodeId: BrokerId;
  readonly leadNews: LeadNews;
  readonly quorum: LocalQuorum;
  leads = false;
  /** A broker beside its controller is heard as long as it runs. */
  readonly mayLead = true;

  constructor({ clusterId, nodeId, logger }: { clusterId: Uuid; nodeId: BrokerId; logger: Logger }, parts: ShellParts) {
    this.nodeId = nodeId;
    this.#follower = parts.follower;
    this.#proposals = parts.proposals;
    this.#risky = parts.risky;
    this.#snapshots = parts.snapshots;
    this.leadNews = parts.leadNews;
    this.#balance = parts.balance;
    this.#partitions = new PartitionRequests(parts.proposals);
    this.quorum = parts.quorum;
    this.sessions = parts.sessions((broker, epoch, cause) => void this.#lifecycle.fence(broker, epoch, cause));
    this.#lifecycle = new Lifecycle({ clusterId, logger, proposals: parts.proposals, sessions: this.sessions });
  }

  watchLapses(): () => void {
    return () => {};
  }

  get activeController(): BrokerId | undefined {
    return this.leads ? this.nodeId : undefined;
  }

  get riskyElections(): number {
    return this.#risky.count;
  }

  get image(): MetadataImage {
    return this.#follower.image;
  }

  watch(watcher: (delta: MetadataDelta) => void): () => void {
    return this.#follower.watch(watcher);
  }

  registerBroker(registration: BrokerRegistration): Promise<BrokerEpoch> {
    return this.registerOn(undefined, registration);
  }

  /** As `registerBroker`, for a life that is heard on a stream. */
  registerOn(stream: number | undefined, registration: BrokerRegistration): Promise<BrokerEpoch> {
    return this.#lifecycle.register(stream, registration);
  }

  stopBroker(id: BrokerId, epoch: BrokerEpoch): Promise<void> {
    return this.#lifecycle.stop(id, epoch);
  }

  unregisterBroker(id: BrokerId): Promise<void> {
    return this.#lifecycle.unregister(id);
  }

  createTopics(topics: readonly NewTopic[], options: { validateOnly: boolean }): Promise<(CreatedTopic | MillraceError)[]> {
    return this.#decideEach(topics, ({ name }) => name, decideCreateTopic, options);
  }

  deleteTopics(ids: readonly TopicId[]): Promise<(undefined | MillraceError)[]> {
    return this.#decideEach(ids, String, decideDeleteTopic);
  }

  createPartitions(requests: readonly MorePartitions[], options: { validateOnly: boolean }): Promise<(undefined | MillraceError)[]> {
    return this.#decideEach(requests, ({ topic }) => topic, decideCreatePartitions, options);
  }

  alterConfigs(changes: readonly ConfigChange[], options: { validateOnly: boolean }): Promise<(undefined | MillraceError)[]> {
    const decide = (change: ConfigChange) => this.#proposals.decide((surroundings) => decideAlterConfig(surroundings, change), options);
    const alter = async (change: ConfigChange): Promise<undefined> => {
      while (!(await decide(change)) && !options.validateOnly);
    };
    return this.#each(changes, ({ resource }) => resourceName(resource), alter);
  }

  async updateFeatures(updates: readonly FeatureUpdate[], options: { validateOnly: boolean }): Promise<void> {
    for (const { feature, level } of updates) {
      const isKnown = feature !== metadataLevelFeature || level <= finalisedLevel(this.image);
      if (!isKnown) await this.quorum.checkKnown(level);
    }
    await this.#proposals.decide((surroundings) => decideUpdateFeatures(surroundings, updates), options);
  }

  allocateProducerIds(broker: BrokerId, epoch: BrokerEpoch): Promise<{ first: ProducerId; count: number }> {
    return this.#proposals.decide((surroundings) => decideAllocateProducerIds(surroundings, broker, epoch));
  }

  alterPartitions(broker: BrokerId, epoch: BrokerEpoch, proposals: readonly InSyncProposal[]): Promise<(PartitionImage | MillraceError)[]> {
    return this.#partitions.alter(broker, epoch, proposals);
  }

  electLeaders(election: Election, partitions: readonly PartitionName[] | "all"): Promise<ElectedLeader[]> {
    return partitions === "all" ? this.#partitions.electAll(election) : this.#partitions.elect(election, partitions);
  }

  reassignPartitions(
    reassignments: readonly Reassignment[],
    options: { allowReplicationFactorChange: boolean },
  ): Promise<(undefined | MillraceError)[]> {
    return this.#partitions.reassign(reassignments, options);
  }

  drainBroker(id: BrokerId): Promise<PartitionName[]> {
    return this.#partitions.drain(id);
  }

  async restore(offset: Offset, term: number, chunks: AsyncIterable<Buffer>): Promise<void> {
    await this.#follower.restore(offset, term, chunks);
    this.tail.restart(offset);
  }

  async committed(offset: Offset, term: number, records: readonly Buffer[]): Promise<void> {
    await this.#follower.fold(offset, term, records);
    const bytes = records.reduce((sum, { length }) => sum + length, 0);
    this.#snapshots.folded(this.image, bytes);
    this.tail.add({ offset, term, records });
  }

  roleChanged({ leader, term }: Role): void {
    this.leads = leader;
    this.sessions.resign();
    this.#balance.end();
    if (!leader) return this.#proposals.end();
    this.#proposals.begin(term);
    this.#balance.begin();
    this.sessions.lead();
    this.leadNews.tell();
    for (const { id, epoch, isFenced } of this.image.brokers.values()) if (isFenced) void this.#lifecycle.moveAway(id, epoch);
  }

  #decideEach<Entry, Reply>(
    entries: readonly Entry[],
    nameOf: (entry: Entry) => string,
    decide: Deciding<Entry, Reply>,
    options: { validateOnly: boolean } = { validateOnly: false },
  ): Promise<(Reply | MillraceError)[]> {
    return this.#each(entries, nameOf, (entry) => this.#proposals.decide((surroundings) => decide(surroundings, entry), options));
  }

  /** Carries out each entry by itself. One that the request names twice is refused each time, as in Kafka. */
  #each<Entry, Reply>(
    entries: readonly Entry[],
    nameOf: (entry: Entry) => string,
    carryOut: (entry: Entry) => Promise<Reply>,
  ): Promise<(Reply | MillraceError)[]> {
    const twice = repeated(entries.map(nameOf));
    const one = async (entry: Entry) => {
      if (!twice.has(nameOf(entry))) return carryOut(entry);
      throw new MillraceError("INVALID_REQUEST", { name: nameOf(entry), reason: "the request names it more than once" });
    };
    return Promise.all(entries.map((entry) => one(entry).catch(refusalOf)));
  }
}
