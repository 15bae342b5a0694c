import { Fifo } from "../fifo.ts";

/** Which records may be handled at the same time. */
export type Ordering = "partition" | "key" | "none";

/**
 * Decides which record is handled next: at most `concurrency` at once, and of each lane one after the other, in the order in which
 * they came. A lane is what an ordering keeps in order: a partition, the records of a key, a record alone.
 */
export class Dispatcher<Item> {
  readonly #concurrency: number;
  readonly #waitingMax: number;
  /** What waits behind the item of each lane whose turn it is. */
  readonly #lanes = new Map<string, Fifo<Item>>();
  /** Items whose turn has come. */
  readonly #ready = new Fifo<{ readonly lane: string | undefined; readonly item: Item }>();
  #running = 0;
  #waiting = 0;

  /** @param waitingMax how many items may wait for their turn: enough that a slow lane does not starve the others */
  constructor(options: { readonly concurrency: number; readonly waitingMax: number }) {
    this.#concurrency = options.concurrency;
    this.#waitingMax = options.waitingMax;
  }

  /** Whether it takes another item. */
  get hasRoom(): boolean {
    return this.#waiting < this.#waitingMax;
  }

  get isIdle(): boolean {
    return this.#running === 0 && this.#waiting === 0;
  }

  get running(): number {
    return this.#running;
  }

  /** @param lane undefined: in order with nothing */
  add(lane: string | undefined, item: Item): void {
    this.#waiting++;
    const behind = lane === undefined ? undefined : this.#lanes.get(lane);
    if (behind !== undefined) return void behind.push(item);
    if (lane !== undefined) this.#lanes.set(lane, new Fifo());
    this.#ready.push({ lane, item });
  }

  /** The next item to be handled, which counts as running until its `settled`; undefined where none may be. */
  next(): { readonly item: Item; readonly settled: () => void } | undefined {
    if (this.#running >= this.#concurrency) return undefined;
    const turn = this.#ready.shift();
    if (turn === undefined) return undefined;
    this.#running++;
    this.#waiting--;
    return { item: turn.item, settled: () => this.#settled(turn.lane) };
  }

  /** Takes out what waits and is not wanted any more. */
  drop(isUnwanted: (item: Item) => boolean): void {
    for (const behind of this.#lanes.values()) {
      this.#waiting -= behind.size;
      behind.retain((item) => !isUnwanted(item));
      this.#waiting += behind.size;
    }
    const dropped = [...this.#ready].filter(({ item }) => isUnwanted(item));
    this.#ready.retain(({ item }) => !isUnwanted(item));
    for (const { lane } of dropped) {
      this.#waiting--;
      this.#advance(lane);
    }
  }

  #settled(lane: string | undefined): void {
    this.#running--;
    this.#advance(lane);
  }

  /** Gives the lane's turn to whoever is behind. */
  #advance(lane: string | undefined): void {
    if (lane === undefined) return;
    const next = this.#lanes.get(lane)!.shift();
    if (next === undefined) this.#lanes.delete(lane);
    else this.#ready.push({ lane, item: next });
  }
}
