import type { Registered } from "@millrace/contracts/session";
import type { Address, Clock, Logger, PeerChannel, Peers, Timer } from "@millrace/runtime";
import { BrokerEpoch, BrokerId, type ErrorCode, type Facts, MillraceError, Offset } from "@millrace/vocabulary";
import type { BrokerRegistration } from "../controller.ts";
import { leadIn } from "../lead.ts";
import type { MetadataFollower } from "../metadata-follower.ts";
import { Serial } from "../serial.ts";
import { mayLead, type MembershipEffect, type MembershipEvent, outside, stepMembership } from "../sessions/membership.ts";
import { isSameAddress, LeadWatch } from "./lead-watch.ts";
import { MetadataIntake } from "./metadata-intake.ts";
import type { NamedVoter } from "./named-voter.ts";
import { whileInReach } from "./parting.ts";
import { SessionStream } from "./session-stream.ts";

export interface MembershipOptions {
  readonly peers: Peers;
  readonly clock: Clock;
  readonly logger: Logger;
  /** That `controller.quorum.voters` names; at least one. */
  readonly voters: readonly NamedVoter[];
  /** `broker.session.timeout.ms` */
  readonly timeoutMs: number;
  readonly follower: MetadataFollower;
  /** A life has registered, or again; its registration is in force once the metadata up to this offset is here. */
  readonly registered: (epoch: BrokerEpoch, metadataOffset: Offset) => void;
  /** The cluster will not have this broker, or its metadata cannot be followed. Nothing follows. */
  readonly failed: (error: Error) => void;
}

/** Keeps a broker's session: feeds `membership.ts` with time and with what the stream brings, and carries out what it says. */
export class MembershipKeeper {
  readonly #options: MembershipOptions;
  readonly #state;
  readonly #order = new Serial();
  readonly #watch: LeadWatch;
  #registration: BrokerRegistration | undefined;
  #timer: Timer | undefined;
  /** When the broker may lead no more, unless it is heard before. */
  #lapse: Timer | undefined;
  readonly #lapseWatchers = new Set<() => void>();
  #target: { readonly address: Address; readonly channel: PeerChannel } | undefined;
  #stream: SessionStream | undefined;
  #intake: MetadataIntake | undefined;
  #lastFacts: Facts = {};
  #controllerId: BrokerId | undefined;

  constructor(options: MembershipOptions) {
    this.#options = options;
    this.#state = outside(options.timeoutMs);
    this.#watch = new LeadWatch({ ...options, changed: () => this.#locate() });
  }

  /** The channel to the controller that this broker is a member with. */
  get channel(): PeerChannel | undefined {
    return this.#state.phase === "member" ? this.#target?.channel : undefined;
  }

  /** The node that it is a member with. */
  get controllerId(): BrokerId | undefined {
    return this.#state.phase === "member" ? this.#controllerId : undefined;
  }

  /** Whether this broker may act as a leader. */
  get mayLead(): boolean {
    return mayLead(this.#state, this.#options.clock.monotonicMs());
  }

  /** Calls back whenever the broker may lead no more because it has not been heard, until the function returned is called. */
  watchLapses(watcher: () => void): () => void {
    this.#lapseWatchers.add(watcher);
    return () => void this.#lapseWatchers.delete(watcher);
  }

  /** Registers this life, now and whenever the session has to be made anew. Called once. */
  begin(registration: BrokerRegistration): void {
    this.#registration = registration;
    this.#watch.begin();
    this.#locate();
  }

  /** As `whileInReach` has it. */
  whileInReach<Value>(word: Promise<Value>): Promise<Value> {
    return whileInReach(word, this.#watch, this.#options.clock);
  }

  leave(): void {
    this.#watch.close();
    this.#step({ type: "left" });
    this.#target?.channel.close();
    this.#target = undefined;
  }

  /** A session with the one that leads is left alone. */
  #locate(): void {
    const isThere = this.#target !== undefined && isSameAddress(this.#target.address, this.#watch.address);
    if (this.#state.phase !== "member" || !isThere) this.#step({ type: "located" });
  }

  #step(event: MembershipEvent): void {
    const { clock } = this.#options;
    for (const effect of stepMembership(this.#state, event, clock.monotonicMs())) this.#carryOut(effect);
    this.#timer?.cancel();
    const { dueMs } = this.#state;
    this.#timer = dueMs === undefined ? undefined : clock.timer(dueMs - clock.monotonicMs(), () => this.#step({ type: "due" }));
    this.#lookForLapse();
  }

  /** Tells of a lapse once, whatever step comes in its moment, and otherwise comes back when there may be one. */
  #lookForLapse(): void {
    const couldLead = this.#lapse !== undefined;
    this.#lapse?.cancel();
    this.#lapse = undefined;
    if (this.mayLead) {
      const waitMs = this.#state.leaseEndMs - this.#options.clock.monotonicMs();
      this.#lapse = this.#options.clock.timer(waitMs, () => this.#lookForLapse());
    } else if (couldLead) for (const watcher of this.#lapseWatchers) watcher();
  }

  #carryOut(effect: MembershipEffect): void {
    switch (effect.type) {
      case "open":
        return this.#open(effect.stream);
      case "heartbeat":
        return this.#stream?.heartbeat(effect.heartbeat, this.#options.follower.image.offset);
      case "close":
        // Whoever was silent for too long is looked past, as one that was not reached is.
        if (this.#state.phase === "away" && this.#target !== undefined) this.#watch.missed(this.#target.address, undefined);
        return this.#close();
      case "fail":
        return this.#options.failed(new MillraceError(effect.code, this.#lastFacts));
    }
  }

  #open(number: number): void {
    const { follower, clock, failed } = this.#options;
    const { channel } = this.#targetAt(this.#watch.address);
    const stream = new SessionStream(
      channel,
      { registration: this.#registration!, has: follower.image.offset },
      {
        registered: (registered) => this.#registered(number, registered),
        answered: (heartbeat) => this.#step({ type: "answered", stream: number, heartbeat }),
        metadata: (message) => this.#intake?.take(message),
        broken: (code, facts) => this.#broken(number, code, facts),
      },
    );
    const fail = (error: unknown) => failed(error instanceof Error ? error : new Error(String(error)));
    this.#stream = stream;
    this.#intake = new MetadataIntake({ clock, follower, order: this.#order, flow: stream, failed: fail });
  }

  #targetAt(address: Address): { readonly channel: PeerChannel } {
    if (this.#target !== undefined && isSameAddress(this.#target.address, address)) return this.#target;
    this.#target?.channel.close();
    this.#target = { address, channel: this.#options.peers.channel(address) };
    return this.#target;
  }

  #registered(stream: number, { epoch, metadataOffset, controllerId }: Registered): void {
    this.#step({ type: "registered", stream, epoch: BrokerEpoch(epoch) });
    this.#controllerId = BrokerId(controllerId);
    const known = { previousEpoch: BrokerEpoch(epoch), lives: [this.#registration!.incarnation] };
    // What was lost before is told: when this life registers again, it holds what it has acknowledged since.
    this.#registration = { ...this.#registration!, lastStop: "crashed", ...known };
    this.#options.logger.info("session with the controller", { controller: controllerId, epoch });
    this.#options.registered(BrokerEpoch(epoch), Offset(metadataOffset));
  }

  #broken(stream: number, code: ErrorCode, facts: Facts): void {
    const { logger } = this.#options;
    if (this.#state.phase === "member") logger.warn("session with the controller broke", { code, ...facts });
    else if (this.#state.failures === 0) logger.warn("no session with a controller yet; trying on", { code, ...facts });
    this.#lastFacts = facts;
    this.#intake?.end();
    const lead = code === "NOT_CONTROLLER" ? leadIn(facts) : undefined;
    if (this.#target !== undefined) this.#watch.missed(this.#target.address, lead);
    this.#step({ type: "broken", stream, code, isRedirected: lead !== undefined });
  }

  #close(): void {
    this.#intake?.end();
    this.#stream?.close();
    this.#stream = undefined;
  }
}
