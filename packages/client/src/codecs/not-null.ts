/** The bytes, or TypeError where there are none: most codecs know no null. See `tombstones`. */
export function notNull(bytes: Buffer | null): Buffer {
  if (bytes === null) throw new TypeError("null, where the topic allows none");
  return bytes;
}
