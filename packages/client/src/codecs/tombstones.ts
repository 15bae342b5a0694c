import type { AnyCodec, Codec, InputOf, OutputOf } from "./codec.ts";

/**
 * Adds null to a codec. In a compacted topic a null value is a tombstone: it removes its key. Also for keys that may be
 * missing.
 */
export function tombstones<Inner extends AnyCodec>(inner: Inner): Codec<InputOf<Inner> | null, OutputOf<Inner> | null> {
  const { encode, decode } = inner as unknown as Codec<InputOf<Inner>, OutputOf<Inner>>;
  return {
    encode: (value) => (value === null ? null : encode.call(inner, value)),
    decode: (bytes) => (bytes === null ? null : decode.call(inner, bytes)),
  };
}
