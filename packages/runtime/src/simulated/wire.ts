import type { Lane } from "./link.ts";
import type { Life } from "./life.ts";

/** Who hears of what becomes of an end's connection. */
export interface WireWatcher {
  /** The other side is gone, or the connection broke. Comes at most once, and nothing comes after it. */
  broken(): void;
}

/** One end of a connection between two processes: what it sends arrives at the other end whole, in order and once, or the wire breaks. */
export class WireEnd {
  readonly #lane: Lane;
  readonly #onOver: () => void;
  #other: WireEnd | undefined;
  #life: Life | undefined;
  #watcher: WireWatcher | undefined;
  #isOver = false;
  #forgetEnding: (() => void) | undefined;

  private constructor(lane: Lane, onOver: () => void) {
    this.#lane = lane;
    this.#onOver = onOver;
  }

  /** Two ends, one for each lane; `onOver` is called once nobody uses either. */
  static pair(there: Lane, back: Lane, onOver: () => void): [near: WireEnd, far: WireEnd] {
    const over = () => {
      if (near.isOver && far.isOver) onOver();
    };
    const near: WireEnd = new WireEnd(there, over);
    const far: WireEnd = new WireEnd(back, over);
    near.#other = far;
    far.#other = near;
    return [near, far];
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Gives the end to a process, or to another part of it. When that is killed, its machine closes the connection; when the power goes, nobody does. */
  belongTo(life: Life, watcher: WireWatcher): void {
    this.#life = life;
    this.#watcher = watcher;
    this.#forgetEnding?.();
    this.#forgetEnding = life.onEnd((cause) => {
      if (cause === "killed") this.abandon();
    });
  }

  /** Sends something that acts on the other end's owner when it arrives there. Both sides agree on what owns an end. */
  send<Owner extends WireWatcher>(arrive: (owner: Owner) => void): void {
    if (this.#isOver) return;
    const other = this.#other!;
    this.#lane.send(() => other.#receive(arrive as (owner: WireWatcher) => void));
  }

  /** Gives the connection up: the other side hears that it broke, after what was sent before. */
  abandon(): void {
    if (this.#isOver) return;
    const other = this.#other!;
    this.#lane.send(() => other.break());
    this.#end();
  }

  /** The connection has ended in order: what was sent still arrives, and nothing more is expected. */
  finish(): void {
    if (!this.#isOver) this.#end();
  }

  /** The connection breaks here and now; the other side is not told. */
  break(): void {
    if (this.#isOver) return;
    this.#end();
    this.#life?.deliver(() => this.#watcher?.broken());
  }

  #end(): void {
    this.#isOver = true;
    this.#forgetEnding?.();
    this.#onOver();
  }

  /** What comes for a process that is gone is answered by its machine: there is no such connection. */
  #receive(arrive: (owner: WireWatcher) => void): void {
    if (this.#life?.isOver === true) return this.abandon();
    if (this.#life === undefined) return arrive(nobody);
    this.#life.deliver(() => {
      if (!this.#isOver) arrive(this.#watcher ?? nobody);
    });
  }
}

/** Owns an end that was not yet given to anybody. */
const nobody: WireWatcher = { broken: () => {} };
