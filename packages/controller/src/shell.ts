import type { InSyncProposal, MetadataDelta, MetadataImage, PartitionImage } from "@millrace/metadata";
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
import { changesPerProposal } from "./bounds.ts";
import type { BrokerRegistration, ConfigChange, CreatedTopic, MorePartitions, NewTopic } from "./controller.ts";
import { decideAllocateProducerIds } from "./decide/allocate-producer-ids.ts";
import { decideAlterConfig } from "./decide/alter-config.ts";
import { decideAlterPartitions } from "./decide/alter-partitions.ts";
import { decideCreatePartitions } from "./decide/create-partitions.ts";
import { decideCreateTopic } from "./decide/create-topic.ts";
import { type Decision, type Surroundings, unchanged } from "./decide/decision.ts";
import { decideDeleteTopic } from "./decide/delete-topic.ts";
import { decideFenceBroker } from "./decide/fence-broker.ts";
import { decideRegisterBroker, decideReturn, type Registered } from "./decide/register-broker.ts";
import { decideStopBroker } from "./decide/stop-broker.ts";
import { decideUnregisterBroker, type Unregistered } from "./decide/unregister-broker.ts";
import { refusalOf, repeated } from "./entries.ts";
import type { MetadataFollower } from "./metadata-follower.ts";
import { firstPlace, type PartitionPlace } from "./partition-walk.ts";
import type { Proposals } from "./proposals.ts";
import { resourceName } from "./resource-name.ts";
import type { FencingCause } from "./sessions/lives.ts";
import type { Sessions, SessionsOptions } from "./sessions/sessions.ts";
import type { HostingController } from "./service/hosting-controller.ts";
import type { LeadNews } from "./service/lead-news.ts";
import { MetadataTail } from "./service/metadata-tail.ts";
import type { SnapshotTaker } from "./snapshot-taker.ts";

type Deciding<Entry, Reply> = (surroundings: Surroundings, entry: Entry) => Decision<Reply>;

/** What the shell joins together. */
export interface ShellParts {
  readonly follower: MetadataFollower;
  readonly proposals: Proposals;
  readonly snapshots: SnapshotTaker;
  readonly sessions: (fence: SessionsOptions["fence"]) => Sessions;
  readonly leadNews: LeadNews;
}

/** Feeds the decisions, and follows what is committed. */
export class ControllerShell implements HostingController, QuorumFollower {
  readonly #clusterId: Uuid;
  readonly #logger: Logger;
  readonly #follower: MetadataFollower;
  readonly #proposals: Proposals;
  readonly #snapshots: SnapshotTaker;
  readonly sessions: Sessions;
  readonly tail: MetadataTail = new MetadataTail();
  readonly nodeId: BrokerId;
  readonly leadNews: LeadNews;
  leads = false;
  /** A broker beside its controller is heard as long as it runs. */
  readonly mayLead = true;

  constructor({ clusterId, nodeId, logger }: { clusterId: Uuid; nodeId: BrokerId; logger: Logger }, parts: ShellParts) {
    this.nodeId = nodeId;
    this.#clusterId = clusterId;
    this.#logger = logger;
    this.#follower = parts.follower;
    this.#proposals = parts.proposals;
    this.#snapshots = parts.snapshots;
    this.leadNews = parts.leadNews;
    this.sessions = parts.sessions((broker, epoch, cause) => void this.#fence(broker, epoch, cause));
  }

  get activeController(): BrokerId | undefined {
    return this.leads ? this.nodeId : undefined;
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
  async registerOn(stream: number | undefined, registration: BrokerRegistration): Promise<BrokerEpoch> {
    const { id, incarnation, lastStop } = registration;
    let registered = await this.#proposals.decide((surroundings) => this.#register(surroundings, registration, stream));
    while (registered.next !== undefined) {
      const so = registered;
      registered = await this.#proposals.decide((surroundings) => decideReturn(surroundings, id, so));
    }
    const { epoch } = registered;
    if (lastStop === "lossy") this.#logger.warn("broker may have lost records", { broker: id, epoch });
    this.#logger.info("broker registered", { broker: id, epoch, incarnation, lastStop });
    return epoch;
  }

  async stopBroker(brokerId: BrokerId, epoch: BrokerEpoch): Promise<void> {
    let place: PartitionPlace | undefined = firstPlace;
    while (place !== undefined) {
      const from: PartitionPlace = place;
      place = await this.#proposals.decide((surroundings) => decideStopBroker(surroundings, { brokerId, epoch }, from));
    }
    this.sessions.ended(brokerId, epoch);
    this.#logger.info("broker stopped", { broker: brokerId, epoch });
  }

  async unregisterBroker(brokerId: BrokerId): Promise<void> {
    let left: Partial<Unregistered> = { next: firstPlace };
    while (left.next !== undefined) {
      const { epoch, next }: Partial<Unregistered> = left;
      left = await this.#proposals.decide((surroundings) => {
        if (this.sessions.isRunning(brokerId))
          throw new MillraceError("INVALID_REQUEST", { broker: brokerId, reason: "the broker runs; stop it first" });
        return decideUnregisterBroker(surroundings, { brokerId, epoch }, next);
      });
    }
    this.#logger.info("broker unregistered", { broker: brokerId, epoch: left.epoch });
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
    return this.#decideEach(changes, ({ resource }) => resourceName(resource), decideAlterConfig, options);
  }

  allocateProducerIds(broker: BrokerId, epoch: BrokerEpoch): Promise<{ first: ProducerId; count: number }> {
    return this.#proposals.decide((surroundings) => decideAllocateProducerIds(surroundings, broker, epoch));
  }

  async alterPartitions(
    broker: BrokerId,
    epoch: BrokerEpoch,
    proposals: readonly InSyncProposal[],
  ): Promise<(PartitionImage | MillraceError)[]> {
    const stretches: Promise<(PartitionImage | MillraceError)[]>[] = [];
    for (let from = 0; from === 0 || from < proposals.length; from += changesPerProposal) {
      const some = proposals.slice(from, from + changesPerProposal);
      stretches.push(this.#proposals.decide((surroundings) => decideAlterPartitions(surroundings, { broker, epoch }, some)));
    }
    return (await Promise.all(stretches)).flat();
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
    if (!leader) return this.#proposals.end();
    this.#proposals.begin(term);
    this.sessions.lead();
    this.leadNews.tell();
    for (const { id, epoch, isFenced } of this.image.brokers.values()) if (isFenced) void this.#moveAway(id, epoch);
  }

  /** A life goes on from the moment at which that is decided, and not only when it is committed: no fencing comes between. */
  #register(surroundings: Surroundings, registration: BrokerRegistration, stream: number | undefined): Decision<Registered> {
    const { id, incarnation } = registration;
    const session = this.sessions.claimedBy(id, incarnation);
    const decision = decideRegisterBroker(surroundings, registration, { clusterId: this.#clusterId, session });
    this.sessions.began({ broker: id, epoch: decision.reply.epoch, incarnation }, stream);
    return decision;
  }

  async #fence(broker: BrokerId, epoch: BrokerEpoch, cause: FencingCause): Promise<void> {
    this.#logger.warn("broker fenced", { broker, epoch, cause });
    await this.#moveAway(broker, epoch);
  }

  /** Fences a life, unless it has shown itself again since, and takes its partitions from it. */
  async #moveAway(brokerId: BrokerId, epoch: BrokerEpoch): Promise<void> {
    let place: PartitionPlace | undefined = firstPlace;
    while (place !== undefined) {
      const from: PartitionPlace = place;
      const decide = (surroundings: Surroundings): Decision<PartitionPlace | undefined> =>
        this.sessions.isLive(brokerId, epoch) ? unchanged(undefined) : decideFenceBroker(surroundings, { brokerId, epoch }, from);
      // Where this node leads no longer, the next leader finds out by itself.
      place = await this.#proposals.decide(decide).catch(() => undefined);
    }
  }

  /** Decides each entry by itself. One that the request names twice is refused each time, as in Kafka. */
  #decideEach<Entry, Reply>(
    entries: readonly Entry[],
    nameOf: (entry: Entry) => string,
    decide: Deciding<Entry, Reply>,
    options: { validateOnly: boolean } = { validateOnly: false },
  ): Promise<(Reply | MillraceError)[]> {
    const twice = repeated(entries.map(nameOf));
    const one = (entry: Entry) =>
      this.#proposals.decide((surroundings) => {
        if (twice.has(nameOf(entry)))
          throw new MillraceError("INVALID_REQUEST", { name: nameOf(entry), reason: "the request names it more than once" });
        return decide(surroundings, entry);
      }, options);
    return Promise.all(entries.map((entry) => one(entry).catch(refusalOf)));
  }
}
