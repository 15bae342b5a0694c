/** gRPC: the Peers port over grpc-js, which only this package knows. */

export { createAcceptor } from "./acceptor.ts";
export type { Acceptor } from "./acceptor.ts";
export type { Connection } from "./connection.ts";
export type { RpcOptions } from "./limits.ts";
export { callMethod, serveMethod } from "./methods.ts";
export { grpcPeers } from "./peers.ts";
