import { decodeFromFollower } from "@millrace/contracts";
import type { FollowerHello, FromFollower, Subscription } from "@millrace/contracts/replication";
import type { PeerStream, PeerStreamReceiver, Timer } from "@millrace/runtime";
import { BrokerEpoch, BrokerId, MillraceError, unknownLeaderEpoch, uuidFromBytes } from "@millrace/vocabulary";
import type { SubscriptionAnswer } from "../following/subscription-answer.ts";
import { exchangeMs, silenceMs, subscriptionsMax, unknownEpochWaitMs } from "./pace.ts";
import { PushedPartition, type PushingStream } from "./pushed-partition.ts";
import { Pusher } from "./pusher.ts";
import type { ServedReplicas } from "./served-replicas.ts";
import { answerDraft, endsOf, haveCommonLevel, levels, standingOf, topicIdOf } from "./wire.ts";

/** A subscription in an epoch, or to a partition, that this broker may hear of yet. */
interface Early {
  readonly asked: Subscription;
  readonly untilMs: number;
}

/** One follower's stream, at the end of the broker that leads. */
export class ServedStream implements PeerStreamReceiver, PushingStream {
  readonly #replicas: ServedReplicas;
  readonly #stream: PeerStream;
  readonly #pusher: Pusher;
  readonly #subscriptions = new Map<number, PushedPartition>();
  readonly #forget: () => void;
  #early: Early[] = [];
  #follower: { readonly id: BrokerId; readonly epoch: BrokerEpoch } | undefined;
  #heardMs: number;
  #exchange: Timer;
  #isClosed = false;

  constructor(replicas: ServedReplicas, stream: PeerStream) {
    const { clock, account } = replicas;
    this.#replicas = replicas;
    this.#stream = stream;
    this.#pusher = new Pusher({ stream, clock, account });
    this.#heardMs = clock.monotonicMs();
    this.#forget = replicas.onChange(() => this.#retryEarly());
    this.#exchange = clock.timer(exchangeMs, () => this.#exchanged());
    stream.receive(this);
  }

  get follower(): BrokerId {
    return this.#follower!.id;
  }

  message(bytes: Buffer): void {
    this.#heardMs = this.#replicas.clock.monotonicMs();
    try {
      this.#take(decodeFromFollower(bytes));
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      this.#replicas.logger.warn("replication stream refused", { follower: this.#follower?.id, error });
      this.#stream.reset(error);
      this.closed();
    }
  }

  ended(): void {
    this.#stream.end();
  }

  drained(): void {
    this.#pusher.drained();
  }

  closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#forget();
    this.#exchange.cancel();
    this.#pusher.close();
    for (const pushed of this.#subscriptions.values()) pushed.leave(this.#heardMs);
    this.#subscriptions.clear();
  }

  wants(pushed: PushedPartition): void {
    this.#pusher.wants(pushed);
  }

  hasNews(pushed: PushedPartition): void {
    this.#pusher.hasNews(pushed);
  }

  over(pushed: PushedPartition, answer: SubscriptionAnswer): void {
    this.#drop(pushed.life.generation);
    this.#answer(pushed.life.generation, answer, pushed.leader.leaderEpoch);
  }

  #take({ hello, unsubscribe, subscribe, acknowledgements, creditBytes }: FromFollower): void {
    if (hello !== null) this.#greet(hello);
    if (this.#follower === undefined) throw new MillraceError("INVALID_REQUEST", { reason: "a replication stream begins with a hello" });
    for (const generation of unsubscribe) this.#drop(generation);
    for (const asked of subscribe) this.#subscribe(asked);
    for (const said of acknowledgements) this.#subscriptions.get(said.generation)?.acknowledged(endsOf(said));
    this.#pusher.grant(creditBytes);
  }

  #greet({ clusterId, brokerId, brokerEpoch, leaderId, levelMin, levelMax }: FollowerHello): void {
    const { self, clusterId: ours, epochOf } = this.#replicas;
    if (this.#follower !== undefined) throw new MillraceError("INVALID_REQUEST", { reason: "a replication stream has one hello" });
    if (clusterId.length !== 16 || uuidFromBytes(clusterId) !== ours)
      throw new MillraceError("INCONSISTENT_CLUSTER_ID", { broker: brokerId });
    if (leaderId !== self) throw new MillraceError("INVALID_REQUEST", { meant: leaderId, broker: self });
    if (!haveCommonLevel({ levelMin, levelMax }))
      throw new MillraceError("UNSUPPORTED_VERSION", { theirs: { levelMin, levelMax }, ours: levels });
    const known = epochOf(BrokerId(brokerId));
    if (brokerEpoch < known) throw new MillraceError("STALE_BROKER_EPOCH", { broker: brokerId, brokerEpoch, known });
    this.#follower = { id: BrokerId(brokerId), epoch: BrokerEpoch(brokerEpoch) };
    this.#pusher.greet({ brokerId: self, ...levels });
  }

  #subscribe(asked: Subscription): void {
    if (this.#subscriptions.size + this.#early.length >= subscriptionsMax) throw new MillraceError("INVALID_REQUEST", { subscriptionsMax });
    if (this.#decide(asked)) return;
    this.#early.push({ asked, untilMs: this.#replicas.clock.monotonicMs() + unknownEpochWaitMs });
  }

  /** Answers a subscription; false where the metadata that decides it may be on its way. */
  #decide(asked: Subscription): boolean {
    const topicId = topicIdOf(asked.topicId);
    const partition = topicId === undefined ? undefined : this.#replicas.partition(topicId, asked.partition);
    if (partition === undefined || asked.leaderEpoch > partition.leaderEpoch) return false;
    const { leading, leaderEpoch } = partition;
    if (asked.leaderEpoch < leaderEpoch)
      return this.#answer(asked.generation, { type: "refused", code: "FENCED_LEADER_EPOCH" }, leaderEpoch);
    // A leader whose log is still being cut leads as soon as that is done.
    if (leading === undefined && partition.leader === this.#replicas.self) return false;
    const code = partition.log.failure === undefined ? "NOT_LEADER_OR_FOLLOWER" : "KAFKA_STORAGE_ERROR";
    if (leading === undefined || partition.log.failure !== undefined)
      return this.#answer(asked.generation, { type: "refused", code }, leaderEpoch);
    const life = { brokerEpoch: this.#follower!.epoch, generation: asked.generation };
    const standing = standingOf(asked);
    const pushed = new PushedPartition(leading, life, standing.end, this);
    const answer = leading.subscribe(this.follower, pushed, standing);
    this.#answer(asked.generation, answer, leaderEpoch);
    if (answer.type === "accepted") {
      this.#subscriptions.set(asked.generation, pushed);
      pushed.accepted(answer);
      pushed.grown();
    }
    return true;
  }

  #retryEarly(): void {
    const nowMs = this.#replicas.clock.monotonicMs();
    const early = this.#early;
    if (early.length === 0) return;
    this.#early = early.filter(({ asked, untilMs }) => {
      if (this.#decide(asked)) return false;
      if (nowMs < untilMs) return true;
      return !this.#answer(asked.generation, { type: "refused", code: "UNKNOWN_LEADER_EPOCH" }, unknownLeaderEpoch);
    });
  }

  #answer(generation: number, answer: SubscriptionAnswer, leaderEpoch: PushedPartition["leader"]["leaderEpoch"]): true {
    this.#pusher.answer(answerDraft(generation, answer, leaderEpoch));
    return true;
  }

  #drop(generation: number): void {
    this.#early = this.#early.filter(({ asked }) => asked.generation !== generation);
    const pushed = this.#subscriptions.get(generation);
    if (pushed === undefined) return;
    this.#subscriptions.delete(generation);
    this.#pusher.forget(pushed);
    pushed.leave(this.#heardMs);
  }

  #exchanged(): void {
    this.#exchange = this.#replicas.clock.timer(exchangeMs, () => this.#exchanged());
    if (this.#replicas.clock.monotonicMs() - this.#heardMs > silenceMs) {
      this.#stream.reset(new MillraceError("REQUEST_TIMED_OUT", { silenceMs }));
      return this.closed();
    }
    this.#retryEarly();
    if (this.#follower !== undefined) this.#pusher.exchange();
  }
}
