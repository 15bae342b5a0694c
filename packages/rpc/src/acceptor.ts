import type { ConnectionInjector, Server } from "@grpc/grpc-js";
import type { PeerMethod } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";
import { AcceptedConnection, type Connection } from "./connection.ts";
import { type Grpc, loadGrpc } from "./grpc.ts";
import { limitsOf, type RpcOptions, serverOptions } from "./limits.ts";
import { ServedMethods } from "./served-methods.ts";
import { windowRaiser } from "./window.ts";

/** Serves methods on connections that somebody else has accepted. */
export interface Acceptor {
  /**
   * Takes a connection whose first bytes are HTTP/2's preface; what was read of it must have been unshifted. TLS, where there
   * is any, has been taken off. Whatever comes over it, it can break nothing but itself.
   */
  accept(connection: Connection): void;
  /** Lets calls end within `graceMs`, ends the rest with CLOSED, and closes every connection. */
  close(graceMs: number): Promise<void>;
}

/** Ends of calls that were cut off have so long to reach their callers. */
const farewellMs = 500;

/** Loads grpc-js, and serves the methods on what is handed over. */
export async function createAcceptor(methods: readonly PeerMethod[], options: RpcOptions = {}): Promise<Acceptor> {
  return new GrpcAcceptor(await loadGrpc(), methods, options);
}

class GrpcAcceptor implements Acceptor {
  readonly #connections = new Map<string, AcceptedConnection>();
  readonly #served: ServedMethods;
  readonly #server: Server;
  readonly #injector: ConnectionInjector;
  #isClosing = false;
  /** Called when the last connection has gone. */
  #emptied: () => void = () => {};

  constructor(grpc: Grpc, methods: readonly PeerMethod[], options: RpcOptions) {
    const limits = limitsOf(options);
    this.#served = new ServedMethods(grpc, (peer) => this.#connections.get(peer), limits.logger);
    this.#server = new grpc.Server({ ...serverOptions(limits), interceptors: [windowRaiser(limits.windowBytes)] });
    for (const method of methods) this.#served.register(this.#server, method);
    this.#injector = this.#server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
  }

  accept(connection: Connection): void {
    connection.on("error", () => {}); // closing follows, and is what counts
    if (this.#isClosing || connection.destroyed) return void connection.destroy();
    const accepted = new AcceptedConnection(connection);
    this.#connections.set(accepted.peer, accepted);
    connection.on("close", () => this.#forget(accepted));
    this.#injector.injectConnection(connection);
  }

  async close(graceMs: number): Promise<void> {
    if (this.#isClosing) return;
    this.#isClosing = true;
    const gone = new Promise<void>((resolve) => void (this.#emptied = resolve));
    if (this.#connections.size === 0) this.#emptied();
    this.#injector.drain(graceMs + farewellMs);
    await this.#served.idleWithin(graceMs);
    this.#served.endAll(new MillraceError("CLOSED"));
    const farewell = setTimeout(() => this.#destroyAll(), farewellMs);
    await gone;
    clearTimeout(farewell);
    this.#server.forceShutdown();
  }

  #forget(accepted: AcceptedConnection): void {
    if (this.#connections.get(accepted.peer) === accepted) this.#connections.delete(accepted.peer);
    if (this.#connections.size === 0) this.#emptied();
  }

  #destroyAll(): void {
    for (const connection of this.#connections.values()) connection.destroy();
  }
}
