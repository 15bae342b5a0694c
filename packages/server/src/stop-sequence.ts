/** Remembers what was started and stops it in reverse, once. */
export class StopSequence {
  readonly #parts: { readonly name: string; readonly stop: () => void | Promise<void> }[] = [];
  #stopping: Promise<void> | undefined;

  /** @param name of the part, for whoever looks where a stop hangs */
  add(name: string, stop: () => void | Promise<void>): void {
    this.#parts.push({ name, stop });
  }

  /** For what ends with one call and has no name of its own. */
  addNow(stop: () => void): void {
    this.add("watcher", stop);
  }

  /** The part that is being stopped. */
  get current(): string | undefined {
    return this.#parts.at(-1)?.name;
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    for (let part = this.#parts.at(-1); part !== undefined; part = this.#parts.at(-1)) {
      await part.stop();
      this.#parts.pop();
    }
  }
}
