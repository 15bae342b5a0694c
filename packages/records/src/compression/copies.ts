/** Bytes from which a native copy is faster than a loop. */
const nativeBytesMin = 32;

/** Copies bytes from one memory to another. */
export function copyLiterals(from: Uint8Array, at: number, into: Uint8Array, to: number, length: number): void {
  if (length >= nativeBytesMin) into.set(from.subarray(at, at + length), to);
  else for (let index = 0; index < length; index++) into[to + index] = from[at + index]!;
}

/**
 * Repeats bytes that lie `distance` before `to`. Where the distance is shorter than the length, what was just copied is copied again: so a
 * single byte becomes a run.
 */
export function copyMatch(bytes: Uint8Array, to: number, distance: number, length: number): void {
  const from = to - distance;
  if (length >= nativeBytesMin && distance >= length) bytes.copyWithin(to, from, from + length);
  else for (let index = 0; index < length; index++) bytes[to + index] = bytes[from + index]!;
}
