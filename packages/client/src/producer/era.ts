/**
 * The records between one flush and the next. A flush waits for those before it, and not for what is sent meanwhile.
 */
export class Era {
  /** Resolves when the era is over and each of its records is settled. */
  readonly settled: Promise<void>;
  #open = 0;
  #isOver = false;
  #settle: () => void = () => {};

  constructor() {
    this.settled = new Promise((resolve) => void (this.#settle = resolve));
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  recordOpened(): void {
    this.#open++;
  }

  recordSettled(): void {
    this.#open--;
    if (this.#isOver && this.#open === 0) this.#settle();
  }

  /** No record joins any more. */
  end(): void {
    this.#isOver = true;
    if (this.#open === 0) this.#settle();
  }
}
