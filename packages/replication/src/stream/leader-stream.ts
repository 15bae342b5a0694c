import { decodeFromLeader } from "@millrace/contracts";
import { type FromLeader, type LeaderHello, Replication } from "@millrace/contracts/replication";
import type { Address, Clock, Logger, MemoryAccount, PeerChannel, Peers, PeerStream, Timer } from "@millrace/runtime";
import { type BrokerEpoch, type BrokerId, codeOf, type ErrorCode, MillraceError, Offset, type Uuid } from "@millrace/vocabulary";
import type { Follower, WayToLeader } from "../following/follower.ts";
import { Outbox } from "./outbox.ts";
import { exchangeMs, reopenMs, silenceMs } from "./pace.ts";
import { answerOf, haveCommonLevel, levels, marksOf } from "./wire.ts";

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
  readonly #outbox: Outbox;
  #stream: PeerStream | undefined;
  #timer: Timer | undefined;
  #heardMs = 0;
  #reopenMs: number = reopenMs.first;
  #isClosed = false;

  constructor(leader: BrokerId, address: Address, options: LeaderStreamOptions) {
    this.leader = leader;
    this.address = address;
    this.#options = options;
    this.#outbox = new Outbox(leader, options);
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
    follower.stop();
    this.#outbox.leave(follower);
  }

  wants(follower: Follower): void {
    this.#outbox.subscribe(follower);
  }

  progressed(follower: Follower): void {
    this.#outbox.acknowledge(follower);
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
    stream.receive({
      message: (bytes) => {
        if (this.#stream === stream) this.#take(bytes);
      },
      ended: () => this.#over(stream, "CLOSED"),
      drained: () => {},
      closed: (reason) => this.#over(stream, reason?.code ?? "CLOSED"),
    });
    this.#timer = this.#options.clock.timer(exchangeMs, () => this.#exchange());
    this.#outbox.begin(stream);
    for (const follower of this.#followers) follower.attach(this);
  }

  #over(stream: PeerStream, code: ErrorCode): void {
    if (this.#stream === stream) this.#broken(new MillraceError(code));
  }

  #broken(error: MillraceError): void {
    this.#timer?.cancel();
    if (this.#stream !== undefined) this.#abandon(this.#stream, error);
    if (this.#isClosed) return;
    this.#timer = this.#options.clock.timer(this.#reopenMs, () => this.#open());
    this.#reopenMs = Math.min(this.#reopenMs * 2, reopenMs.last);
  }

  #abandon(stream: PeerStream, error: MillraceError): void {
    const { logger } = this.#options;
    const partitions = this.#outbox.subscribed.size;
    this.#stream = undefined;
    logger.info("replication stream broken", { leader: this.leader, partitions, error: codeOf(error) });
    stream.reset(error);
    for (const follower of this.#followers) {
      follower.detach();
      follower.takeFreeBytes();
    }
    this.#outbox.end();
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
    const { subscribed } = this.#outbox;
    if (hello !== null) this.#greeted(hello);
    for (const answer of answers) {
      const follower = subscribed.get(answer.generation);
      const said = answerOf(answer);
      if (follower === undefined) continue;
      if (said.type !== "accepted") subscribed.delete(follower);
      follower.answered(answer.generation, said);
    }
    for (const { generation, marks, from, batches } of pushes) {
      this.#outbox.charge(batches.length);
      const follower = subscribed.get(generation);
      if (follower === undefined) this.#outbox.free(batches.length);
      else follower.pushed(generation, marksOf(marks), Offset(from), batches);
    }
  }

  #greeted(hello: LeaderHello): void {
    if (hello.brokerId !== this.leader) throw new MillraceError("INVALID_REQUEST", { meant: this.leader, broker: hello.brokerId });
    if (!haveCommonLevel(hello)) throw new MillraceError("UNSUPPORTED_VERSION", { theirs: hello, ours: levels });
    this.#reopenMs = reopenMs.first;
  }

  #exchange(): void {
    this.#timer = this.#options.clock.timer(exchangeMs, () => this.#exchange());
    if (this.#options.clock.monotonicMs() - this.#heardMs > silenceMs) this.#broken(new MillraceError("REQUEST_TIMED_OUT", { silenceMs }));
    else this.#outbox.flush({ always: true });
  }
}
