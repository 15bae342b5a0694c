/**
 * Lets one thing be done alone, or several beside one another, in the order asked: what is alone waits for everything before it, and
 * everything after it waits for that.
 */
export class SharedMutex {
  #lastAlone: Promise<unknown> = Promise.resolve();
  #sharing = new Set<Promise<unknown>>();

  /** Does something alone. */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = Promise.all([this.#lastAlone, ...this.#sharing]);
    const result = before.then(work);
    this.#lastAlone = settled(result);
    return result;
  }

  /** Does something beside others that share. */
  share<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#lastAlone.then(work);
    const done = settled(result);
    this.#sharing.add(done);
    void done.finally(() => this.#sharing.delete(done));
    return result;
  }
}

function settled(promise: Promise<unknown>): Promise<unknown> {
  return promise.catch(() => undefined);
}
