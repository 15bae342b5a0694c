import { holds } from "../../violation.ts";

/** Records that a client sends in one batch, and what became of them as far as it knows. */
export interface Sending {
  readonly values: readonly string[];
  readonly partition: string;
  /** Where the acknowledged end was when they were sent: they can only lie at or behind it. */
  readonly floor: number;
  isRefused: boolean;
}

/**
 * What clients know of a partition with replicas: what was acknowledged by all, or read, stays where it is for ever, whatever befalls fewer
 * machines than the contract bears; what one leader alone acknowledged may be anywhere, or gone.
 */
export class ReplicatedPartition {
  readonly name: string;
  readonly topicId: string;
  readonly index: number;
  readonly #known = new Map<number, string>();
  readonly #places = new Map<string, number>();
  readonly #sendings = new Map<string, Sending>();
  #committedEnd = 0;

  constructor(topicId: string, index: number) {
    this.name = `${topicId}-${index}`;
    this.topicId = topicId;
    this.index = index;
  }

  /** Everything below was acknowledged by all, or read. */
  get committedEnd(): number {
    return this.#committedEnd;
  }

  /** The value that is known to lie at an offset for ever. */
  valueAt(offset: number): string | undefined {
    return this.#known.get(offset);
  }

  send(values: readonly string[]): Sending {
    const sending: Sending = { values, partition: this.name, floor: this.#committedEnd, isRefused: false };
    for (const value of values) this.#sendings.set(value, sending);
    return sending;
  }

  /** acks=all was answered. */
  acknowledge({ values, floor }: Sending, baseOffset: number): void {
    holds(baseOffset >= floor, "A3", { partition: this.name, baseOffset, floor, first: values[0] });
    values.forEach((value, index) => this.#place(baseOffset + index, value));
  }

  /** Nothing was appended, and never will be. */
  refuse(sending: Sending): void {
    sending.isRefused = true;
    for (const value of sending.values) holds(!this.#places.has(value), "A2", { partition: this.name, value });
  }

  /** A consumer was given this value: it is committed. */
  read(offset: number, value: string): void {
    const sending = this.#sendings.get(value);
    holds(sending !== undefined, "A5", { partition: this.name, offset, value });
    holds(!sending.isRefused, "A2", { partition: this.name, offset, value });
    this.#place(offset, value);
  }

  #place(offset: number, value: string): void {
    const known = this.#known.get(offset);
    holds(known === undefined || known === value, "P7", { partition: this.name, offset, value, known });
    const place = this.#places.get(value);
    holds(place === undefined || place === offset, "I1", { partition: this.name, offset, value, place });
    this.#known.set(offset, value);
    this.#places.set(value, offset);
    this.#committedEnd = Math.max(this.#committedEnd, offset + 1);
  }
}
