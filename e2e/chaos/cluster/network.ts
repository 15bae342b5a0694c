import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { Pipe } from "./pipe.ts";

/** What becomes of bytes from one broker to another. */
export interface Way {
  /** Nothing goes through: nobody is told, and what was sent waits until the way is open again. */
  readonly isCut: boolean;
  readonly delayMs: number;
}

const open: Way = { isCut: false, delayMs: 0 };

interface Connection {
  readonly from: number;
  readonly to: number;
  readonly pipes: readonly Pipe[];
  readonly sockets: readonly Socket[];
}

/** The network among brokers: every listener that they reach each other by has a proxy before it, which knows who calls. */
export class Network {
  readonly #callerOf: (port: number) => number | undefined;
  readonly #servers: Server[] = [];
  readonly #connections = new Set<Connection>();
  readonly #ways = new Map<string, Way>();

  /** @param callerOf the broker that holds the connection with this port on its side */
  constructor(callerOf: (port: number) => number | undefined) {
    this.#callerOf = callerOf;
  }

  /** Opens a proxy before a port of a broker and resolves to the port under which others shall know it. */
  async before(to: number, port: number): Promise<number> {
    const server = createServer((socket) => this.#accept(socket, to, port));
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
    this.#servers.push(server);
    return (server.address() as AddressInfo).port;
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
    for (const server of this.#servers) server.close();
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
