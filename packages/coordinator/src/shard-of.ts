/**
 * The partition of the internal topic whose leader coordinates a group, or a transactional id: every client and broker
 * must come to the same. It is Java's hash of the text without its sign, where the one number that has no positive
 * counterpart counts as 0.
 */
export function shardOf(id: string, partitions: number): number {
  const hash = javaHash(id);
  return (hash === -0x8000_0000 ? 0 : Math.abs(hash)) % partitions;
}

/** Java's String.hashCode: over UTF-16 code units, in 32 bits with overflow. */
function javaHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
}
