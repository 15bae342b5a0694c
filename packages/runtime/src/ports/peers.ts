import type { ErrorCode, Facts, MillraceError } from "@millrace/vocabulary";
import type { Address } from "./sockets.ts";

/**
 * Calls and streams of encoded messages to other processes. What a message means is decided above; here it is bytes.
 * A method is named as gRPC names it: `/millrace.log.v1.Log/Produce`.
 */
export interface Peers {
  /** A channel to a process, connected when first used and again whenever it breaks. */
  channel(address: Address): PeerChannel;
  /** Offers methods on an address of their own. Rejects with ADDRESS_IN_USE. */
  serve(address: Address, methods: readonly PeerMethod[]): Promise<PeerListener>;
}

/**
 * One method and what it does. What a handler throws ends the call: a MillraceError with its code and facts, anything else
 * as UNKNOWN_SERVER_ERROR. A call of a method that nobody offers ends with UNSUPPORTED_VERSION.
 */
export type PeerMethod =
  | { readonly kind: "unary"; readonly path: string; readonly handle: (request: Buffer, call: PeerCall) => Promise<Encoded> }
  | { readonly kind: "stream"; readonly path: string; readonly handle: (stream: PeerStream, call: PeerCall) => void };

/** A message in parts that are sent one after the other, so that large payloads need not be copied together. */
export type Encoded = readonly Uint8Array[];

/** Who calls, and how long they will wait. */
export interface PeerCall {
  readonly remote: Address;
  readonly local: Address;
  /** Headers of the call in lower case; those in `grpc-` are left out. */
  readonly headers: ReadonlyMap<string, string>;
  /** Milliseconds until the caller gives up, from the start of the call; undefined: never. */
  readonly timeoutMs: number | undefined;
  /** Aborts when the caller has gone or given up. */
  readonly signal: AbortSignal;
}

export interface PeerListener {
  readonly address: Address;
  /** Ends calls that are under way with CLOSED after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

export interface PeerChannel {
  /**
   * One request, one answer. Rejects with the code the other side threw, with REQUEST_TIMED_OUT after `timeoutMs`, with
   * CONNECTION_FAILED when the process cannot be reached or the connection broke, and with CLOSED on `signal`.
   */
  call(path: string, request: Encoded, options: CallOptions): Promise<Buffer>;
  /** Opens a stream. It is usable at once; that it could not be opened is told by `closed`. */
  stream(path: string, options?: { headers?: ReadonlyMap<string, string> }): PeerStream;
  /** Ends every call and stream with CLOSED. */
  close(): void;
}

export interface CallOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly headers?: ReadonlyMap<string, string>;
}

/** Messages both ways, each whole, in order and once, until the stream closes. */
export interface PeerStream {
  /** Says who takes what happens. Called once, in the turn in which the stream was opened or handed over. */
  receive(receiver: PeerStreamReceiver): void;
  /**
   * Sends one message; its parts must not change afterwards. False: more waits than the transport's window takes, and
   * `drained` will be called. Messages for a closed stream are dropped.
   */
  send(message: Encoded): boolean;
  /** Bytes taken by `send` that have not gone out. */
  readonly unsentBytes: number;
  /** Takes no more messages for now: the credit of the other side runs out. One that is on its way may still come. */
  pause(): void;
  resume(): void;
  /**
   * Sends what is waiting, then says that no more comes. From the caller that ends one direction; from the serving side it
   * ends the stream, as in gRPC, and what the caller sends later is dropped.
   */
  end(): void;
  /**
   * Ends both directions at once; what is waiting may be dropped. The caller is told the code and facts; the serving side
   * hears CLOSED at least, since a cancelled call of gRPC carries no code.
   */
  reset(error: MillraceError): void;
}

export interface PeerStreamReceiver {
  /** One message. The buffer belongs to the receiver. */
  message(message: Buffer): void;
  /** The other side sends no more. */
  ended(): void;
  drained(): void;
  /** The last event: both directions have ended. Undefined: in order. */
  closed(reason: PeerCloseReason | undefined): void;
}

/** Why a stream ended. */
export interface PeerCloseReason {
  /**
   * What the serving side gave to `reset`; CONNECTION_FAILED where the connection broke; CLOSED where this side closed, or
   * the caller gave up.
   */
  readonly code: ErrorCode;
  readonly facts: Facts;
}
