import type { Draft, UnaryMethod } from "@millrace/contracts";
import { Session } from "@millrace/contracts/session";
import type { InSyncProposal, MetadataDelta, MetadataImage, PartitionImage } from "@millrace/metadata";
import { callMethod } from "@millrace/rpc";
import type { PeerChannel } from "@millrace/runtime";
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
import type {
  BrokerRegistration,
  ConfigChange,
  Controller,
  CreatedTopic,
  ElectedLeader,
  MorePartitions,
  NewTopic,
  PartitionName,
  Reassignment,
} from "../controller.ts";
import type { Election } from "../election.ts";
import { isUntouched } from "../lead.ts";
import { MetadataFollower } from "../metadata-follower.ts";
import { configChangeDraft } from "../wire/configs.ts";
import { alteredPartitionOf, inSyncProposalDraft } from "../wire/in-sync.ts";
import { electedLeaderOf, partitionNameDraft, partitionNameOf, reassignmentDraft } from "../wire/partitions.ts";
import { createdTopicOf, morePartitionsDraft, newTopicDraft, outcomeOf } from "../wire/topics.ts";
import { Arrivals } from "./arrivals.ts";
import { MembershipKeeper, type MembershipOptions } from "./membership-keeper.ts";

/** How long a request may wait for a controller, and then for its answer, each. */
const forwardTimeoutMs: number = 10 * secondMs;
/** A request is made again after so long: meanwhile the session moves to another node, or the node gets ready. */
const askAgainMs = 20;

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
    await this.#forward(Session.stopBroker, { brokerId: id, epoch }, { isRepeatable: true });
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

  async #forward<Request, Response extends { readonly metadataOffset: number }>(
    method: UnaryMethod<Request, Response>,
    request: Draft<Request>,
    options: { readonly isRepeatable: boolean } = { isRepeatable: false },
  ): Promise<Response> {
    const answer = await this.#ask((channel) => callMethod(channel, method, request, { timeoutMs: forwardTimeoutMs }), options);
    await this.#arrivals.offset(Offset(answer.metadataOffset), forwardTimeoutMs);
    return answer;
  }

  /**
   * Asks whoever is the active controller, and again where that one turned out not to be it and did nothing; a request that does no
   * harm when it is carried out twice, also where the controller was lost meanwhile.
   */
  async #ask<Response>(ask: (channel: PeerChannel) => Promise<Response>, { isRepeatable }: { isRepeatable: boolean }): Promise<Response> {
    const { clock } = this.#options;
    const endMs = clock.monotonicMs() + forwardTimeoutMs;
    for (;;) {
      const leftMs = endMs - clock.monotonicMs();
      const channel = await this.#arrivals.channel(Math.max(0, leftMs));
      try {
        return await ask(channel);
      } catch (error) {
        const mayRepeat = isUntouched(error) || (isRepeatable && isLost(error));
        if (!mayRepeat || leftMs <= askAgainMs) throw isUntouched(error) || !isLost(error) ? error : unknownOutcome(error);
      }
      await new Promise<void>((resolve) => void clock.timer(askAgainMs, resolve));
    }
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

/** Whether the controller ceased to be one, or was not heard of any more, while the request was under way. */
function isLost(error: unknown): boolean {
  const code = codeOf(error);
  return code === "NOT_CONTROLLER" || code === "CONNECTION_FAILED" || code === "CLOSED";
}

/** Who is told to try again must not be told "there already" by that. */
function unknownOutcome(error: unknown): MillraceError {
  const reason = "the controller was lost meanwhile; the change may be made or not";
  return new MillraceError("REQUEST_TIMED_OUT", { reason }, { cause: error });
}
