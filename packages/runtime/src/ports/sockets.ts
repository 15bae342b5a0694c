import type { MillraceError } from "@millrace/vocabulary";

/** Byte streams to other processes. */
export interface Sockets {
  /**
   * Accepts connections. Rejects with ADDRESS_IN_USE where another process listens, with CONFIGURATION_INVALID where the
   * address is not this machine's or not allowed. `port` 0 takes a free one.
   *
   * `accept` must call `receive` before its turn ends.
   */
  listen(address: Address, accept: (socket: Socket) => void): Promise<Listener>;
  /** Connects; rejects with CONNECTION_FAILED when refused, or when `timeoutMs` has passed. */
  connect(address: Address, options: { timeoutMs: number }): Promise<Socket>;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface Listener {
  /** With the port that was taken. */
  readonly address: Address;
  /** Accepts no more; connections that were accepted stay. */
  close(): Promise<void>;
}

/** One connection. Bytes arrive whole, in order and once, or the connection closes. */
export interface Socket {
  readonly local: Address;
  readonly remote: Address;
  /** Says who takes what happens from now on. Called once, by whoever accepted or connected; nothing is lost before. */
  receive(receiver: SocketReceiver): void;
  /**
   * Sends the chunks; they must not change afterwards. False: more than the socket's buffer is waiting, and
   * `drained` will be called when it has gone out. Bytes for a closed connection are dropped.
   */
  write(chunks: readonly Uint8Array[]): boolean;
  /** Bytes taken by `write` that have not gone out. */
  readonly unsentBytes: number;
  /** Stops reading, so that the sender is held up; what has been read already is still handed over. */
  pause(): void;
  resume(): void;
  /** Sends what is waiting, then says that no more comes. The other direction stays open. */
  end(): void;
  /** Closes both directions at once; what is waiting may be dropped. `closed` then comes without an error. */
  destroy(): void;
}

/** Where a socket's events go. None of them comes before `receive` returns. */
export interface SocketReceiver {
  /** Bytes, never none. The chunk belongs to the receiver. */
  data(chunk: Buffer): void;
  /** The other side sends no more. */
  ended(): void;
  /** After `write` returned false: everything has gone out. */
  drained(): void;
  /** The last event. `error` says why, where the connection did not end in order. */
  closed(error: MillraceError | undefined): void;
}
