import { decodeMessage } from "@millrace/contracts";
import { LeadNews, Session } from "@millrace/contracts/session";
import type { Clock, PeerChannel, Peers, PeerStream, Timer } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";
import { type Lead, leadIn } from "../lead.ts";
import type { NamedVoter } from "./named-voter.ts";

/** A voter that cannot be reached is tried again after a time in this range, twice as long each time. */
const dialAgainMs = { first: 20, last: 500 } as const;

export interface LeadLineOptions {
  readonly peers: Peers;
  readonly clock: Clock;
  readonly voter: NamedVoter;
  /** What the voter says now; undefined: it knows of nobody, or is not reached. */
  readonly heard: (lead: Lead | undefined) => void;
  /** The voter has answered on a new connection, or that connection has broken. */
  readonly reached: (isReached: boolean) => void;
}

/** A broker's connection to one voter, on which that says who leads; opened again whenever it breaks. */
export class LeadLine {
  readonly #options: LeadLineOptions;
  readonly #channel: PeerChannel;
  #stream: PeerStream | undefined;
  #again: Timer | undefined;
  #againMs: number = dialAgainMs.first;
  #isReached = false;

  constructor(options: LeadLineOptions) {
    this.#options = options;
    this.#channel = options.peers.channel(options.voter.address);
    this.#dial();
  }

  close(): void {
    this.#again?.cancel();
    this.#stream = undefined;
    this.#channel.close();
  }

  #dial(): void {
    const stream = this.#channel.stream(Session.watchLead.path);
    this.#stream = stream;
    stream.receive({
      message: (bytes) => this.#take(stream, bytes),
      ended: () => stream.end(),
      drained: () => {},
      closed: () => this.#broken(stream),
    });
  }

  #take(stream: PeerStream, bytes: Buffer): void {
    try {
      const { lead } = decodeMessage(LeadNews, bytes);
      this.#againMs = dialAgainMs.first;
      this.#setReached(this.#stream === stream);
      if (this.#stream === stream) this.#options.heard(lead === null ? undefined : leadIn({ ...lead, leader: lead.controllerId }));
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      stream.reset(error);
      this.#broken(stream);
    }
  }

  #broken(stream: PeerStream): void {
    if (this.#stream !== stream) return;
    this.#stream = undefined;
    this.#options.heard(undefined);
    this.#setReached(false);
    this.#again = this.#options.clock.timer(this.#againMs, () => this.#dial());
    this.#againMs = Math.min(this.#againMs * 2, dialAgainMs.last);
  }

  #setReached(isReached: boolean): void {
    if (this.#isReached === isReached) return;
    this.#isReached = isReached;
    this.#options.reached(isReached);
  }
}
