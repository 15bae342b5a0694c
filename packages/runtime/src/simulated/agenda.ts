/** Something that will happen at a moment of virtual time. */
export interface Deed {
  readonly atUs: number;
  /** Breaks ties: what was asked for first happens first. */
  readonly order: number;
  /** A timer of a process: nothing is under way because of it. */
  readonly isTimer: boolean;
  /** Undefined once it was cancelled. */
  act: (() => void) | undefined;
}

/** Below this many cancelled deeds, carrying them along costs less than sorting them out. */
const cancelledFloor = 1024;

/** What is to come, in order of time: a binary heap. */
export class Agenda {
  #heap: Deed[] = [];
  #nowUs = 0;
  #order = 0;
  #cancelled = 0;
  #underWay = 0;

  /** Whole microseconds since the world began. */
  get nowUs(): number {
    return this.#nowUs;
  }

  /** Deeds to come that are no timers. */
  get underWay(): number {
    return this.#underWay;
  }

  /** Asks for a deed `delayUs` from now; whole and not negative. */
  add(delayUs: number, isTimer: boolean, act: () => void): Deed {
    const deed: Deed = { atUs: this.#nowUs + delayUs, order: this.#order++, isTimer, act };
    if (!isTimer) this.#underWay++;
    this.#heap.push(deed);
    this.#rise(this.#heap.length - 1);
    return deed;
  }

  cancel(deed: Deed): void {
    if (deed.act === undefined) return;
    deed.act = undefined;
    if (!deed.isTimer) this.#underWay--;
    if (++this.#cancelled > cancelledFloor && this.#cancelled * 2 > this.#heap.length) this.#sortOut();
  }

  /** When the next deed is due; undefined where nothing is to come. */
  get nextUs(): number | undefined {
    while (this.#heap.length > 0 && this.#heap[0]!.act === undefined) {
      this.#removeFirst();
      this.#cancelled--;
    }
    return this.#heap[0]?.atUs;
  }

  /** Takes the next deed out and moves time to it. There is one. */
  take(): () => void {
    const { atUs, isTimer, act } = this.#heap[0]!;
    this.#heap[0]!.act = undefined;
    this.#removeFirst();
    if (!isTimer) this.#underWay--;
    this.#nowUs = atUs;
    return act!;
  }

  /** Moves time on to a moment before which nothing is due. */
  advanceTo(atUs: number): void {
    this.#nowUs = Math.max(this.#nowUs, atUs);
  }

  #removeFirst(): void {
    const last = this.#heap.pop()!;
    if (this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #sortOut(): void {
    this.#heap = this.#heap.filter((deed) => deed.act !== undefined);
    this.#cancelled = 0;
    for (let index = (this.#heap.length >> 1) - 1; index >= 0; index--) this.#sink(index);
  }

  #rise(from: number): void {
    const heap = this.#heap;
    const deed = heap[from]!;
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(deed, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = deed;
  }

  #sink(from: number): void {
    const heap = this.#heap;
    const deed = heap[from]!;
    let index = from;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, deed)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = deed;
  }
}

function isBefore(a: Deed, b: Deed): boolean {
  return a.atUs < b.atUs || (a.atUs === b.atUs && a.order < b.order);
}
