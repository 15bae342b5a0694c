const signals = ["SIGINT", "SIGTERM"] as const;

/**
 * Aborts when somebody wants the command to end: Ctrl-C, or SIGTERM. That happens once: the second Ctrl-C ends the process as it does
 * where nobody listens.
 */
export class Interruption implements Disposable {
  readonly #abort = new AbortController();
  readonly #stop = (): void => {
    this[Symbol.dispose]();
    this.#abort.abort();
  };

  constructor() {
    for (const signal of signals) process.on(signal, this.#stop);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  [Symbol.dispose](): void {
    for (const signal of signals) process.off(signal, this.#stop);
  }
}
