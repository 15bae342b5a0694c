import type net from "node:net";
import type { Duplex } from "node:stream";
import type { Address } from "@millrace/runtime";

/** A byte stream with an address at either end: a connection of node:net, or of TLS on it. */
export type Connection = Duplex & Partial<Pick<net.Socket, "remoteAddress" | "remotePort" | "localAddress" | "localPort">>;

/** A connection that was accepted. Its addresses are read at once: they are gone when it is closed. */
export class AcceptedConnection {
  readonly remote: Address;
  readonly local: Address;
  /** How grpc-js names the other side of a call. */
  readonly peer: string;
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.remote = addressOf(connection.remoteAddress, connection.remotePort);
    this.local = addressOf(connection.localAddress, connection.localPort);
    this.peer = `${connection.remoteAddress}:${connection.remotePort}`;
  }

  get isClosed(): boolean {
    return this.#connection.destroyed;
  }

  destroy(): void {
    this.#connection.destroy();
  }
}

/** IPv4 inside of IPv6 is written as IPv4. */
function addressOf(host: string | undefined, port: number | undefined): Address {
  return { host: (host ?? "").replace(/^::ffff:(?=\d+\.)/, ""), port: port ?? 0 };
}
