import { assert, KiB, MillraceError } from "@millrace/vocabulary";
import { byteLengthOf } from "../byte-length.ts";
import type { Encoded, PeerCloseReason, PeerStream, PeerStreamReceiver } from "../ports/peers.ts";
import type { Life } from "./life.ts";

/** Bytes of one stream that may be on their way or unread at the other side. */
const windowBytes = 256 * KiB;
/** Unsent bytes above which `send` says no. */
const unsentBytesHigh = 64 * KiB;
/** What each message costs beside its bytes, so that empty ones use up the window too: gRPC's frame header. */
const messageOverheadBytes = 5;

/** What a stream says to its other side, by whatever carries it there in order. */
export interface PeerStreamWire {
  message(message: Buffer): void;
  credit(bytes: number): void;
  /** The caller sends no more. */
  end(): void;
  /** The serving side ends the stream: in order, or for a reason. */
  finish(reason: PeerCloseReason | undefined): void;
  /** The caller gives the stream up. */
  cancel(): void;
}

type Role = "caller" | "serving";

/** One side of a simulated stream. */
export class SimulatedPeerStream implements PeerStream {
  readonly #life: Life;
  readonly #role: Role;
  readonly #onClosed: (reason: PeerCloseReason | undefined) => void;
  /** Its number on the connection that carries it. */
  #id: number | undefined;
  #wire: PeerStreamWire | undefined;
  #receiver: PeerStreamReceiver | undefined;

  #unsent: Encoded[] = [];
  #unsentBytes = 0;
  #creditBytes = windowBytes;
  #owesDrain = false;
  #ownEnd: "open" | "asked" | "told" = "open";

  #unread: Buffer[] = [];
  #isPaused = false;
  #otherEnd: "open" | "arrived" | "told" = "open";
  #closed: { readonly reason: PeerCloseReason | undefined } | undefined;

  /** @param onClosed called once, at the moment in which the stream is over on this side */
  constructor(life: Life, role: Role, onClosed: (reason: PeerCloseReason | undefined) => void) {
    this.#life = life;
    this.#role = role;
    this.#onClosed = onClosed;
  }

  get isClosed(): boolean {
    return this.#closed !== undefined;
  }

  get id(): number | undefined {
    return this.#id;
  }

  /** The connection stands: what was sent before goes out now. */
  attach(id: number, wire: PeerStreamWire): void {
    this.#id = id;
    this.#wire = wire;
    this.#pump();
  }

  receive(receiver: PeerStreamReceiver): void {
    assert(this.#receiver === undefined, "a stream has one receiver");
    this.#receiver = receiver;
    const closed = this.#closed;
    this.#later(() => (closed === undefined ? this.#deliver() : receiver.closed(closed.reason)));
  }

  send(message: Encoded): boolean {
    if (this.isClosed || this.#ownEnd !== "open") return true;
    this.#unsent.push(message);
    this.#unsentBytes += byteLengthOf(message);
    this.#pump();
    if (this.#unsentBytes <= unsentBytesHigh) return true;
    this.#owesDrain = true;
    return false;
  }

  get unsentBytes(): number {
    return this.#unsentBytes;
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#later(() => this.#deliver());
  }

  end(): void {
    if (this.isClosed || this.#ownEnd !== "open") return;
    this.#ownEnd = "asked";
    this.#pump();
  }

  reset(error: MillraceError): void {
    if (this.isClosed) return;
    if (this.#role === "caller") this.#wire?.cancel();
    else this.#wire?.finish({ code: error.code, facts: carried(error.facts) });
    this.close({ code: "CLOSED", facts: {} });
  }

  messageArrived(message: Buffer): void {
    if (this.isClosed) return;
    this.#unread.push(message);
    this.#deliver();
  }

  creditArrived(bytes: number): void {
    this.#creditBytes += bytes;
    if (!this.isClosed) this.#pump();
  }

  endArrived(): void {
    if (this.isClosed) return;
    this.#otherEnd = "arrived";
    this.#deliver();
  }

  finishArrived(reason: PeerCloseReason | undefined): void {
    if (reason === undefined) this.endArrived();
    else this.close(reason);
  }

  /** The stream is over on this side. */
  close(reason: PeerCloseReason | undefined): void {
    if (this.isClosed) return;
    this.#closed = { reason };
    this.#unsent = [];
    this.#unsentBytes = 0;
    this.#unread = [];
    this.#onClosed(reason);
    if (this.#receiver !== undefined) this.#later(() => this.#receiver?.closed(reason));
  }

  /** Sends what the window takes; one message may overdraw it. */
  #pump(): void {
    const wire = this.#wire;
    if (wire === undefined) return;
    while (this.#unsent.length > 0 && this.#creditBytes > 0) {
      const message = Buffer.concat(this.#unsent.shift()!);
      this.#unsentBytes -= message.length;
      this.#creditBytes -= costOf(message);
      wire.message(message);
    }
    if (this.#unsent.length > 0) return;
    if (this.#ownEnd === "asked") this.#tellEnd(wire);
    if (!this.#owesDrain) return;
    this.#owesDrain = false;
    this.#later(() => this.#receiver?.drained());
  }

  #tellEnd(wire: PeerStreamWire): void {
    this.#ownEnd = "told";
    if (this.#role === "caller") return wire.end();
    wire.finish(undefined);
    this.close(undefined);
  }

  /** Hands over what has arrived, as long as the receiver takes it. */
  #deliver(): void {
    const receiver = this.#receiver;
    if (receiver === undefined) return;
    let creditBytes = 0;
    while (this.#unread.length > 0 && !this.#isPaused && !this.isClosed) {
      const message = this.#unread.shift()!;
      creditBytes += costOf(message);
      receiver.message(message);
    }
    if (creditBytes > 0 && !this.isClosed) this.#wire?.credit(creditBytes);
    if (this.isClosed || this.#unread.length > 0 || this.#isPaused || this.#otherEnd !== "arrived") return;
    this.#otherEnd = "told";
    receiver.ended();
    if (this.#role === "caller") this.close(undefined);
  }

  #later(act: () => void): void {
    this.#life.after(0, act);
  }
}

/** What is left of facts once they have crossed: plain values, nobody else's objects. */
export function carried(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(facts)) as Record<string, unknown>;
}

function costOf(message: Buffer): number {
  return message.length + messageOverheadBytes;
}
