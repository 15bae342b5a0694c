/** grpc-js takes 85 ms to load: it is loaded where a connection is made or served, and never for the sake of its types. */
export type Grpc = typeof import("@grpc/grpc-js");

export function loadGrpc(): Promise<Grpc> {
  return import("@grpc/grpc-js");
}
