import { MillraceError } from "@millrace/vocabulary";
import type { CallOptions, Encoded, PeerChannel, PeerCloseReason, PeerStream } from "../ports/peers.ts";
import type { Address } from "../ports/sockets.ts";
import type { Life } from "./life.ts";
import type { Network } from "./network.ts";
import { PeerConnection, type PeerOpening } from "./peer-connection.ts";
import { SimulatedPeerStream } from "./peer-stream.ts";

/** How long a process may take to accept a connection: more than any round trip, less than anybody would wait. */
const connectMsMax = 5_000;

const closedReason: PeerCloseReason = { code: "CLOSED", facts: {} };
const noHeaders: ReadonlyMap<string, string> = new Map();

/** Calls and streams to one address. It connects when there is something to say and no connection stands. */
export class SimulatedPeerChannel implements PeerChannel {
  readonly #life: Life;
  readonly #network: Network;
  readonly #address: Address;
  readonly #streams = new Set<SimulatedPeerStream>();
  #waiting: { readonly stream: SimulatedPeerStream; readonly opening: PeerOpening }[] = [];
  #connection: PeerConnection | undefined;
  #isClosed = false;

  constructor(life: Life, network: Network, address: Address) {
    this.#life = life;
    this.#network = network;
    this.#address = address;
  }

  /** A stream that carries one message each way, as in gRPC. */
  call(path: string, request: Encoded, { timeoutMs, signal, headers = noHeaders }: CallOptions): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return this.#life.after(0, () => reject(new MillraceError("CLOSED", { path })));
      const stream = this.#open({ path, headers, timeoutMs });
      const giveUp = (error: MillraceError) => {
        stream.reset(error);
        settle(() => reject(error));
      };
      const aborted = () => giveUp(new MillraceError("CLOSED", { path }));
      const timer = this.#life.timer(timeoutMs * 1000, () => giveUp(new MillraceError("REQUEST_TIMED_OUT", { path, timeoutMs })));
      let isSettled = false;
      const settle = (act: () => void) => {
        if (isSettled) return;
        isSettled = true;
        signal?.removeEventListener("abort", aborted);
        if (timer !== undefined) this.#life.cancel(timer);
        this.#life.after(0, act);
      };
      signal?.addEventListener("abort", aborted);
      stream.receive({
        message: (answer) => settle(() => resolve(answer)),
        ended: () => {},
        drained: () => {},
        closed: (reason) => settle(() => reject(errorOf(reason, path))),
      });
      stream.send(request);
      stream.end();
    });
  }

  stream(path: string, { headers = noHeaders }: { headers?: ReadonlyMap<string, string> } = {}): PeerStream {
    return this.#open({ path, headers, timeoutMs: undefined });
  }

  close(): void {
    this.#isClosed = true;
    for (const stream of this.#streams) stream.reset(new MillraceError("CLOSED"));
    this.#connection?.close();
    this.#connection = undefined;
  }

  #open(opening: PeerOpening): SimulatedPeerStream {
    const stream: SimulatedPeerStream = new SimulatedPeerStream(this.#life, "caller", () => {
      this.#streams.delete(stream);
      this.#connection?.forget(stream);
    });
    this.#streams.add(stream);
    if (this.#isClosed) stream.close(closedReason);
    else if (this.#connection !== undefined) this.#connection.open(stream, opening);
    else this.#connectFor(stream, opening);
    return stream;
  }

  #connectFor(stream: SimulatedPeerStream, opening: PeerOpening): void {
    this.#waiting.push({ stream, opening });
    if (this.#waiting.length > 1) return;
    this.#network.dial(this.#life, this.#address, "messages", connectMsMax, {
      established: (wire) => {
        const connection = new PeerConnection(
          wire,
          () => {},
          () => this.#lost(connection),
        );
        wire.belongTo(this.#life, connection);
        this.#connected(connection);
      },
      failed: (error) => {
        for (const { stream: waiting } of this.#takeWaiting()) waiting.close({ code: error.code, facts: error.facts });
      },
    });
  }

  #connected(connection: PeerConnection): void {
    if (this.#isClosed) return connection.close();
    this.#connection = connection;
    for (const { stream, opening } of this.#takeWaiting()) if (!stream.isClosed) connection.open(stream, opening);
  }

  #takeWaiting(): readonly { readonly stream: SimulatedPeerStream; readonly opening: PeerOpening }[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }

  #lost(connection: PeerConnection): void {
    if (this.#connection === connection) this.#connection = undefined;
  }
}

/** A call that closed without an answer was not answered: the serving side ended it too soon. */
function errorOf(reason: PeerCloseReason | undefined, path: string): MillraceError {
  return reason === undefined
    ? new MillraceError("UNKNOWN_SERVER_ERROR", { path, answered: false })
    : new MillraceError(reason.code, reason.facts);
}
