import { isUtf8 } from "node:buffer";
import type { Codec } from "./codec.ts";
import { notNull } from "./not-null.ts";

/** UTF-8. Bytes that are none cannot be decoded. */
export const text: Codec<string, string> = {
  encode: (value) => Buffer.from(value),
  decode(bytes) {
    const present = notNull(bytes);
    if (!isUtf8(present)) throw new TypeError("the bytes are no UTF-8");
    return present.toString();
  },
};
