import type { Encoded, PeerCloseReason, PeerStream, PeerStreamReceiver } from "@millrace/runtime";
import { bytesOf } from "@millrace/contracts";
import { assert, MillraceError } from "@millrace/vocabulary";
import { unsentBytesMax } from "./limits.ts";

/** As much of grpc-js's streams as is used here. */
interface Transport {
  on(event: "data", listener: (message: Buffer) => void): unknown;
  on(event: "end", listener: () => void): unknown;
  write(message: Encoded, written: () => void): unknown;
  pause(): unknown;
  resume(): unknown;
  end(): unknown;
}

/**
 * A stream of messages over one of grpc-js's: what the two ends of it have in common. Messages wait here and are handed to the
 * transport one at a time, so that it is known how much waits, and so that what waits can be dropped.
 */
export abstract class MessageStream implements PeerStream {
  #transport: Transport | undefined;
  #receiver: PeerStreamReceiver | undefined;
  readonly #waiting: Encoded[] = [];
  #next = 0;
  #isSending = false;
  #isEnding = false;
  #isPaused = false;
  #owesDrained = false;
  #isClosed = false;
  #unsentBytes = 0;

  get unsentBytes(): number {
    return this.#unsentBytes;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  receive(receiver: PeerStreamReceiver): void {
    assert(this.#receiver === undefined, "a stream has one receiver");
    this.#receiver = receiver;
  }

  send(message: Encoded): boolean {
    if (this.#isClosed || this.#isEnding) return true;
    this.#waiting.push(message);
    this.#unsentBytes += bytesOf(message);
    this.#sendNext();
    if (this.#unsentBytes <= unsentBytesMax) return true;
    this.#owesDrained = true;
    return false;
  }

  pause(): void {
    this.#isPaused = true;
    this.#transport?.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#transport?.resume();
  }

  end(): void {
    this.#isEnding = true;
    this.#sendNext();
  }

  reset(error: MillraceError): void {
    if (this.#isClosed) return;
    this.close({ code: "CLOSED", facts: {} });
    this.abandon(error);
  }

  /** Ends the call at the transport, telling the other side why where gRPC has a way to. */
  protected abstract abandon(error: MillraceError): void;

  /** Takes the transport's stream: from now on messages pass. */
  protected open(transport: Transport): void {
    this.#transport = transport;
    transport.on("data", (message: Buffer) => {
      if (!this.#isClosed) this.#receiver?.message(message);
    });
    transport.on("end", () => {
      if (!this.#isClosed) this.#receiver?.ended();
    });
    if (this.#isPaused) transport.pause();
    this.#sendNext();
  }

  /** Says that both directions have ended, in a microtask, so that nobody hears of it in the midst of a call of his own. */
  protected close(reason: PeerCloseReason | undefined): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#waiting.length = 0;
    this.#unsentBytes = 0;
    queueMicrotask(() => this.#receiver?.closed(reason));
  }

  #sendNext(): void {
    const transport = this.#transport;
    if (transport === undefined || this.#isSending || this.#isClosed) return;
    const message = this.#waiting[this.#next];
    if (message === undefined) return this.#drained(transport);
    this.#waiting[this.#next++] = sent;
    this.#isSending = true;
    transport.write(message, () => this.#sent(message));
  }

  #sent(message: Encoded): void {
    this.#isSending = false;
    if (this.#isClosed) return;
    this.#unsentBytes -= bytesOf(message);
    this.#sendNext();
  }

  /** Nothing waits any more. */
  #drained(transport: Transport): void {
    this.#waiting.length = 0;
    this.#next = 0;
    if (this.#isEnding) return void transport.end();
    if (!this.#owesDrained) return;
    this.#owesDrained = false;
    this.#receiver?.drained();
  }
}

/** Takes the place of a message that has been handed on, so that its bytes may go. */
const sent: Encoded = [];
