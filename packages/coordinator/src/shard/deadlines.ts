/** Something that is due at a time; whoever owns it holds on to this. */
export class Deadline<Due> {
  readonly due: Due;
  /** On the monotonic clock; infinite while nothing is due. */
  atMs = Infinity;
  /** The earliest entry of the heap that stands for it; infinite where there is none. */
  queuedAtMs = Infinity;

  constructor(due: Due) {
    this.due = due;
  }
}

interface Queued<Due> {
  readonly atMs: number;
  readonly order: number;
  readonly deadline: Deadline<Due>;
}

/** The heap is rebuilt when more than half of at least so many entries are stale. */
const rebuildFrom = 128;

/**
 * Deadlines in the order in which they come; of equal ones the one that was queued first. A binary heap whose entries are
 * checked when they come up: a session that is put off with each heartbeat costs one store, not a move in the heap.
 */
export class Deadlines<Due> {
  #heap: Queued<Due>[] = [];
  #pending = 0;
  #order = 0;

  /** Sets or moves a deadline. */
  set(deadline: Deadline<Due>, atMs: number): void {
    if (deadline.atMs === Infinity) this.#pending++;
    deadline.atMs = atMs;
    if (atMs < deadline.queuedAtMs) this.#queue(deadline);
    if (this.#heap.length > rebuildFrom && this.#heap.length > 2 * this.#pending) this.#rebuild();
  }

  clear(deadline: Deadline<Due>): void {
    if (deadline.atMs === Infinity) return;
    deadline.atMs = Infinity;
    this.#pending--;
  }

  /** Entries of the heap, stale ones among them: a bounded multiple of what is pending. */
  get queued(): number {
    return this.#heap.length;
  }

  /** When the first deadline comes; infinite where there is none. */
  get nextMs(): number {
    this.#dropStale();
    return this.#heap[0]?.atMs ?? Infinity;
  }

  /** Takes the first deadline that has come by `nowMs`; it is cleared. */
  take(nowMs: number): Due | undefined {
    if (this.nextMs > nowMs) return undefined;
    const { deadline } = this.#pop();
    this.clear(deadline);
    return deadline.due;
  }

  /** Moves what was put off to its place, until the head is a deadline as it stands. */
  #dropStale(): void {
    for (let head = this.#heap[0]; head !== undefined && head.atMs !== head.deadline.atMs; head = this.#heap[0]) {
      const { deadline } = this.#pop();
      if (deadline.atMs < deadline.queuedAtMs) this.#queue(deadline);
    }
  }

  #queue(deadline: Deadline<Due>): void {
    deadline.queuedAtMs = deadline.atMs;
    this.#heap.push({ atMs: deadline.atMs, order: this.#order++, deadline });
    this.#rise(this.#heap.length - 1);
  }

  #pop(): Queued<Due> {
    const head = this.#heap[0]!;
    const last = this.#heap.pop()!;
    if (last !== head) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    if (head.atMs === head.deadline.queuedAtMs) head.deadline.queuedAtMs = Infinity;
    return head;
  }

  #rebuild(): void {
    const live: Queued<Due>[] = [];
    for (const queued of this.#heap) {
      const { deadline } = queued;
      if (queued.atMs !== deadline.queuedAtMs) continue;
      if (deadline.atMs === Infinity) deadline.queuedAtMs = Infinity;
      else live.push(queued);
    }
    this.#heap = live.sort(compare);
  }

  #rise(from: number): void {
    const heap = this.#heap;
    const moved = heap[from]!;
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (compare(heap[parent]!, moved) <= 0) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = moved;
  }

  #sink(from: number): void {
    const heap = this.#heap;
    const moved = heap[from]!;
    let index = from;
    for (let child = 2 * index + 1; child < heap.length; child = 2 * index + 1) {
      if (child + 1 < heap.length && compare(heap[child + 1]!, heap[child]!) < 0) child++;
      if (compare(moved, heap[child]!) <= 0) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = moved;
  }
}

function compare<Due>(a: Queued<Due>, b: Queued<Due>): number {
  return a.atMs - b.atMs || a.order - b.order;
}
