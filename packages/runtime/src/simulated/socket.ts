import { assert, KiB, MillraceError } from "@millrace/vocabulary";
import type { Address, Socket, SocketReceiver } from "../ports/sockets.ts";
import type { Chance } from "./chance.ts";
import type { Life } from "./life.ts";
import type { WireEnd, WireWatcher } from "./wire.ts";

/** Bytes that may be on their way or unread at the other end: what the kernels of both sides would hold. */
const windowBytes = 256 * KiB;
/** The largest piece that arrives at once, as Node reads. */
const pieceBytesMax = 64 * KiB;
/** Unsent bytes above which `write` says no, as Node's streams do. */
const unsentBytesHigh = 64 * KiB;

export interface SocketParts {
  readonly life: Life;
  readonly wire: WireEnd;
  readonly local: Address;
  readonly remote: Address;
  readonly chance: Chance;
  readonly splitPpm: () => number;
}

/** One end of a simulated connection. Pieces are copied as they leave, so that neither side sees the other's memory. */
export class SimulatedSocket implements Socket, WireWatcher {
  readonly local: Address;
  readonly remote: Address;
  readonly #parts: SocketParts;
  #receiver: SocketReceiver | undefined;

  #unsent: Uint8Array[] = [];
  #unsentBytes = 0;
  #creditBytes = windowBytes;
  #owesDrain = false;
  /** `asked`: end was called; `told`: everything has gone out, and the other side will know. */
  #ownEnd: "open" | "asked" | "told" = "open";

  #unread: Buffer[] = [];
  #isPaused = false;
  #otherEnd: "open" | "arrived" | "told" = "open";
  #closed: { readonly error: MillraceError | undefined } | undefined;

  constructor(parts: SocketParts) {
    this.#parts = parts;
    this.local = parts.local;
    this.remote = parts.remote;
    parts.wire.belongTo(parts.life, this);
  }

  receive(receiver: SocketReceiver): void {
    assert(this.#receiver === undefined, "a socket has one receiver");
    this.#receiver = receiver;
    const closed = this.#closed;
    this.#later(() => (closed === undefined ? this.#deliver() : receiver.closed(closed.error)));
  }

  write(chunks: readonly Uint8Array[]): boolean {
    if (this.#isOver || this.#ownEnd !== "open") return true;
    for (const chunk of chunks) {
      if (chunk.length === 0) continue;
      this.#unsent.push(chunk);
      this.#unsentBytes += chunk.length;
    }
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
    if (this.#isOver || this.#ownEnd !== "open") return;
    this.#ownEnd = "asked";
    this.#pump();
  }

  destroy(): void {
    if (this.#isOver) return;
    const { wire } = this.#parts;
    const isLost = this.#unsentBytes > 0 || this.#unread.length > 0;
    if (isLost) wire.abandon();
    else if (this.#ownEnd !== "told") this.#send((other) => other.#endArrived());
    if (this.#otherEnd !== "open") wire.finish();
    this.#close(undefined);
  }

  broken(): void {
    this.#close(new MillraceError("CONNECTION_FAILED", { ...this.remote, errno: "ECONNRESET" }));
  }

  /** Sends what the window takes. */
  #pump(): void {
    while (this.#unsent.length > 0 && this.#creditBytes > 0) {
      const piece = this.#takePiece(Math.min(this.#creditBytes, pieceBytesMax));
      this.#creditBytes -= piece.length;
      this.#send((other) => other.#pieceArrived(piece));
    }
    if (this.#unsent.length > 0) return;
    if (this.#ownEnd === "asked") {
      this.#ownEnd = "told";
      this.#send((other) => other.#endArrived());
      this.#closeWhenDone();
    }
    if (this.#owesDrain) {
      this.#owesDrain = false;
      this.#later(() => this.#receiver?.drained());
    }
  }

  /** The next bytes, out of as many chunks as it takes, cut at any byte where chance wants it. */
  #takePiece(bytesMax: number): Buffer {
    const { chance, splitPpm } = this.#parts;
    const wanted = Math.min(bytesMax, this.#unsentBytes);
    const bytes = chance.hits(splitPpm()) ? 1 + chance.below(wanted) : wanted;
    const piece = Buffer.allocUnsafe(bytes);
    let filled = 0;
    let used = 0;
    while (filled < bytes) {
      const chunk = this.#unsent[used]!;
      const part = chunk.length > bytes - filled ? chunk.subarray(0, bytes - filled) : chunk;
      piece.set(part, filled);
      filled += part.length;
      if (part.length === chunk.length) used++;
      else this.#unsent[used] = chunk.subarray(part.length);
    }
    this.#unsent.splice(0, used);
    this.#unsentBytes -= bytes;
    return piece;
  }

  #pieceArrived(piece: Buffer): void {
    if (this.#isOver) return this.#parts.wire.abandon();
    this.#unread.push(piece);
    this.#deliver();
  }

  #endArrived(): void {
    if (this.#isOver) return this.#parts.wire.finish();
    this.#otherEnd = "arrived";
    this.#deliver();
  }

  #creditArrived(bytes: number): void {
    this.#creditBytes += bytes;
    if (!this.#isOver) this.#pump();
  }

  /** Hands over what has arrived, as long as the receiver takes it. */
  #deliver(): void {
    const receiver = this.#receiver;
    if (receiver === undefined) return;
    let readBytes = 0;
    while (this.#unread.length > 0 && !this.#isPaused && !this.#isOver) {
      const piece = this.#unread.shift()!;
      readBytes += piece.length;
      receiver.data(piece);
    }
    if (readBytes > 0) this.#send((other) => other.#creditArrived(readBytes));
    if (this.#isOver || this.#unread.length > 0 || this.#isPaused || this.#otherEnd !== "arrived") return;
    this.#otherEnd = "told";
    receiver.ended();
    this.#closeWhenDone();
  }

  #closeWhenDone(): void {
    if (this.#ownEnd !== "told" || this.#otherEnd !== "told") return;
    this.#parts.wire.finish();
    this.#close(undefined);
  }

  #close(error: MillraceError | undefined): void {
    if (this.#isOver) return;
    this.#closed = { error };
    this.#unsent = [];
    this.#unsentBytes = 0;
    this.#unread = [];
    if (this.#receiver !== undefined) this.#later(() => this.#receiver?.closed(error));
  }

  get #isOver(): boolean {
    return this.#closed !== undefined;
  }

  #send(arrive: (other: SimulatedSocket) => void): void {
    this.#parts.wire.send(arrive);
  }

  #later(act: () => void): void {
    this.#parts.life.after(0, act);
  }
}
