import { holds, Violation } from "../../violation.ts";
import { ReadBatches } from "./read-batches.ts";
import type { Acknowledgement, Send } from "./send.ts";

/** What crashes may have taken of a partition. `nothing`: processes alone died; `unsynced`: the power was cut. */
export type MayBeLost = "nothing" | "unsynced";

/**
 * What clients know of one partition: who sent what, what was acknowledged or read, and how much of it must survive which crash. It
 * sees answers alone; the check of the log on disk asks it what must lie where.
 */
export class PartitionModel {
  readonly name: string;
  readonly topicId: string;
  readonly index: number;
  readonly isSynced: boolean;
  /** Rises whenever records may have been lost that clients knew of. */
  losses = 0;
  /** Somebody spoilt its files: what is read must still be right, but it need not be there. */
  isDamaged = false;
  /** Up to here DeleteRecords may have moved the log start. */
  deletableTo = 0;
  /** Everything below was acknowledged or read: it survives the death of a process. */
  #knownEnd = 0;
  /** Everything below was read, or acknowledged by all: the high watermark that clients are told is not below. */
  #committedEnd = 0;
  /** Everything below survives a power cut. */
  #durableEnd = 0;
  #mayBeLost: MayBeLost = "nothing";
  readonly #wasSent: (value: string) => boolean;
  readonly #values = new Map<number, string>();
  readonly #places = new Map<string, number>();
  readonly #sends = new Map<string, Send>();
  readonly batches: ReadBatches = new ReadBatches();

  /** @param wasSent whether a value was sent before the cluster was put back to an older state, so that it may be anywhere now */
  constructor(topicId: string, index: number, isSynced: boolean, wasSent: (value: string) => boolean) {
    this.#wasSent = wasSent;
    this.name = `${topicId}-${index}`;
    this.topicId = topicId;
    this.index = index;
    this.isSynced = isSynced;
  }

  get knownEnd(): number {
    return this.#knownEnd;
  }

  get committedEnd(): number {
    return this.#committedEnd;
  }

  /** The value that is known to lie at an offset. */
  valueAt(offset: number): string | undefined {
    return this.#values.get(offset);
  }

  /** A client is about to send these values, which nobody has sent before. */
  send(values: readonly string[]): Send {
    const send: Send = { values, floor: this.#knownEnd, losses: this.losses, mayRepeat: false, outcome: "open" };
    for (const value of values) this.#sends.set(value, send);
    return send;
  }

  acknowledge(send: Send, { baseOffset, acks }: Acknowledgement): void {
    const facts = { partition: this.name, baseOffset, first: send.values[0] };
    send.outcome = "acknowledged";
    // The answer is about a log that has lost its end since.
    if (send.losses !== this.losses) return;
    const known = this.#places.get(send.values[0]!);
    if (known !== undefined && !send.mayRepeat) holds(known === baseOffset, "I3", { ...facts, known });
    holds(baseOffset >= send.floor, "A3", { ...facts, floor: send.floor });
    send.values.forEach((value, index) => this.#place(baseOffset + index, value, send));
    const end = baseOffset + send.values.length;
    this.#knownEnd = Math.max(this.#knownEnd, end);
    if (acks === -1) this.#committed(end);
  }

  /** The records were refused: they are in the log neither now nor later. */
  refuse(send: Send): void {
    if (send.outcome === "open" && !send.mayRepeat) send.outcome = "refused";
    for (const value of send.values) holds(send.outcome !== "refused" || !this.#places.has(value), "A2", { partition: this.name, value });
  }

  /** A reader was given this value at this offset. `losses`: as they were when it asked. */
  read(offset: number, value: string, losses: number): void {
    if (losses !== this.losses) return;
    this.mustBe(offset, value);
    this.#place(offset, value, this.#sends.get(value));
    this.readTo(offset + 1, losses);
  }

  /** A reader was given everything below `end` that was not read before. */
  readTo(end: number, losses: number): void {
    if (losses !== this.losses) return;
    this.#knownEnd = Math.max(this.#knownEnd, end);
    this.#committed(end);
  }

  /** Throws where this value may not lie at this offset, now. */
  mustBe(offset: number, value: string): void {
    const send = this.#sends.get(value);
    if (send === undefined && !this.#wasSent(value)) throw new Violation("A5", { partition: this.name, offset, value });
    if (send?.outcome === "refused") throw new Violation("A2", { partition: this.name, offset, value });
    this.#mayLie(offset, value, send);
  }

  /** Its broker's machine lost what this says. Several crashes before the next start add up. */
  crashed(mayBeLost: Exclude<MayBeLost, "nothing">): void {
    this.#mayBeLost = mayBeLost;
  }

  /** The log is open again, and ends here: what must be there is, and what is not is forgotten. */
  recovered(logEnd: number): void {
    const ends = { nothing: this.#knownEnd, unsynced: this.#durableEnd };
    const mustReach = this.isDamaged ? 0 : ends[this.#mayBeLost];
    holds(logEnd >= mustReach, "P8", { partition: this.name, logEnd, mustReach, mayBeLost: this.#mayBeLost });
    const mayDiffer = this.isDamaged || this.#mayBeLost !== "nothing";
    this.#mayBeLost = "nothing";
    if (mayDiffer) this.#forgetFrom(logEnd);
  }

  #forgetFrom(end: number): void {
    // Also where nothing that is known has gone: answers on their way may be about what nobody knows of.
    this.losses++;
    this.#knownEnd = Math.min(this.#knownEnd, end);
    this.#committedEnd = Math.min(this.#committedEnd, end);
    this.#durableEnd = Math.min(this.#durableEnd, end);
    this.deletableTo = Math.min(this.deletableTo, end);
    this.batches.forgetFrom(end);
    for (const [offset, value] of this.#values) {
      if (offset < end) continue;
      this.#values.delete(offset);
      this.#places.delete(value);
    }
  }

  #committed(end: number): void {
    this.#committedEnd = Math.max(this.#committedEnd, end);
    if (this.isSynced) this.#durableEnd = Math.max(this.#durableEnd, end);
  }

  #place(offset: number, value: string, send: Send | undefined): void {
    this.#mayLie(offset, value, send);
    this.#values.set(offset, value);
    this.#places.set(value, offset);
  }

  #mayLie(offset: number, value: string, send: Send | undefined): void {
    const known = this.#values.get(offset);
    if (known !== undefined && known !== value) throw new Violation("P7", { partition: this.name, offset, value, known });
    const place = this.#places.get(value);
    if (place !== undefined && place !== offset && send?.mayRepeat === false)
      throw new Violation("I1", { partition: this.name, offset, value, place });
  }
}
