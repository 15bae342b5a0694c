import type { Follower } from "../following/follower.ts";

/** Which followers have a subscription on one stream, by its generation; one each at most. */
export class SubscribedFollowers {
  readonly #followers = new Map<number, Follower>();
  readonly #generations = new Map<Follower, number>();

  get size(): number {
    return this.#followers.size;
  }

  get(generation: number): Follower | undefined {
    return this.#followers.get(generation);
  }

  /** A newer subscription takes the place of the one before. */
  set(generation: number, follower: Follower): void {
    this.delete(follower);
    this.#followers.set(generation, follower);
    this.#generations.set(follower, generation);
  }

  /** Comes back with the generation of the subscription that was known. */
  delete(follower: Follower): number | undefined {
    const generation = this.#generations.get(follower);
    this.#generations.delete(follower);
    if (generation !== undefined) this.#followers.delete(generation);
    return generation;
  }

  clear(): void {
    this.#followers.clear();
    this.#generations.clear();
  }
}
