import type { ServerDuplexStream, ServerUnaryCall } from "@grpc/grpc-js";
import type { Address, Encoded, PeerCall } from "@millrace/runtime";
import type { AcceptedConnection } from "./connection.ts";

type GrpcCall = ServerUnaryCall<Buffer, Encoded> | ServerDuplexStream<Buffer, Encoded>;

/** What a handler may know of a call, until it is answered or its caller has gone. */
export class ServedCall implements PeerCall {
  readonly timeoutMs: number | undefined;
  readonly #call: GrpcCall;
  readonly #connection: AcceptedConnection | undefined;
  #headers: ReadonlyMap<string, string> | undefined;
  #abort: AbortController | undefined;
  #state: "open" | "answered" | "gone" = "open";

  /** @param connection undefined: it has gone already */
  constructor(call: GrpcCall, connection: AcceptedConnection | undefined) {
    this.#call = call;
    this.#connection = connection;
    const deadlineMs = Number(call.getDeadline());
    this.timeoutMs = deadlineMs === Infinity ? undefined : Math.max(0, deadlineMs - Date.now());
  }

  get remote(): Address {
    return this.#connection?.remote ?? nowhere;
  }

  get local(): Address {
    return this.#connection?.local ?? nowhere;
  }

  get headers(): ReadonlyMap<string, string> {
    return (this.#headers ??= this.#readHeaders());
  }

  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#state === "gone") this.#abort.abort();
    return this.#abort.signal;
  }

  get isOpen(): boolean {
    return this.#state === "open";
  }

  get hasConnection(): boolean {
    return this.#connection !== undefined && !this.#connection.isClosed;
  }

  answered(): void {
    if (this.#state === "open") this.#state = "answered";
  }

  gone(): void {
    if (this.#state !== "open") return;
    this.#state = "gone";
    this.#abort?.abort();
  }

  #readHeaders(): ReadonlyMap<string, string> {
    const headers = new Map<string, string>();
    for (const [name, value] of Object.entries(this.#call.metadata.getMap()))
      if (typeof value === "string" && !name.startsWith("grpc-")) headers.set(name, value);
    return headers;
  }
}

const nowhere: Address = { host: "", port: 0 };
