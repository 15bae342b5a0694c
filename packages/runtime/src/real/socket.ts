import type net from "node:net";
import { assert, MillraceError } from "@millrace/vocabulary";
import type { Address, Socket, SocketReceiver } from "../ports/sockets.ts";
import { errnoOf } from "./errno.ts";

/**
 * A connection of node:net, or of TLS on it, as a Socket. From now on nobody else may listen to its events, nor read from it; what
 * was unshifted before comes first.
 */
export function realSocket(connection: net.Socket): Socket {
  return new RealSocket(connection);
}

class RealSocket implements Socket {
  readonly local: Address;
  readonly remote: Address;
  readonly #connection: net.Socket;
  #receiver: SocketReceiver | undefined;
  #error: Error | undefined;
  #isClosed = false;

  constructor(connection: net.Socket) {
    this.#connection = connection;
    this.local = addressOf(connection.localAddress, connection.localPort);
    this.remote = addressOf(connection.remoteAddress, connection.remotePort);
    connection.allowHalfOpen = true;
    connection.setNoDelay(true);
    connection.on("error", (error) => void (this.#error = error));
    connection.on("close", () => {
      this.#isClosed = true;
      this.#receiver?.closed(this.#reason());
    });
  }

  receive(receiver: SocketReceiver): void {
    assert(this.#receiver === undefined, "a socket has one receiver");
    this.#receiver = receiver;
    const connection = this.#connection;
    if (this.#isClosed) return void setImmediate(() => receiver.closed(this.#reason()));
    connection.on("end", () => receiver.ended());
    connection.on("drain", () => receiver.drained());
    connection.on("data", (chunk: Buffer) => receiver.data(chunk));
  }

  write(chunks: readonly Uint8Array[]): boolean {
    const connection = this.#connection;
    if (!connection.writable) return true;
    const joined = joinSmall(chunks);
    if (joined.length === 1) return connection.write(joined[0]!);
    connection.cork();
    for (const chunk of joined) connection.write(chunk);
    connection.uncork();
    return !connection.writableNeedDrain;
  }

  get unsentBytes(): number {
    return this.#connection.destroyed ? 0 : this.#connection.writableLength;
  }

  pause(): void {
    this.#connection.pause();
  }

  resume(): void {
    this.#connection.resume();
  }

  end(): void {
    this.#connection.end();
  }

  destroy(): void {
    this.#connection.destroy();
  }

  #reason(): MillraceError | undefined {
    if (this.#error === undefined) return undefined;
    return new MillraceError("CONNECTION_FAILED", { ...this.remote, errno: errnoOf(this.#error) }, { cause: this.#error });
  }
}

/** Chunks up to this size cost more as parts of a gathering write than their copy costs. */
const smallBytes = 4096;

/** Puts neighbours that are small together, so that an answer of many parts is one write. */
function joinSmall(chunks: readonly Uint8Array[]): readonly Uint8Array[] {
  if (chunks.length === 1) return chunks;
  const joined: Uint8Array[] = [];
  for (let from = 0; from < chunks.length;) {
    let to = from;
    let bytes = 0;
    while (to < chunks.length && chunks[to]!.length <= smallBytes) bytes += chunks[to++]!.length;
    if (to > from + 1) joined.push(Buffer.concat(chunks.slice(from, to), bytes));
    else joined.push(chunks[from]!);
    from = Math.max(to, from + 1);
  }
  return joined;
}

/** A peer that has gone already has no address any more. IPv4 inside of IPv6 is written as IPv4. */
function addressOf(host: string | undefined, port: number | undefined): Address {
  return { host: (host ?? "").replace(/^::ffff:(?=\d+\.)/, ""), port: port ?? 0 };
}
