import type { Client } from "@grpc/grpc-js";
import type { Address } from "@millrace/runtime";
import { isIPv4, isIPv6 } from "node:net";
import type { Grpc } from "./grpc.ts";
import { channelOptions, type RpcLimits } from "./limits.ts";

/**
 * Keeps a channel of grpc-js that can be used. grpc-js connects by itself and again after a break, but waits without end for
 * a process that takes the connection and says nothing (stopped, or behind a black hole): such a channel is replaced.
 */
export class Dialer {
  /** The other side, for errors. */
  readonly name: string;
  readonly #target: string;
  readonly #limits: RpcLimits;
  #client: Client | undefined;
  /** Since when it has been seen without a connection. */
  #unreadySinceMs: number | undefined;

  constructor({ host, port }: Address, limits: RpcLimits) {
    this.name = isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
    this.#target = `${schemeOf(host)}:${this.name}`;
    this.#limits = limits;
  }

  client(grpc: Grpc): Client {
    if (this.#client !== undefined && isReady(this.#client)) {
      this.#unreadySinceMs = undefined;
      return this.#client;
    }
    this.#unreadySinceMs ??= Date.now();
    if (Date.now() - this.#unreadySinceMs > this.#limits.connectTimeoutMs) this.#replace();
    this.#client ??= new grpc.Client(this.#target, grpc.credentials.createInsecure(), channelOptions(this.#limits));
    return this.#client;
  }

  /** Calls back if the client has no connection after `connectTimeoutMs`, until the function it returns is called. */
  whenStuck(client: Client, stuck: () => void): () => void {
    if (isReady(client)) return () => {};
    const timeout = setTimeout(() => {
      if (!isReady(client)) stuck();
    }, this.#limits.connectTimeoutMs);
    timeout.unref();
    return () => clearTimeout(timeout);
  }

  close(): void {
    this.#client?.close();
  }

  #replace(): void {
    this.#client?.close();
    this.#client = undefined;
    this.#unreadySinceMs = Date.now();
  }
}

function schemeOf(host: string): string {
  if (isIPv4(host)) return "ipv4";
  return isIPv6(host) ? "ipv6" : "dns";
}

/** grpc-js's number for a channel with a connection that stands. */
const readyState = 2;

function isReady(client: Client): boolean {
  return client.getChannel().getConnectivityState(false) === readyState;
}
