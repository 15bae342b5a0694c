import type { MillraceError } from "@millrace/vocabulary";
import type { Clock } from "../ports/clock.ts";
import type { Address, Listener, Socket, SocketReceiver, Sockets } from "../ports/sockets.ts";
import { gate } from "./claims.ts";
import { Diary } from "./diary.ts";

/** Two processes, one of which listens; with real sockets they may be one process. */
export interface SocketsWorld {
  readonly clock: Clock;
  readonly server: Sockets;
  readonly client: Sockets;
  /** Where the server may listen: its host, with port 0. */
  readonly listenAt: Address;
  /** Where nobody listens, and a connection is refused. */
  readonly nobodyAt: Address;
}

/** One end of a connection, with all that happened to it. */
export class SocketEnd extends Diary implements SocketReceiver {
  readonly socket: Socket;
  readonly #chunks: Buffer[] = [];
  receivedBytes = 0;
  isEnded = false;
  isClosed = false;
  drains = 0;
  error: MillraceError | undefined;

  constructor(socket: Socket) {
    super();
    this.socket = socket;
    socket.receive(this);
  }

  /** Everything that arrived until now. */
  get received(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  data(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.receivedBytes += chunk.length;
    this.note(chunk.length > 0 ? "data" : "empty data");
  }

  ended(): void {
    this.isEnded = true;
    this.note("ended");
  }

  drained(): void {
    this.drains++;
    this.note("drained");
  }

  closed(error: MillraceError | undefined): void {
    this.isClosed = true;
    this.error = error;
    this.note("closed");
  }

  /** Resolves to the error, if any, once the connection has closed. */
  async closing(): Promise<MillraceError | undefined> {
    await this.until(() => this.isClosed);
    return this.error;
  }
}

/** Both ends of one connection. */
export interface Connected {
  readonly listener: Listener;
  readonly near: SocketEnd;
  readonly far: SocketEnd;
}

/** Listens, and connects to it. */
export async function connected(world: SocketsWorld): Promise<Connected> {
  const far = gate<SocketEnd>();
  const listener = await world.server.listen(world.listenAt, (socket) => far.open(new SocketEnd(socket)));
  const near = new SocketEnd(await world.client.connect(listener.address, { timeoutMs: 10_000 }));
  return { listener, near, far: await far.opened };
}
