import { type Draft, encodeMessage } from "@millrace/contracts";
import { type Acknowledgement, FromFollower, type Subscription } from "@millrace/contracts/replication";
import type { PeerStream } from "@millrace/runtime";
import type { BrokerId } from "@millrace/vocabulary";
import type { Follower } from "../following/follower.ts";
import { Credit } from "./credit.ts";
import type { LeaderStreamOptions } from "./leader-stream.ts";
import { entriesPerMessage } from "./pace.ts";
import { SubscribedFollowers } from "./subscribed-followers.ts";
import { acknowledgementDraft, helloDraft, subscriptionDraft } from "./wire.ts";

/**
 * What the followers on one stream have to say to their leader: subscriptions, acknowledgements, and how much more they take. It gathers
 * until the end of the turn and leaves in one message.
 */
export class Outbox {
  readonly #leader: BrokerId;
  readonly #options: LeaderStreamOptions;
  readonly #credit: Credit;
  readonly #subscribed = new SubscribedFollowers();
  readonly #asking = new Set<Follower>();
  readonly #progressed = new Set<Follower>();
  #unsubscribe: number[] = [];
  #stream: PeerStream | undefined;
  #owesHello = false;
  #isAsked = false;

  constructor(leader: BrokerId, options: LeaderStreamOptions) {
    this.#leader = leader;
    this.#options = options;
    this.#credit = new Credit(options.account);
  }

  /** Who asked for a subscription on this stream, or has one. */
  get subscribed(): SubscribedFollowers {
    return this.#subscribed;
  }

  /** A stream begins: it is greeted, and may send as much as one is allowed at first. */
  begin(stream: PeerStream): void {
    this.#stream = stream;
    this.#owesHello = true;
    this.#credit.begin();
    this.#ask();
  }

  /** The stream is broken: what was to be said on it counts no more. */
  end(): void {
    this.#stream = undefined;
    this.#subscribed.clear();
    this.#asking.clear();
    this.#progressed.clear();
    this.#unsubscribe = [];
    this.#credit.end();
  }

  /** The follower wants a subscription. */
  subscribe(follower: Follower): void {
    this.#asking.add(follower);
    this.#ask();
  }

  /** The follower may have something to acknowledge, and bytes that count no more. */
  acknowledge(follower: Follower): void {
    this.#progressed.add(follower);
    this.#ask();
  }

  /** The follower leaves: its subscription, where it has one, is over. */
  leave(follower: Follower): void {
    this.#asking.delete(follower);
    this.#progressed.delete(follower);
    this.free(follower.takeFreeBytes());
    const generation = this.#subscribed.delete(follower);
    if (generation === undefined) return;
    this.#unsubscribe.push(generation);
    this.#ask();
  }

  /** Bytes have come: they count against the credit. */
  charge(bytes: number): void {
    this.#credit.charge(bytes);
  }

  /** Bytes that count against the credit no more: they are granted with the next message. */
  free(bytes: number): void {
    if (bytes === 0) return;
    this.#credit.free(bytes);
    this.#ask();
  }

  /** Sends what there is to say; with `always` a message goes out even where that is nothing. */
  flush({ always }: { readonly always: boolean }): void {
    if (this.#stream === undefined) return;
    const message = {
      ...this.#hello(),
      subscribe: this.#subscriptions(),
      unsubscribe: this.#unsubscribe.splice(0, entriesPerMessage),
      acknowledgements: this.#acknowledgements(),
      creditBytes: this.#credit.take(),
    };
    if (always || !isEmpty(message)) this.#stream.send([encodeMessage(FromFollower, message)]);
    if (this.#asking.size + this.#progressed.size + this.#unsubscribe.length > 0) this.#ask();
  }

  #ask(): void {
    if (this.#isAsked || this.#stream === undefined) return;
    this.#isAsked = true;
    this.#options.clock.afterTurn(() => {
      this.#isAsked = false;
      this.flush({ always: false });
    });
  }

  #hello(): Draft<FromFollower> {
    if (!this.#owesHello) return {};
    this.#owesHello = false;
    const { clusterId, self, epoch } = this.#options;
    return { hello: helloDraft({ clusterId, self, brokerEpoch: epoch(), leader: this.#leader }) };
  }

  #subscriptions(): Draft<Subscription>[] {
    const subscriptions: Draft<Subscription>[] = [];
    for (const follower of this.#asking) {
      if (subscriptions.length >= entriesPerMessage) break;
      this.#asking.delete(follower);
      const generation = this.#options.nextGeneration();
      const standing = follower.subscription(generation);
      if (standing === undefined) continue;
      this.#subscribed.set(generation, follower);
      subscriptions.push(subscriptionDraft(follower, generation, standing));
    }
    return subscriptions;
  }

  #acknowledgements(): Draft<Acknowledgement>[] {
    const acknowledgements: Draft<Acknowledgement>[] = [];
    for (const follower of this.#progressed) {
      if (acknowledgements.length >= entriesPerMessage) break;
      this.#progressed.delete(follower);
      this.#credit.free(follower.takeFreeBytes());
      const said = follower.acknowledgement();
      if (said !== undefined) acknowledgements.push(acknowledgementDraft(said));
    }
    return acknowledgements;
  }
}

function isEmpty({ hello, subscribe = [], unsubscribe = [], acknowledgements = [], creditBytes }: Draft<FromFollower>): boolean {
  return !hello && !creditBytes && subscribe.length + unsubscribe.length + acknowledgements.length === 0;
}
