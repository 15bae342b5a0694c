import type { PeerCloseReason } from "../ports/peers.ts";
import type { SimulatedPeerStream, PeerStreamWire } from "./peer-stream.ts";
import type { WireEnd, WireWatcher } from "./wire.ts";

/** What the caller says when it opens a stream. */
export interface PeerOpening {
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly timeoutMs: number | undefined;
}

/** One end of a connection that carries the streams of one channel, in order, as HTTP/2 does. */
export class PeerConnection implements WireWatcher {
  readonly #wire: WireEnd;
  readonly #onOpened: (connection: PeerConnection, id: number, opening: PeerOpening) => void;
  readonly #onBroken: (connection: PeerConnection) => void;
  readonly #streams = new Map<number, SimulatedPeerStream>();
  #nextId = 0;

  constructor(
    wire: WireEnd,
    onOpened: (connection: PeerConnection, id: number, opening: PeerOpening) => void,
    onBroken: (connection: PeerConnection) => void,
  ) {
    this.#wire = wire;
    this.#onOpened = onOpened;
    this.#onBroken = onBroken;
  }

  /** Opens a stream to the other side. */
  open(stream: SimulatedPeerStream, opening: PeerOpening): void {
    const id = this.#nextId++;
    this.#wire.send<PeerConnection>((other) => other.#onOpened(other, id, opening));
    this.join(id, stream);
  }

  /** Gives the stream of this number its place, on the side to which it was opened. */
  join(id: number, stream: SimulatedPeerStream): void {
    this.#streams.set(id, stream);
    stream.attach(id, this.#wireOf(id));
  }

  /** Ends a stream that is not wanted here. */
  refuse(id: number, reason: PeerCloseReason): void {
    this.#wireOf(id).finish(reason);
  }

  /** Lets go of a stream that is over. */
  forget(stream: SimulatedPeerStream): void {
    if (stream.id !== undefined && this.#streams.get(stream.id) === stream) this.#streams.delete(stream.id);
  }

  broken(): void {
    this.#onBroken(this);
    for (const stream of this.#streams.values()) stream.close({ code: "CONNECTION_FAILED", facts: { errno: "ECONNRESET" } });
  }

  /** Closes the connection, which the other side hears after everything that was sent. */
  close(): void {
    this.#wire.abandon();
  }

  #wireOf(id: number): PeerStreamWire {
    const send = (arrive: (stream: SimulatedPeerStream) => void) =>
      this.#wire.send<PeerConnection>((other) => {
        const stream = other.#streams.get(id);
        if (stream !== undefined) arrive(stream);
      });
    return {
      message: (message) => send((stream) => stream.messageArrived(message)),
      credit: (bytes) => send((stream) => stream.creditArrived(bytes)),
      end: () => send((stream) => stream.endArrived()),
      finish: (reason) => send((stream) => stream.finishArrived(reason)),
      cancel: () => send((stream) => stream.close({ code: "CLOSED", facts: {} })),
    };
  }
}
