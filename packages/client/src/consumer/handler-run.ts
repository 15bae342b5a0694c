import { MillraceError } from "@millrace/vocabulary";
import type { Ending } from "../ending.ts";

/** What a handler may know of its run, beside the record. */
export interface HandlerContext {
  /**
   * Aborts when the partition is given back or lost, when the consumer closes, and when `handlerTimeoutMs` have passed. Its
   * reason is a MillraceError.
   */
  readonly signal: AbortSignal;
  /** 1: the first. */
  readonly attempt: number;
}

/** One run of a handler. */
export class HandlerRun implements HandlerContext {
  readonly attempt: number;
  readonly startedMs: number;
  readonly #lost: Ending;
  #forgetLost: () => void = () => {};
  #abort: AbortController | undefined;
  #expire: (error: MillraceError) => void = () => {};
  #expired: MillraceError | undefined;

  constructor(attempt: number, startedMs: number, lost: Ending) {
    this.attempt = attempt;
    this.startedMs = startedMs;
    this.#lost = lost;
  }

  /** Made when it is first asked for: few handlers do. */
  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      const abort = new AbortController();
      this.#abort = abort;
      if (this.#expired !== undefined) abort.abort(this.#expired);
      else if (this.#lost.hasEnded) abort.abort(this.#lost.reason);
      else this.#forgetLost = this.#lost.onEnd((reason) => abort.abort(reason));
    }
    return this.#abort.signal;
  }

  /** Resolves when the handler has ended, to what it threw if it did; or to HANDLER_TIMED_OUT, though it goes on. */
  run(handle: (context: HandlerContext) => unknown): Promise<{ readonly error: unknown } | undefined> {
    return new Promise((resolve) => {
      const ended = (failure: { readonly error: unknown } | undefined) => {
        this.#forgetLost();
        resolve(failure);
      };
      this.#expire = (error) => ended({ error });
      const started = async () => handle(this);
      started().then(
        () => ended(undefined),
        (error: unknown) => ended({ error }),
      );
    });
  }

  expire(timeoutMs: number): void {
    this.#expired = new MillraceError("HANDLER_TIMED_OUT", { handlerTimeoutMs: timeoutMs });
    this.#abort?.abort(this.#expired);
    this.#expire(this.#expired);
  }
}
