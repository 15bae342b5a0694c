import type { MillraceError } from "@millrace/vocabulary";

/**
 * Ends once, for a reason, and tells whoever listens. What an AbortSignal is, without its warnings when many listen: as
 * many handlers do as may run at once.
 */
export class Ending {
  readonly #listeners = new Set<(reason: MillraceError) => void>();
  #reason: MillraceError | undefined;

  /** Undefined: it has not ended. */
  get reason(): MillraceError | undefined {
    return this.#reason;
  }

  get hasEnded(): boolean {
    return this.#reason !== undefined;
  }

  /** Only the first reason counts. */
  end(reason: MillraceError): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    for (const listener of this.#listeners) listener(reason);
    this.#listeners.clear();
  }

  /** Calls back at the end, unless the function it returns is called before. It must not have ended. */
  onEnd(listener: (reason: MillraceError) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
