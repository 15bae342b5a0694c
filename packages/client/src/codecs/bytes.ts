import type { Codec } from "./codec.ts";
import { notNull } from "./not-null.ts";

/** Bytes as they are. What is received shares memory with its batch: copy what is kept for long. */
export const bytes: Codec<Uint8Array, Buffer> = {
  encode: (value) => value,
  decode: notNull,
};

/** The keys of a topic that names no codec for them: bytes, or none. */
export const rawKey: Codec<Uint8Array | null | undefined, Buffer | null> = {
  encode: (value) => value ?? null,
  decode: (key) => key,
};
