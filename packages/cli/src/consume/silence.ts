import { secondMs } from "@millrace/vocabulary";

/** Nothing comes for so long, though the cluster answers: then nothing is left that could be read. */
const silenceMs: number = 2 * secondMs;
const checkMs = 250;

/**
 * Finds out that no record is left before the end of a log, though its last offsets have not been seen: they hold no records, but
 * markers of transactions, or what compaction has removed.
 */
export class Silence implements Disposable {
  readonly #answers: () => Promise<unknown>;
  readonly #found: () => void;
  readonly #timer: NodeJS.Timeout;
  /** Since when a record has been waited for; undefined: it is not. */
  #waitingSinceMs: number | undefined;
  #isAsking = false;

  /** @param answers resolves when the cluster answers; @param found called once for every time that silence has lasted */
  constructor(answers: () => Promise<unknown>, found: () => void) {
    this.#answers = answers;
    this.#found = found;
    this.#timer = setInterval(() => void this.#check(), checkMs);
  }

  /** A record is waited for from now on. */
  waiting(): void {
    this.#waitingSinceMs = performance.now();
  }

  /** A record has come, and is worked on. */
  broken(): void {
    this.#waitingSinceMs = undefined;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  async #check(): Promise<void> {
    const sinceMs = this.#waitingSinceMs;
    if (this.#isAsking || sinceMs === undefined || performance.now() - sinceMs < silenceMs) return;
    this.#isAsking = true;
    const hasAnswered = await this.#answers().then(
      () => true,
      () => false,
    );
    this.#isAsking = false;
    if (hasAnswered && this.#waitingSinceMs === sinceMs) this.#found();
  }
}
