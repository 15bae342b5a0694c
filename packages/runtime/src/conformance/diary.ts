/** Remembers what happened, and lets a proof wait for it. */
export class Diary {
  readonly events: string[] = [];
  readonly #waiting: { holds: () => boolean; resolve: () => void }[] = [];

  protected note(event: string): void {
    this.events.push(event);
    for (let index = this.#waiting.length - 1; index >= 0; index--) {
      const { holds, resolve } = this.#waiting[index]!;
      if (!holds()) continue;
      this.#waiting.splice(index, 1);
      resolve();
    }
  }

  /** Resolves as soon as the condition holds; it is asked at each event. */
  until(holds: () => boolean): Promise<void> {
    return holds() ? Promise.resolve() : new Promise((resolve) => void this.#waiting.push({ holds, resolve }));
  }
}
