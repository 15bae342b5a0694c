/** grpc-js takes 85 ms to load: it is loaded where a connection is made or served, and never for the sake of its types. */
export type Grpc = typeof import("@grpc/grpc-js");

/** By its default export, which is all that a bundle keeps of a CommonJS module's exports. */
export async function loadGrpc(): Promise<Grpc> {
  const { default: grpc } = await import("@grpc/grpc-js");
  return grpc;
}
