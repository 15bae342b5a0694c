import type { Address, PeerChannel, PeerListener, PeerMethod, Peers } from "@millrace/runtime";
import { GrpcChannel } from "./channel.ts";
import { type Grpc, loadGrpc } from "./grpc.ts";
import { limitsOf, type RpcLimits, type RpcOptions } from "./limits.ts";
import { listen } from "./listener.ts";

/** The Peers port over gRPC. grpc-js is loaded by the first channel or listener. */
export function grpcPeers(options: RpcOptions = {}): Peers {
  return new GrpcPeers(options);
}

class GrpcPeers implements Peers {
  readonly #options: RpcOptions;
  readonly #limits: RpcLimits;
  #grpc: Promise<Grpc> | undefined;

  constructor(options: RpcOptions) {
    this.#options = options;
    this.#limits = limitsOf(options);
  }

  channel(address: Address): PeerChannel {
    this.#grpc ??= loadGrpc();
    return new GrpcChannel(this.#grpc, address, this.#limits);
  }

  serve(address: Address, methods: readonly PeerMethod[]): Promise<PeerListener> {
    return listen(address, methods, this.#options);
  }
}
