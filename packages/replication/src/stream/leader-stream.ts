import { decodeFromLeader, type Draft, encodeMessage } from "@millrace/contracts";
import { FromFollower, type FromLeader, Replication } from "@millrace/contracts/replication";
import type { Address, Clock, Logger, MemoryAccount, PeerChannel, Peers, PeerStream, Timer } from "@millrace/runtime";
import { type BrokerEpoch, type BrokerId, codeOf, type ErrorCode, MillraceError, Offset, type Uuid } from "@millrace/vocabulary";
import type { Follower, WayToLeader } from "../following/follower.ts";
import { Credit } from "./credit.ts";
import { entriesPerMessage, exchangeMs, reopenMs, silenceMs } from "./pace.ts";
import { SubscribedFollowers } from "./subscribed-followers.ts";
import { acknowledgementDraft, answerOf, haveCommonLevel, helloDraft, levels, marksOf, subscriptionDraft } from "./wire.ts";

export interface LeaderStreamOptions {
  readonly peers: Peers;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly clusterId: Uuid;
  readonly self: BrokerId;
  /** Of this broker's life, as it is registered now. */
  readonly epoch: () => BrokerEpoch;
  /** Holds what has come and is not written. */
  readonly account: MemoryAccount;
  /** A number that this life of the broker has not used before. */
  readonly nextGeneration: () => number;
}

/** The stream to one broker that leads what this one follows, opened again whenever it breaks. */
export class LeaderStream implements WayToLeader {
  readonly leader: BrokerId;
  readonly address: Address;
  readonly #options: LeaderStreamOptions;
  readonly #channel: PeerChannel;
  readonly #followers = new Set<Follower>();
  readonly #subscribed = new SubscribedFollowers();
  readonly #credit: Credit;
  readonly #asking = new Set<Follower>();
  readonly #progressed = new Set<Follower>();
  #unsubscribe: number[] = [];
  #stream: PeerStream | undefined;
  #timer: Timer | undefined;
  #owesHello = false;
  #heardMs = 0;
  #reopenMs: number = reopenMs.first;
  #isAsked = false;
  #isClosed = false;

  constructor(leader: BrokerId, address: Address, options: LeaderStreamOptions) {
    this.leader = leader;
    this.address = address;
    this.#options = options;
    this.#credit = new Credit(options.account);
    this.#channel = options.peers.channel(address);
    this.#open();
  }

  get isIdle(): boolean {
    return this.#followers.size === 0;
  }

  add(follower: Follower): void {
    this.#followers.add(follower);
    if (this.#stream !== undefined) follower.attach(this);
  }

  remove(follower: Follower): void {
    this.#followers.delete(follower);
    this.#asking.delete(follower);
    this.#progressed.delete(follower);
    follower.stop();
    this.#free(follower.takeFreeBytes());
    const generation = this.#subscribed.delete(follower);
    if (generation === undefined) return;
    this.#unsubscribe.push(generation);
    this.#ask();
  }

  wants(follower: Follower): void {
    this.#asking.add(follower);
    this.#ask();
  }

  progressed(follower: Follower): void {
    this.#progressed.add(follower);
    this.#ask();
  }

  /** Begins anew: what this broker says of itself has changed. */
  renew(): void {
    this.#broken(new MillraceError("STALE_BROKER_EPOCH"));
  }

  close(): void {
    this.#isClosed = true;
    this.#broken(new MillraceError("CLOSED"));
    this.#channel.close();
  }

  #open(): void {
    const stream = this.#channel.stream(Replication.follow.path);
    this.#stream = stream;
    this.#heardMs = this.#options.clock.monotonicMs();
    this.#owesHello = true;
    stream.receive({
      message: (bytes) => {
        if (this.#stream === stream) this.#take(bytes);
      },
      ended: () => this.#over(stream, "CLOSED"),
      drained: () => {},
      closed: (reason) => this.#over(stream, reason?.code ?? "CLOSED"),
    });
    this.#timer = this.#options.clock.timer(exchangeMs, () => this.#exchange());
    this.#credit.begin();
    for (const follower of this.#followers) follower.attach(this);
    this.#ask();
  }

  #over(stream: PeerStream, code: ErrorCode): void {
    if (this.#stream === stream) this.#broken(new MillraceError(code));
  }

  #broken(error: MillraceError): void {
    const { clock, logger } = this.#options;
    this.#timer?.cancel();
    const stream = this.#stream;
    if (stream !== undefined) {
      this.#stream = undefined;
      logger.info("replication stream broken", { leader: this.leader, partitions: this.#subscribed.size, error: codeOf(error) });
      stream.reset(error);
      this.#subscribed.clear();
      this.#asking.clear();
      this.#progressed.clear();
      this.#unsubscribe = [];
      for (const follower of this.#followers) {
        follower.detach();
        follower.takeFreeBytes();
      }
      this.#credit.end();
    }
    if (this.#isClosed) return;
    this.#timer = clock.timer(this.#reopenMs, () => this.#open());
    this.#reopenMs = Math.min(this.#reopenMs * 2, reopenMs.last);
  }

  #take(bytes: Buffer): void {
    this.#heardMs = this.#options.clock.monotonicMs();
    try {
      this.#tell(decodeFromLeader(bytes));
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      this.#broken(error);
    }
  }

  #tell({ hello, answers, pushes }: FromLeader): void {
    if (hello !== null) this.#greeted(hello);
    for (const answer of answers) {
      const follower = this.#subscribed.get(answer.generation);
      const said = answerOf(answer);
      if (follower === undefined) continue;
      if (said.type !== "accepted") this.#subscribed.delete(follower);
      follower.answered(answer.generation, said);
    }
    for (const { generation, marks, from, batches } of pushes) {
      this.#credit.charge(batches.length);
      const follower = this.#subscribed.get(generation);
      if (follower === undefined) this.#free(batches.length);
      else follower.pushed(generation, marksOf(marks), Offset(from), batches);
    }
  }

  #greeted(hello: { readonly brokerId: number; readonly levelMin: number; readonly levelMax: number }): void {
    if (hello.brokerId !== this.leader) throw new MillraceError("INVALID_REQUEST", { meant: this.leader, broker: hello.brokerId });
    if (!haveCommonLevel(hello)) throw new MillraceError("UNSUPPORTED_VERSION", { theirs: hello, ours: levels });
    this.#reopenMs = reopenMs.first;
  }

  #exchange(): void {
    this.#timer = this.#options.clock.timer(exchangeMs, () => this.#exchange());
    if (this.#options.clock.monotonicMs() - this.#heardMs > silenceMs) this.#broken(new MillraceError("REQUEST_TIMED_OUT", { silenceMs }));
    else this.#flush({ always: true });
  }

  #ask(): void {
    if (this.#isAsked || this.#stream === undefined) return;
    this.#isAsked = true;
    this.#options.clock.afterTurn(() => {
      this.#isAsked = false;
      this.#flush({ always: false });
    });
  }

  #flush({ always }: { always: boolean }): void {
    if (this.#stream === undefined) return;
    const message: Draft<FromFollower> = {
      ...this.#hello(),
      subscribe: this.#subscriptions(),
      unsubscribe: this.#unsubscribe.splice(0, entriesPerMessage),
      acknowledgements: this.#acknowledgements(),
      creditBytes: this.#credit.take(),
    };
    const { hello, subscribe, unsubscribe, acknowledgements, creditBytes } = message;
    const isEmpty = !hello && !creditBytes && subscribe!.length + unsubscribe!.length + acknowledgements!.length === 0;
    if (!isEmpty || always) this.#stream.send([encodeMessage(FromFollower, message)]);
    if (this.#asking.size + this.#progressed.size + this.#unsubscribe.length > 0) this.#ask();
  }

  #hello(): Draft<FromFollower> {
    if (!this.#owesHello) return {};
    this.#owesHello = false;
    const { clusterId, self, epoch } = this.#options;
    return { hello: helloDraft({ clusterId, self, brokerEpoch: epoch(), leader: this.leader }) };
  }

  #subscriptions() {
    const subscriptions = [];
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

  #acknowledgements() {
    const acknowledgements = [];
    for (const follower of this.#progressed) {
      if (acknowledgements.length >= entriesPerMessage) break;
      this.#progressed.delete(follower);
      this.#credit.free(follower.takeFreeBytes());
      const said = follower.acknowledgement();
      if (said !== undefined) acknowledgements.push(acknowledgementDraft(said));
    }
    return acknowledgements;
  }

  /** Bytes that count against the credit no more: they are granted with the next message. */
  #free(bytes: number): void {
    if (bytes === 0) return;
    this.#credit.free(bytes);
    this.#ask();
  }
}
