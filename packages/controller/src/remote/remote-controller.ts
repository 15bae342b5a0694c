import type { Draft, UnaryMethod } from "@millrace/contracts";
import { Session } from "@millrace/contracts/session";
import type { InSyncProposal, MetadataDelta, MetadataImage, PartitionImage } from "@millrace/metadata";
import { callMethod } from "@millrace/rpc";
import {
  type BrokerEpoch,
  type BrokerId,
  codeOf,
  MillraceError,
  Offset,
  ProducerId,
  secondMs,
  type TopicId,
  uuidToBytes,
} from "@millrace/vocabulary";
import type { BrokerRegistration, ConfigChange, Controller, CreatedTopic, MorePartitions, NewTopic } from "../controller.ts";
import { MetadataFollower } from "../metadata-follower.ts";
import { configChangeDraft } from "../wire/configs.ts";
import { alteredPartitionOf, inSyncProposalDraft } from "../wire/in-sync.ts";
import { createdTopicOf, morePartitionsDraft, newTopicDraft, outcomeOf } from "../wire/topics.ts";
import { Arrivals } from "./arrivals.ts";
import { MembershipKeeper, type MembershipOptions } from "./membership-keeper.ts";

/** How long a request may wait for a controller, and then for its answer, each. */
const forwardTimeoutMs: number = 10 * secondMs;

export type RemoteControllerOptions = Omit<MembershipOptions, "follower" | "registered">;

/**
 * The controller of a cluster, as a broker in another process sees it: what is committed comes over the broker's session, and what
 * is asked for is forwarded to wherever the active controller is. An answer comes when what it rests on has been folded in here, too.
 * While there is no session the image stands still; requests wait for one, up to their time-out, and then reject with NOT_CONTROLLER.
 */
export class RemoteController implements Controller {
  readonly #follower: MetadataFollower;
  readonly #keeper: MembershipKeeper;
  readonly #arrivals: Arrivals;
  readonly #firstEpoch = Promise.withResolvers<BrokerEpoch>();
  readonly #options: RemoteControllerOptions;

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

  watch(watcher: (delta: MetadataDelta) => void): () => void {
    return this.#follower.watch(watcher);
  }

  /** Called once; the same registration is then sent whenever the session has to be made anew. Waits for a controller without an end. */
  registerBroker(registration: BrokerRegistration): Promise<BrokerEpoch> {
    this.#keeper.begin(registration);
    return this.#firstEpoch.promise;
  }

  async stopBroker(id: BrokerId, epoch: BrokerEpoch): Promise<void> {
    await this.#forward(Session.stopBroker, { brokerId: id, epoch });
  }

  async unregisterBroker(id: BrokerId): Promise<void> {
    await this.#forward(Session.unregisterBroker, { brokerId: id });
  }

  async createTopics(topics: readonly NewTopic[], options: { validateOnly: boolean }): Promise<(CreatedTopic | MillraceError)[]> {
    const answer = await this.#forward(Session.createTopics, { topics: topics.map(newTopicDraft), ...options });
    return answer.topics.map((created, index) => createdTopicOf(created, topics[index]!));
  }

  async deleteTopics(ids: readonly TopicId[]): Promise<(undefined | MillraceError)[]> {
    const { outcomes } = await this.#forward(Session.deleteTopics, { topicIds: ids.map(uuidToBytes) });
    return outcomes.map(outcomeOf);
  }

  async createPartitions(requests: readonly MorePartitions[], options: { validateOnly: boolean }): Promise<(undefined | MillraceError)[]> {
    const { outcomes } = await this.#forward(Session.createPartitions, { topics: requests.map(morePartitionsDraft), ...options });
    return outcomes.map(outcomeOf);
  }

  async alterConfigs(changes: readonly ConfigChange[], options: { validateOnly: boolean }): Promise<(undefined | MillraceError)[]> {
    const { outcomes } = await this.#forward(Session.alterConfigs, { changes: changes.map(configChangeDraft), ...options });
    return outcomes.map(outcomeOf);
  }

  async allocateProducerIds(broker: BrokerId, epoch: BrokerEpoch): Promise<{ first: ProducerId; count: number }> {
    const { first, count } = await this.#forward(Session.allocateProducerIds, { brokerId: broker, epoch });
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

  /** Ends the session; the broker's life goes on until it is stopped, or fenced. */
  close(): void {
    const error = new MillraceError("NOT_CONTROLLER", { reason: "the broker stops" });
    this.#keeper.leave();
    this.#arrivals.close(error);
    this.#firstEpoch.reject(error);
  }

  async #forward<Request, Response extends { readonly metadataOffset: number }>(
    method: UnaryMethod<Request, Response>,
    request: Draft<Request>,
  ): Promise<Response> {
    const channel = await this.#arrivals.channel(forwardTimeoutMs);
    const answer = await callMethod(channel, method, request, { timeoutMs: forwardTimeoutMs }).catch(refusal);
    await this.#arrivals.offset(Offset(answer.metadataOffset), forwardTimeoutMs);
    return answer;
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

/** A connection that breaks says nothing of the request: it may have been carried out or not, which is what NOT_CONTROLLER means here. */
function refusal(error: unknown): never {
  const code = codeOf(error);
  if (code === "CONNECTION_FAILED" || code === "CLOSED") throw new MillraceError("NOT_CONTROLLER", { reason: code }, { cause: error });
  throw error;
}
