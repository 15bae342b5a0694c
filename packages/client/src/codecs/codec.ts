/**
 * How the keys or values of a topic become bytes and back. `Input` is what is sent, `Output` what is received; they differ
 * where a schema fills in defaults or parses. Null is Kafka's null: no key, or a tombstone.
 */
export interface Codec<Input, Output> {
  /** Throws, or rejects, for what may not be sent. */
  encode(value: Input): Uint8Array | null | Promise<Uint8Array | null>;
  /** Throws, or rejects, for what cannot be understood. */
  decode(bytes: Buffer | null): Output | Promise<Output>;
}

/** Any codec: the bound for those that are inferred. */
export type AnyCodec = Codec<never, unknown>;

export type InputOf<Of> = Of extends { encode(value: infer Input): unknown } ? Input : never;
export type OutputOf<Of> = Of extends { decode(bytes: Buffer | null): infer Output } ? Awaited<Output> : never;
