/** Where reading of a partition begins and ends: offsets in [from, end). */
export interface Stretch {
  readonly topic: string;
  readonly partition: number;
  readonly from: number;
  readonly end: number;
}

/** Which of the stretches to read have been read to their end. */
export class LogEnds {
  readonly #ends: ReadonlyMap<string, number>;
  readonly #open: Map<string, Stretch>;

  constructor(stretches: readonly Stretch[]) {
    this.#ends = new Map(stretches.map((each) => [nameOf(each), each.end]));
    this.#open = new Map(stretches.filter(({ from, end }) => from < end).map((each) => [nameOf(each), each]));
  }

  /** Stretches of which something is still to be read, as far as is known. */
  get open(): readonly Stretch[] {
    return [...this.#open.values()];
  }

  get areReached(): boolean {
    return this.#open.size === 0;
  }

  /** Takes note of a record that was read. Whether it is one of those to read: it may have been appended since. */
  reach(record: { readonly topic: string; readonly partition: number; readonly offset: number }): boolean {
    const name = nameOf(record);
    const end = this.#ends.get(name) ?? 0;
    if (record.offset >= end - 1) this.#open.delete(name);
    return record.offset < end;
  }
}

function nameOf({ topic, partition }: { readonly topic: string; readonly partition: number }): string {
  return `${topic}-${partition}`;
}
