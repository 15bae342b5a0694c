import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { Pipe } from "./pipe.ts";

/** What becomes of bytes from one broker to another. */
export interface Way {
  /** Nothing goes through: nobody is told, and what was sent waits until the way is open again. */
  readonly isCut: boolean;
  readonly delayMs: number;
}

const open: Way = { isCut: false, delayMs: 0 };

/** A listener that stands before one of a broker. */
interface Entrance {
  readonly to: number;
  readonly server: Server;
  /** Where others find it. */
  readonly port: number;
}

interface Connection {
  readonly from: number;
  readonly to: number;
  readonly pipes: readonly Pipe[];
  readonly sockets: readonly Socket[];
}

/** The network among brokers: every listener that they reach each other by has a proxy before it, which knows who calls. */
export class Network {
  readonly #callerOf: (port: number) => number | undefined;
  readonly #entrances: Entrance[] = [];
  readonly #connections = new Set<Connection>();
  readonly #ways = new Map<string, Way>();

  /** @param callerOf the broker that holds the connection with this port on its side */
  constructor(callerOf: (port: number) => number | undefined) {
    this.#callerOf = callerOf;
  }

  /** Opens a proxy before a port of a broker and resolves to the port under which others shall know it. */
  async before(to: number, port: number): Promise<number> {
    const server = createServer((socket) => this.#accept(socket, to, port));
    await listening(server, 0);
    const entrance = { to, server, port: (server.address() as AddressInfo).port };
    this.#entrances.push(entrance);
    return entrance.port;
  }

  /** The process of a broker is gone: connections to it are refused, as its machine would. */
  vanish(to: number): void {
    for (const { server } of this.#entrances.filter((each) => each.to === to)) server.close();
  }

  /** The process is there again. */
  async appear(to: number): Promise<void> {
    for (const { server, port } of this.#entrances.filter((each) => each.to === to)) if (!server.listening) await listening(server, port);
  }

  /** Changes the way from one broker to another, for connections that stand and for new ones; requests and answers go both ways. */
  set(from: number, to: number, way: Partial<Way>): void {
    this.#ways.set(`${from}>${to}`, { ...this.#way(from, to), ...way });
    for (const connection of this.#connections) this.#apply(connection);
  }

  /** Opens all ways again. */
  heal(): void {
    this.#ways.clear();
    for (const connection of this.#connections) this.#apply(connection);
  }

  /** Breaks every connection that stands. */
  reset(): void {
    for (const { sockets } of this.#connections) for (const socket of sockets) socket.resetAndDestroy();
  }

  close(): void {
    for (const { server } of this.#entrances) server.close();
    this.reset();
  }

  #accept(caller: Socket, to: number, port: number): void {
    const callee = connect(port, "127.0.0.1");
    const from = this.#callerOf(caller.remotePort!) ?? 0;
    const connection = { from, to, sockets: [caller, callee], pipes: [new Pipe(caller, callee), new Pipe(callee, caller)] };
    this.#connections.add(connection);
    for (const socket of connection.sockets) socket.once("close", () => this.#connections.delete(connection));
    this.#apply(connection);
  }

  #apply({ from, to, pipes: [there, back] }: Connection): void {
    there!.follow(this.#way(from, to));
    back!.follow(this.#way(to, from));
  }

  #way(from: number, to: number): Way {
    return this.#ways.get(`${from}>${to}`) ?? open;
  }
}

async function listening(server: Server, port: number): Promise<void> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
}
