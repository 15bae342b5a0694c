import type { Metadata } from "@grpc/grpc-js";
import type { Address, CallOptions, Encoded, PeerChannel, PeerCloseReason, PeerStream } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";
import { ClientCall } from "./client-call.ts";
import { ClientStream } from "./client-stream.ts";
import { Dialer } from "./dialer.ts";
import type { Grpc } from "./grpc.ts";
import type { RpcLimits } from "./limits.ts";
import { asIs, messageBytes } from "./message-bytes.ts";
import { errorToTell } from "./status.ts";

type Headers = ReadonlyMap<string, string> | undefined;

/** Calls and streams to one process, over connections of its own. */
export class GrpcChannel implements PeerChannel {
  readonly #grpc: Promise<Grpc>;
  readonly #dialer: Dialer;
  readonly #streams = new Set<ClientStream>();
  readonly #calls = new Set<ClientCall>();
  #isClosed = false;

  constructor(grpc: Promise<Grpc>, address: Address, limits: RpcLimits) {
    this.#grpc = grpc;
    this.#dialer = new Dialer(address, limits);
  }

  async call(path: string, request: Encoded, options: CallOptions): Promise<Buffer> {
    const deadline = Date.now() + options.timeoutMs;
    const grpc = await this.#grpc;
    const where = { path, peer: this.#dialer.name };
    if (this.#isClosed || options.signal?.aborted === true) throw new MillraceError("CLOSED", where);
    const metadata = metadataOf(grpc, options.headers);
    const client = this.#dialer.client(grpc);
    return new Promise((resolve, reject) => {
      const call = new ClientCall(where, resolve, reject);
      const closed = () => call.abort(closedHere);
      const stopWaiting = this.#dialer.whenStuck(client, () => call.abort(notConnected));
      this.#calls.add(call);
      options.signal?.addEventListener("abort", closed);
      const begun = client.makeUnaryRequest<Encoded, Buffer>(path, messageBytes, asIs, request, metadata, { deadline }, call.answered);
      call.begin(begun, () => {
        stopWaiting();
        this.#calls.delete(call);
        options.signal?.removeEventListener("abort", closed);
      });
    });
  }

  stream(path: string, options: { headers?: ReadonlyMap<string, string> } = {}): PeerStream {
    const stream = new ClientStream((closed) => void this.#streams.delete(closed));
    this.#streams.add(stream);
    this.#grpc.then((grpc) => this.#begin(grpc, stream, path, options.headers)).catch((error) => stream.fail(errorToTell(error)));
    return stream;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const call of this.#calls) call.abort(closedHere);
    for (const stream of this.#streams) stream.fail(closedHere);
    this.#dialer.close();
  }

  #begin(grpc: Grpc, stream: ClientStream, path: string, headers: Headers): void {
    if (this.#isClosed) return stream.fail(closedHere);
    if (stream.isClosed) return;
    const metadata = metadataOf(grpc, headers);
    const client = this.#dialer.client(grpc);
    const call = client.makeBidiStreamRequest<Encoded, Buffer>(path, messageBytes, asIs, metadata);
    stream.begin(
      call,
      this.#dialer.whenStuck(client, () => stream.fail(notConnected)),
    );
  }
}

const closedHere: PeerCloseReason = { code: "CLOSED", facts: {} };
const notConnected: PeerCloseReason = { code: "CONNECTION_FAILED", facts: { reason: "the connection does not stand" } };

/** Throws INVALID_REQUEST for a header that HTTP/2 cannot carry. */
function metadataOf(grpc: Grpc, headers: Headers): Metadata {
  const metadata = new grpc.Metadata();
  for (const [name, value] of headers ?? [])
    try {
      metadata.set(name, value);
    } catch (cause) {
      throw new MillraceError("INVALID_REQUEST", { header: name, value }, { cause });
    }
  return metadata;
}
