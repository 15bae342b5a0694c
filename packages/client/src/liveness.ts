import type { ClientWorld } from "./world.ts";

/** Keeps the process alive while somebody waits for something: a record on its way, an answer, the next record. */
export class Liveness {
  readonly #world: ClientWorld;
  #waiting = 0;
  #release: () => void = () => {};

  constructor(world: ClientWorld) {
    this.#world = world;
  }

  enter(): void {
    if (this.#waiting++ === 0) this.#release = this.#world.hold();
  }

  leave(): void {
    if (--this.#waiting === 0) this.#release();
  }
}
