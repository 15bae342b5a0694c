import { isMarkedAsUntransferable } from "node:worker_threads";

/**
 * The bytes in memory that may be moved to another thread: their own where `mayMove` and nothing else lies in it, else a copy.
 * Without this, posting a slice would copy all of the memory that it lies in, and moving one from Node's pool is refused.
 */
export function movable(chunk: Uint8Array, mayMove: boolean): Uint8Array {
  const isAlone = chunk.byteLength === chunk.buffer.byteLength;
  const isMovable = isAlone && chunk.buffer instanceof ArrayBuffer && !isMarkedAsUntransferable(chunk.buffer);
  return mayMove && isMovable ? chunk : Uint8Array.prototype.slice.call(chunk);
}

/** The memory of movable chunks, each piece once: what to hand over as transferred. */
export function movedMemory(chunks: readonly Uint8Array[]): ArrayBuffer[] {
  return [...new Set(chunks.map((chunk) => chunk.buffer as ArrayBuffer))];
}
