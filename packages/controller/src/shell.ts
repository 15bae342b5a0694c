import type { MetadataDelta, MetadataImage } from "@millrace/metadata";
import type { QuorumFollower, Role } from "@millrace/raft";
import type { Logger } from "@millrace/runtime";
import {
  type BrokerEpoch,
  type BrokerId,
  codeOf,
  MillraceError,
  type Offset,
  type ProducerId,
  type TopicId,
  type Uuid,
} from "@millrace/vocabulary";
import type { BrokerRegistration, ConfigChange, Controller, CreatedTopic, MorePartitions, NewTopic } from "./controller.ts";
import { decideAllocateProducerIds } from "./decide/allocate-producer-ids.ts";
import { decideAlterConfig } from "./decide/alter-config.ts";
import { decideCreatePartitions } from "./decide/create-partitions.ts";
import { decideCreateTopic } from "./decide/create-topic.ts";
import type { Decision, Surroundings } from "./decide/decision.ts";
import { decideDeleteTopic } from "./decide/delete-topic.ts";
import { decideRegisterBroker, decideReturn, type Registered } from "./decide/register-broker.ts";
import { decideStopBroker } from "./decide/stop-broker.ts";
import type { MetadataFollower } from "./metadata-follower.ts";
import { firstPlace, type PartitionPlace } from "./partition-walk.ts";
import type { Proposals } from "./proposals.ts";
import { resourceName } from "./resource-name.ts";
import type { SnapshotTaker } from "./snapshot-taker.ts";

type Deciding<Entry, Reply> = (surroundings: Surroundings, entry: Entry) => Decision<Reply>;

/** Feeds the decisions, and follows what is committed. */
export class ControllerShell implements Controller, QuorumFollower {
  readonly #clusterId: Uuid;
  readonly #logger: Logger;
  readonly #follower: MetadataFollower;
  readonly #proposals: Proposals;
  readonly #snapshots: SnapshotTaker;
  /** The incarnations that have registered in this term and have not stopped. */
  readonly #sessions = new Map<BrokerId, Uuid>();

  constructor(clusterId: Uuid, logger: Logger, parts: { follower: MetadataFollower; proposals: Proposals; snapshots: SnapshotTaker }) {
    this.#clusterId = clusterId;
    this.#logger = logger;
    this.#follower = parts.follower;
    this.#proposals = parts.proposals;
    this.#snapshots = parts.snapshots;
  }

  get image(): MetadataImage {
    return this.#follower.image;
  }

  watch(watcher: (delta: MetadataDelta) => void): () => void {
    return this.#follower.watch(watcher);
  }

  async registerBroker(registration: BrokerRegistration): Promise<BrokerEpoch> {
    const { id, incarnation, lastStop } = registration;
    let registered = await this.#proposals.decide((surroundings) => this.#register(surroundings, registration));
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
    this.#sessions.delete(brokerId);
    this.#logger.info("broker stopped", { broker: brokerId, epoch });
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

  restore(offset: Offset, term: number, chunks: AsyncIterable<Buffer>): Promise<void> {
    return this.#follower.restore(offset, term, chunks);
  }

  async committed(offset: Offset, term: number, records: readonly Buffer[]): Promise<void> {
    await this.#follower.fold(offset, term, records);
    const bytes = records.reduce((sum, { length }) => sum + length, 0);
    this.#snapshots.folded(this.image, bytes);
  }

  roleChanged({ leader, term }: Role): void {
    this.#sessions.clear();
    if (leader) this.#proposals.begin(term);
    else this.#proposals.end();
  }

  #register(surroundings: Surroundings, registration: BrokerRegistration): Decision<Registered> {
    const session = this.#sessions.get(registration.id);
    const decision = decideRegisterBroker(surroundings, registration, { clusterId: this.#clusterId, session });
    this.#sessions.set(registration.id, registration.incarnation);
    return decision;
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

/** A refusal is the entry's answer; what else went wrong is the request's. */
function refusalOf(error: unknown): MillraceError {
  if (error instanceof MillraceError && codeOf(error) !== "NOT_CONTROLLER") return error;
  throw error;
}

function repeated(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.size === seen.add(name).size));
}
