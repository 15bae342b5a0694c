import { Raft } from "@millrace/contracts/raft";
import type { Clock, PeerChannel, PeerCloseReason, Peers, PeerStream, Timer } from "@millrace/runtime";
import { MiB, MillraceError } from "@millrace/vocabulary";
import type { Voter, VoterId } from "../voters.ts";
import type { Identity } from "./hello.ts";
import { type Met, sayHello } from "./handshake.ts";

/** A node that cannot be reached is tried again after a time in this range, twice as long each time. */
const dialAgainMs = { first: 20, last: 500 } as const;

/** Beyond so many bytes that wait for one node messages to it are lost. The machine's window keeps far below. */
const unsentBytesMax = 32 * MiB;

/** What a link needs, and whom it tells. */
export interface LinkOptions {
  readonly own: Identity;
  readonly peers: Peers;
  readonly clock: Clock;
  readonly connected: (id: VoterId) => void;
  readonly disconnected: (id: VoterId, reason: PeerCloseReason | undefined) => void;
  readonly message: (id: VoterId, message: Buffer, stream: PeerStream) => void;
  /** A stream was not agreed to, by either side. */
  readonly refused: (id: VoterId, reason: PeerCloseReason) => void;
}

/**
 * The way to one other node: one stream both ways, opened by whichever side comes first, and again when it breaks. Where both open one at
 * the same time, both keep the one that the node of the lower number opened.
 */
export class Link {
  readonly id: VoterId;
  readonly #options: LinkOptions;
  /** Where it is reached; undefined for one that this node only answers. */
  #voter: Voter | undefined;
  #channel: PeerChannel | undefined;
  #dialling: PeerStream | undefined;
  #standing: { readonly met: Met; readonly isOwn: boolean } | undefined;
  #again: Timer | undefined;
  #againMs: number = dialAgainMs.first;
  #isClosed = false;

  constructor(id: VoterId, options: LinkOptions) {
    this.id = id;
    this.#options = options;
  }

  get isStanding(): boolean {
    return this.#standing !== undefined;
  }

  /** Keeps a stream to this node, wherever it is reached now. */
  reach(voter: Voter): void {
    const [before] = this.#voter?.listeners ?? [];
    const [now] = voter.listeners;
    this.#voter = voter;
    if (now?.host === before?.host && now?.port === before?.port) return;
    this.#channel?.close();
    this.#channel = undefined;
    this.#dial();
  }

  /** Opens no stream any more; one that stands stays. */
  leave(): void {
    this.#voter = undefined;
    this.#again?.cancel();
  }

  /** A stream that the other side opened has come to an agreement. */
  accept(met: Met): void {
    this.#stand(met, false);
  }

  /** Sends a message, or loses it where no stream stands. */
  send(message: Buffer): void {
    const stream = this.#standing?.met.stream;
    if (stream !== undefined && stream.unsentBytes <= unsentBytesMax) stream.send([message]);
  }

  message(stream: PeerStream, message: Buffer): void {
    if (this.#standing?.met.stream === stream) this.#options.message(this.id, message, stream);
  }

  closed(stream: PeerStream, reason: PeerCloseReason | undefined): void {
    if (this.#dialling === stream) this.#notReached(reason);
    if (this.#standing?.met.stream !== stream) return;
    this.#standing = undefined;
    this.#options.disconnected(this.id, reason);
    this.#dialLater();
  }

  close(): void {
    this.#isClosed = true;
    this.leave();
    this.#standing?.met.stream.reset(new MillraceError("CLOSED"));
    this.#standing = undefined;
    this.#channel?.close();
  }

  #dial(): void {
    const [listener] = this.#voter?.listeners ?? [];
    if (this.#isClosed || listener === undefined || this.#standing !== undefined || this.#dialling !== undefined) return;
    const { own, peers, clock } = this.#options;
    this.#channel ??= peers.channel({ host: listener.host, port: listener.port });
    const stream = this.#channel.stream(Raft.exchange.path);
    this.#dialling = stream;
    sayHello(stream, own, this.id, clock, {
      met: (met) => this.#reached(met),
      message: (from, message) => this.message(from, message),
      closed: (which, reason) => this.closed(which, reason),
    });
  }

  #reached(met: Met): void {
    this.#dialling = undefined;
    this.#againMs = dialAgainMs.first;
    this.#stand(met, true);
  }

  #notReached(reason: PeerCloseReason | undefined): void {
    this.#dialling = undefined;
    if (reason !== undefined && this.#standing === undefined) this.#options.refused(this.id, reason);
    this.#dialLater();
  }

  #dialLater(): void {
    if (this.#isClosed || this.#voter === undefined) return;
    this.#again?.cancel();
    this.#again = this.#options.clock.timer(this.#againMs, () => this.#dial());
    this.#againMs = Math.min(this.#againMs * 2, dialAgainMs.last);
  }

  /** A second stream of one life takes the place of the first, unless that one is to stay; one of another life always does. */
  #stand(met: Met, isOwn: boolean): void {
    const before = this.#standing;
    const isSameLife = before?.met.incarnation === met.incarnation;
    if (before !== undefined && isSameLife && this.#isPreferred(before)) return met.stream.reset(new MillraceError("CLOSED"));
    this.#standing = { met, isOwn };
    before?.met.stream.reset(new MillraceError("CLOSED"));
    if (before !== undefined && !isSameLife) this.#options.disconnected(this.id, undefined);
    if (!isSameLife) this.#options.connected(this.id);
  }

  #isPreferred({ isOwn }: { readonly isOwn: boolean }): boolean {
    return isOwn === this.#options.own.self.nodeId < this.id.nodeId;
  }
}
