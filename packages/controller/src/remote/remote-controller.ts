import { Session } from "@millrace/contracts/session";
import type { InSyncProposal, MetadataDelta, MetadataImage, PartitionImage } from "@millrace/metadata";
import { type BrokerEpoch, type BrokerId, MillraceError, Offset, ProducerId, type TopicId, uuidToBytes } from "@millrace/vocabulary";
import type {
  BrokerRegistration,
  ConfigChange,
  Controller,
  CreatedTopic,
  ElectedLeader,
  FeatureUpdate,
  MorePartitions,
  NewTopic,
  PartitionName,
  Reassignment,
} from "../controller.ts";
import type { Election } from "../election.ts";
import { MetadataFollower } from "../metadata-follower.ts";
import type { QuorumControl } from "../quorum/quorum-control.ts";
import { configChangeDraft } from "../wire/configs.ts";
import { alteredPartitionOf, inSyncProposalDraft } from "../wire/in-sync.ts";
import { electedLeaderOf, partitionNameDraft, partitionNameOf, reassignmentDraft } from "../wire/partitions.ts";
import { createdTopicOf, morePartitionsDraft, newTopicDraft, outcomeOf } from "../wire/topics.ts";
import { Arrivals } from "./arrivals.ts";
import { Forwarding } from "./forwarding.ts";
import { MembershipKeeper, type MembershipOptions } from "./membership-keeper.ts";
import { RemoteQuorum } from "./remote-quorum.ts";

export type RemoteControllerOptions = Omit<MembershipOptions, "follower" | "registered">;

/**
 * The controller of a cluster, as a broker in another process sees it: what is committed comes over the broker's session, and what
 * is asked for is forwarded to wherever the active controller is. An answer comes when what it rests on has been folded in here, too.
 * While there is no session the image stands still; requests wait for one, up to their time-out, and then end with NOT_CONTROLLER:
 * nothing was done about them. One whose controller is lost while it is under way ends with REQUEST_TIMED_OUT: nobody knows.
 */
export class RemoteController implements Controller {
  readonly #follower: MetadataFollower;
  readonly #keeper: MembershipKeeper;
  readonly #arrivals: Arrivals;
  readonly #firstEpoch = Promise.withResolvers<BrokerEpoch>();
  readonly #options: RemoteControllerOptions;
  readonly #forward: Forwarding["forward"];
  readonly quorum: QuorumControl;

  constructor(options: RemoteControllerOptions) {
    const { clock } = options;
    this.#options = options;
    this.#firstEpoch.promise.catch(() => {});
    this.#follower = new MetadataFollower(clock);
    this.#arrivals = new Arrivals(
      clock,
      () => this.image.offset,
      () => this.#keeper.channel,
    );
    const forwarding = new Forwarding(clock, this.#arrivals);
    this.#forward = (method, request, how) => forwarding.forward(method, request, how);
    this.quorum = new RemoteQuorum(forwarding);
    this.#follower.watch(() => this.#arrivals.look());
    this.#keeper = new MembershipKeeper({
      ...options,
      follower: this.#follower,
      registered: (epoch, metadataOffset) => void this.#registered(epoch, metadataOffset),
      failed: (error) => this.#failed(error),
    });
  }

  get image(): MetadataImage {
    return this.#follower.image;
  }

  get activeController(): BrokerId | undefined {
    return this.#keeper.controllerId;
  }

  get mayLead(): boolean {
    return this.#keeper.mayLead;
  }

  watchLapses(watcher: () => void): () => void {
    return this.#keeper.watchLapses(watcher);
  }

  watch(watcher: (delta: MetadataDelta) => void): () => void {
    return this.#follower.watch(watcher);
  }

  /** Called once; the same registration is then sent whenever the session has to be made anew. Waits for a controller without an end. */
  registerBroker(registration: BrokerRegistration): Promise<BrokerEpoch> {
    this.#keeper.begin(registration);
    return this.#firstEpoch.promise;
  }

  /** Beside what every request ends with: NOT_CONTROLLER as soon as there can be no controller. */
  async stopBroker(id: BrokerId, epoch: BrokerEpoch): Promise<void> {
    await this.#keeper.whileInReach(this.#forward(Session.stopBroker, { brokerId: id, epoch }, { isRepeatable: true }));
  }

  async unregisterBroker(id: BrokerId): Promise<void> {
    await this.#forward(Session.unregisterBroker, { brokerId: id });
  }

  createTopics(topics: readonly NewTopic[], { validateOnly }: { validateOnly: boolean }): Promise<(CreatedTopic | MillraceError)[]> {
    return answerEach(topics, async () => {
      const request = { topics: topics.map(newTopicDraft), validateOnly };
      const answer = await this.#forward(Session.createTopics, request, { isRepeatable: validateOnly });
      return answer.topics.map((created, index) => createdTopicOf(created, topics[index]!));
    });
  }

  deleteTopics(ids: readonly TopicId[]): Promise<(undefined | MillraceError)[]> {
    return answerEach(ids, async () => {
      const { outcomes } = await this.#forward(Session.deleteTopics, { topicIds: ids.map(uuidToBytes) });
      return outcomes.map(outcomeOf);
    });
  }

  createPartitions(
    requests: readonly MorePartitions[],
    { validateOnly }: { validateOnly: boolean },
  ): Promise<(undefined | MillraceError)[]> {
    return answerEach(requests, async () => {
      const request = { topics: requests.map(morePartitionsDraft), validateOnly };
      const { outcomes } = await this.#forward(Session.createPartitions, request, { isRepeatable: validateOnly });
      return outcomes.map(outcomeOf);
    });
  }

  alterConfigs(changes: readonly ConfigChange[], { validateOnly }: { validateOnly: boolean }): Promise<(undefined | MillraceError)[]> {
    return answerEach(changes, async () => {
      const request = { changes: changes.map(configChangeDraft), validateOnly };
      const { outcomes } = await this.#forward(Session.alterConfigs, request, { isRepeatable: validateOnly });
      return outcomes.map(outcomeOf);
    });
  }

  async updateFeatures(updates: readonly FeatureUpdate[], { validateOnly }: { validateOnly: boolean }): Promise<void> {
    await this.#forward(Session.updateFeatures, { updates: [...updates], validateOnly }, { isRepeatable: true });
  }

  async allocateProducerIds(broker: BrokerId, epoch: BrokerEpoch): Promise<{ first: ProducerId; count: number }> {
    // A block that was granted, and not heard of, is lost; there are enough.
    const { first, count } = await this.#forward(Session.allocateProducerIds, { brokerId: broker, epoch }, { isRepeatable: true });
    return { first: ProducerId(first), count };
  }

  async alterPartitions(
    broker: BrokerId,
    epoch: BrokerEpoch,
    proposals: readonly InSyncProposal[],
  ): Promise<(PartitionImage | MillraceError)[]> {
    const request = { brokerId: broker, epoch, proposals: proposals.map(inSyncProposalDraft) };
    const { partitions } = await this.#forward(Session.alterPartitions, request);
    return partitions.map(alteredPartitionOf);
  }

  async electLeaders(election: Election, partitions: readonly PartitionName[] | "all"): Promise<ElectedLeader[]> {
    const named = partitions === "all" ? { all: true } : { partitions: partitions.map(partitionNameDraft) };
    const { elected } = await this.#forward(Session.electLeaders, { unclean: election === "unclean", ...named });
    return elected.map(electedLeaderOf);
  }

  async reassignPartitions(
    reassignments: readonly Reassignment[],
    options: { allowReplicationFactorChange: boolean },
  ): Promise<(undefined | MillraceError)[]> {
    const request = { reassignments: reassignments.map(reassignmentDraft), ...options };
    const { outcomes } = await this.#forward(Session.reassignPartitions, request);
    return outcomes.map(outcomeOf);
  }

  async drainBroker(id: BrokerId): Promise<PartitionName[]> {
    const { kept } = await this.#forward(Session.drainBroker, { brokerId: id });
    return kept.map(partitionNameOf);
  }

  /** Ends the session; the broker's life goes on until it is stopped, or fenced. */
  close(): void {
    const error = new MillraceError("NOT_CONTROLLER", { reason: "the broker stops" });
    this.#keeper.leave();
    this.#arrivals.close(error);
    this.#firstEpoch.reject(error);
  }

  async #registered(epoch: BrokerEpoch, metadataOffset: Offset): Promise<void> {
    this.#arrivals.look();
    // Where the session ends before, the next registration says it again.
    await this.#arrivals.offset(metadataOffset, Infinity).then(
      () => this.#firstEpoch.resolve(epoch),
      () => {},
    );
  }

  #failed(error: Error): void {
    this.#firstEpoch.reject(error);
    this.#arrivals.close(new MillraceError("NOT_CONTROLLER", {}, { cause: error }));
    this.#options.failed(error);
  }
}

/** What went wrong with a request as a whole is the answer to each of its entries. */
async function answerEach<Reply>(
  entries: readonly unknown[],
  ask: () => Promise<(Reply | MillraceError)[]>,
): Promise<(Reply | MillraceError)[]> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    return entries.map(() => error);
  }
}
