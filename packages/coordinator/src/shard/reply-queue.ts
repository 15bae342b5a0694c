import type { Reply } from "./machine.ts";

/** A reply that waits until everything before `committedFrom` is committed, but not past its time. */
interface Waiting {
  readonly reply: Reply;
  readonly committedFrom: number;
  readonly expiresMs: number;
}

/** The queue is cut when so many of its entries have left. */
const cutFrom = 256;

/** Replies in the order of their decisions, held back until what they rest on is committed. */
export class ReplyQueue {
  #waiting: Waiting[] = [];
  #head = 0;

  /** `committedFrom` never goes back from one call to the next. */
  push(reply: Reply, committedFrom: number, expiresMs: number): void {
    this.#waiting.push({ reply, committedFrom, expiresMs });
  }

  /** When the first reply has waited too long; infinite where none waits. */
  get expiresMs(): number {
    return this.#waiting[this.#head]?.expiresMs ?? Infinity;
  }

  /** Takes the first reply, if all that it rests on lies below the high watermark. */
  takeCommitted(highWatermark: number): Reply | undefined {
    const first = this.#waiting[this.#head];
    return first !== undefined && first.committedFrom <= highWatermark ? this.#take() : undefined;
  }

  /** Takes the first reply, if its time is over. */
  takeExpired(nowMs: number): Reply | undefined {
    return this.expiresMs <= nowMs ? this.#take() : undefined;
  }

  #take(): Reply {
    const { reply } = this.#waiting[this.#head++]!;
    if (this.#head >= cutFrom && 2 * this.#head >= this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#head);
      this.#head = 0;
    }
    return reply;
  }
}
