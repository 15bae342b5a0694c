import { holds } from "../../violation.ts";
import { keyOf } from "./keys.ts";

/** Records that a client sends in one batch, and what became of them as far as it knows. */
export interface Sending {
  readonly values: readonly string[];
  readonly partition: string;
  /** Where the acknowledged end was when they were sent: they can only lie at or behind it. */
  readonly floor: number;
  isRefused: boolean;
}

/** What may take records of a partition away that nobody deletes. */
export interface Cleanup {
  readonly mayRetire: boolean;
  readonly isCompacted: boolean;
}

/**
 * What clients know of a partition with replicas: what was acknowledged by all, or read, stays where it is until it is deleted, whatever
 * befalls fewer machines than the contract bears; what one leader alone acknowledged may be anywhere, or gone.
 */
export class ReplicatedPartition {
  readonly name: string;
  readonly topicId: string;
  readonly index: number;
  readonly cleanup: Cleanup;
  /** Up to here DeleteRecords may have moved the log start. */
  deletableTo = 0;
  readonly #known = new Map<number, string>();
  readonly #places = new Map<string, number>();
  readonly #sendings = new Map<string, Sending>();
  /** By key, what was sent with it. What is sent again comes to lie behind what was sent after it. */
  readonly #namesakes = new Map<string, string[]>();
  /** By leader epoch, the largest end that a consumer was told. */
  readonly #told = new Map<number, number>();
  #committedEnd = 0;

  constructor(topicId: string, index: number, cleanup: Cleanup) {
    this.name = `${topicId}-${index}`;
    this.topicId = topicId;
    this.index = index;
    this.cleanup = cleanup;
  }

  /** Everything below was acknowledged by all, or read. */
  get committedEnd(): number {
    return this.#committedEnd;
  }

  send(values: readonly string[]): Sending {
    const sending: Sending = { values, partition: this.name, floor: this.#committedEnd, isRefused: false };
    for (const value of values) {
      this.#sendings.set(value, sending);
      const namesakes = this.#namesakes.get(keyOf(value)) ?? [];
      this.#namesakes.set(keyOf(value), namesakes);
      namesakes.push(value);
    }
    return sending;
  }

  /** acks=all was answered. */
  acknowledge({ values, floor }: Sending, baseOffset: number): void {
    const facts = { partition: this.name, baseOffset, first: values[0] };
    const known = this.#places.get(values[0]!);
    holds(known === undefined || known === baseOffset, "I3", { ...facts, known });
    holds(baseOffset >= floor, "A3", { ...facts, floor });
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

  /** A consumer was given nothing of [from, to), and something behind: what is known to lie there was superseded by its key. */
  skipped(from: number, to: number): void {
    for (let offset = from; offset < to; offset++) {
      const value = this.#known.get(offset);
      const isExplained = this.cleanup.isCompacted && (value === undefined || this.#isSuperseded(offset, value));
      holds(isExplained, "P8", { partition: this.name, offset, value, reason: "it was skipped" });
    }
  }

  /** The end that consumers of this epoch's leader, or of one before, are told by now. */
  toldBy(leaderEpoch: number): number {
    return Math.max(0, ...[...this.#told].filter(([epoch]) => epoch <= leaderEpoch).map(([, end]) => end));
  }

  /** The high watermark that a leader has told its readers. It may begin below that of the leader before, until it knows better. */
  toldWithin(leaderEpoch: number): number {
    return this.#told.get(leaderEpoch) ?? 0;
  }

  /** A consumer was told the end of what is committed, which was not to be below `least`. */
  tell(leaderEpoch: number, end: number, least: number): void {
    holds(end >= least, "P9", { partition: this.name, leaderEpoch, end, least });
    this.#told.set(leaderEpoch, Math.max(end, this.toldWithin(leaderEpoch)));
  }

  /** Whether another value of its key lies behind it, or may: nobody knows where it is, and it was not refused. */
  #isSuperseded(offset: number, value: string): boolean {
    return this.#namesakes.get(keyOf(value))!.some((other) => {
      const place = this.#places.get(other);
      return place === undefined ? !this.#sendings.get(other)!.isRefused : place > offset;
    });
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
