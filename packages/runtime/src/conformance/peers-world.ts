import type { Clock } from "../ports/clock.ts";
import type {
  Encoded,
  PeerCall,
  PeerChannel,
  PeerCloseReason,
  PeerListener,
  PeerMethod,
  Peers,
  PeerStream,
  PeerStreamReceiver,
} from "../ports/peers.ts";
import type { Address } from "../ports/sockets.ts";
import { type Gate, gate } from "./claims.ts";
import { Diary } from "./diary.ts";

/** Two processes, one of which serves the other; with real peers they may be one process. */
export interface PeersWorld {
  readonly clock: Clock;
  /** The peers of the process that serves. */
  readonly server: Peers;
  /** The peers of the process that calls. */
  readonly client: Peers;
  /** Where the server may listen: its host, with port 0. */
  readonly serveAt: Address;
  /** Where nobody listens, and a connection is refused. */
  readonly nobodyAt: Address;
  /** A channel from the client to this listener of the server, by a way that `breakConnections` breaks. */
  channelTo(listener: PeerListener): Promise<PeerChannel>;
  /** Breaks the connections that stand now, as the death of one process does. New ones are possible at once. */
  breakConnections(): void;
}

/** The path of the one method that most proofs serve. */
export const path = "/millrace.conformance.v1.Conformance/Do";

export function unary(handle: (request: Buffer, call: PeerCall) => Promise<Encoded>): PeerMethod {
  return { kind: "unary", path, handle };
}

/** Serves one unary method and opens a channel to it. */
export async function calling(world: PeersWorld, handle: (request: Buffer, call: PeerCall) => Promise<Encoded>): Promise<PeerChannel> {
  return world.channelTo(await world.server.serve(world.serveAt, [unary(handle)]));
}

/** One side of a stream, with all that happened to it. */
export class StreamEnd extends Diary implements PeerStreamReceiver {
  readonly stream: PeerStream;
  readonly messages: Buffer[] = [];
  isEnded = false;
  isClosed = false;
  drains = 0;
  reason: PeerCloseReason | undefined;

  constructor(stream: PeerStream) {
    super();
    this.stream = stream;
    stream.receive(this);
  }

  message(message: Buffer): void {
    this.messages.push(message);
    this.note("message");
  }

  ended(): void {
    this.isEnded = true;
    this.note("ended");
  }

  drained(): void {
    this.drains++;
    this.note("drained");
  }

  closed(reason: PeerCloseReason | undefined): void {
    this.isClosed = true;
    this.reason = reason;
    this.note("closed");
  }

  /** Resolves to the reason once the stream has closed. */
  async closing(): Promise<PeerCloseReason | undefined> {
    await this.until(() => this.isClosed);
    return this.reason;
  }
}

/** Both ends of one stream. The served one exists once the call has arrived. */
export interface Streaming {
  readonly channel: PeerChannel;
  readonly listener: PeerListener;
  readonly near: StreamEnd;
  readonly far: Promise<StreamEnd>;
  readonly call: Promise<PeerCall>;
}

/** Serves one stream method and opens a stream to it. */
export async function streaming(world: PeersWorld, headers?: ReadonlyMap<string, string>): Promise<Streaming> {
  const far: Gate<StreamEnd> = gate();
  const call: Gate<PeerCall> = gate();
  const handle = (stream: PeerStream, its: PeerCall) => {
    far.open(new StreamEnd(stream));
    call.open(its);
  };
  const listener = await world.server.serve(world.serveAt, [{ kind: "stream", path, handle }]);
  const channel = await world.channelTo(listener);
  const near = new StreamEnd(channel.stream(path, headers === undefined ? {} : { headers }));
  return { channel, listener, near, far: far.opened, call: call.opened };
}
