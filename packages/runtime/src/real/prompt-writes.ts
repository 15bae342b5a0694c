/** Runs up to this size are written on the loop: handing one to a thread and back costs more than its copy (bench/disk.ts). */
const promptBytesMax: number = 128 * 1024;
/** A write that took longer than this met a kernel that holds writers back. */
const slowMs = 5;
/** After such a write the threads write for so long; twice as long after each further one. */
const pauseFirstMs = 1_000;
const pauseMaxMs = 60_000;

/**
 * Decides which writes may happen at once. A copy of 64 KiB into the page cache takes 20 µs, and a loop that makes it has no thread
 * to wake; but a kernel with too many dirty pages, or a full journal, stops whoever writes. So one slow write sends all that follow
 * to the threads for a while.
 */
export class PromptWrites {
  #pausedUntilMs = -Infinity;
  #pauseMs = pauseFirstMs;

  /** Whether a run of so many bytes may be written on the loop now. */
  allows(bytes: number, nowMs: number): boolean {
    return bytes <= promptBytesMax && nowMs >= this.#pausedUntilMs;
  }

  /** Takes note of one that was. */
  took(tookMs: number, nowMs: number): void {
    if (tookMs <= slowMs) {
      if (nowMs - this.#pausedUntilMs > pauseMaxMs) this.#pauseMs = pauseFirstMs;
      return;
    }
    this.#pausedUntilMs = nowMs + this.#pauseMs;
    this.#pauseMs = Math.min(this.#pauseMs * 2, pauseMaxMs);
  }
}
