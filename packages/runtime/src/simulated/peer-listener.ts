import { MillraceError } from "@millrace/vocabulary";
import type { Encoded, PeerCall, PeerListener, PeerMethod, PeerStream } from "../ports/peers.ts";
import type { Address } from "../ports/sockets.ts";
import type { Life } from "./life.ts";
import { PeerConnection, type PeerOpening } from "./peer-connection.ts";
import { SimulatedPeerStream } from "./peer-stream.ts";
import type { WireEnd } from "./wire.ts";

/** Serves methods on the connections that were made to one address. */
export class SimulatedPeerListener implements PeerListener {
  readonly #life: Life;
  readonly #methods: ReadonlyMap<string, PeerMethod>;
  readonly #connections = new Set<PeerConnection>();
  readonly #streams = new Set<SimulatedPeerStream>();
  #listening: { readonly address: Address; readonly close: () => void } | undefined;
  #onIdle: (() => void) | undefined;
  #isClosed = false;

  constructor(life: Life, methods: readonly PeerMethod[]) {
    this.#life = life;
    this.#methods = new Map(methods.map((method) => [method.path, method]));
  }

  /** Says where it listens. Called once, before anybody connects. */
  listeningAt(listening: { readonly address: Address; readonly close: () => void }): void {
    this.#listening = listening;
  }

  get address(): Address {
    return this.#listening!.address;
  }

  accept(wire: WireEnd, remote: Address, local: Address): void {
    const connection = new PeerConnection(
      wire,
      (_, id, opening) => this.#opened(connection, id, opening, remote, local),
      () => this.#connections.delete(connection),
    );
    wire.belongTo(this.#life, connection);
    this.#connections.add(connection);
  }

  async close(graceMs: number): Promise<void> {
    this.#isClosed = true;
    this.#listening?.close();
    if (this.#streams.size > 0) await this.#idleWithin(graceMs);
    for (const stream of this.#streams) stream.reset(new MillraceError("CLOSED"));
    for (const connection of this.#connections) connection.close();
    await this.#life.settle(0, () => {});
  }

  #idleWithin(graceMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      this.#life.timer(graceMs * 1000, resolve);
    });
  }

  #opened(connection: PeerConnection, id: number, opening: PeerOpening, remote: Address, local: Address): void {
    const method = this.#methods.get(opening.path);
    if (this.#isClosed) return connection.refuse(id, { code: "CONNECTION_FAILED", facts: { closing: true } });
    if (method === undefined) return connection.refuse(id, { code: "UNSUPPORTED_VERSION", facts: { path: opening.path } });
    const controller = new AbortController();
    const stream: SimulatedPeerStream = new SimulatedPeerStream(this.#life, "serving", (reason) => {
      connection.forget(stream);
      this.#streams.delete(stream);
      if (reason !== undefined) controller.abort();
      if (this.#streams.size === 0) this.#onIdle?.();
    });
    this.#streams.add(stream);
    connection.join(id, stream);
    const { headers, timeoutMs } = opening;
    serve(method, stream, { remote, local, headers, timeoutMs, signal: controller.signal });
  }
}

function serve(method: PeerMethod, stream: SimulatedPeerStream, call: PeerCall): void {
  if (method.kind === "unary") return serveUnary(method.handle, stream, call);
  try {
    method.handle(stream, call);
  } catch (error) {
    stream.reset(asMillraceError(error));
  }
}

/** Takes the one message, and answers with one or with what the handler threw. */
function serveUnary(handle: (request: Buffer, call: PeerCall) => Promise<Encoded>, stream: PeerStream, call: PeerCall): void {
  const answer = async (request: Buffer) => {
    try {
      stream.send(await handle(request, call));
      stream.end();
    } catch (error) {
      stream.reset(asMillraceError(error));
    }
  };
  stream.receive({ message: (request) => void answer(request), ended: () => {}, drained: () => {}, closed: () => {} });
}

function asMillraceError(error: unknown): MillraceError {
  return error instanceof MillraceError ? error : new MillraceError("UNKNOWN_SERVER_ERROR", {}, { cause: error });
}
