import { type MillraceError, Offset } from "@millrace/vocabulary";
import type { Driver } from "./driver.ts";
import { leads } from "./machine/state.ts";
import { Waits } from "./waits.ts";

interface Read {
  readonly ready: (end: Offset) => void;
  readonly failed: (error: MillraceError) => void;
}

/** A proposal that waits for a hand-over of the lead to end. */
interface Held {
  readonly records: readonly Uint8Array[];
  readonly made: (offset: Promise<Offset>) => void;
  readonly failed: (error: MillraceError) => void;
}

/** What is asked of a leader: proposals that wait to be committed and folded in, reads that wait for a majority. It ends with the lead. */
export class LeaderRequests {
  readonly #driver: Driver;
  readonly #waits: Waits;
  readonly #reads = new Map<number, Read>();
  #held: Held[] = [];
  #reading = 0;

  /** @param position everything below it has been handed over */
  constructor(driver: Driver, position: Offset) {
    this.#driver = driver;
    this.#waits = new Waits(position);
  }

  /** Records of proposals that are not in the log yet. */
  get heldRecords(): number {
    return this.#held.reduce((sum, { records }) => sum + records.length, 0);
  }

  /** Appends records, or holds them while the lead is being handed over; resolves to the offset of the last one when all are folded in. */
  propose(records: readonly Uint8Array[]): Promise<Offset> {
    if (this.#driver.state.leadership?.transfer === undefined) return this.#append(records);
    return new Promise((made, failed) => this.#held.push({ records, made, failed }));
  }

  /** Resolves to the end of what was committed when this was called, once that is folded in. */
  read(): Promise<Offset> {
    const id = this.#reading++;
    return new Promise((resolve, failed) => {
      const ready = (end: Offset) => void this.#waits.until(end).then(() => resolve(end), failed);
      this.#reads.set(id, { ready, failed });
      this.#driver.step({ type: "read", id });
    });
  }

  /** Resolves once everything below `end` has been handed over. */
  until(end: Offset): Promise<void> {
    return this.#waits.until(end);
  }

  /** Everything below `position` has been handed over. */
  reach(position: Offset): void {
    this.#waits.reach(position);
  }

  /** A majority has answered since these reads were asked for. */
  readReady(ids: readonly number[], end: Offset): void {
    for (const id of ids) {
      this.#reads.get(id)?.ready(end);
      this.#reads.delete(id);
    }
  }

  /**
   * The hand-over has failed. Where nobody has answered for too long either, this leader is given up in the same step, and what waits is
   * refused with the rest.
   */
  releaseHeld(): void {
    if (!leads(this.#driver.state)) return;
    for (const { records, made } of this.#held.splice(0)) made(this.#append(records));
  }

  /** The lead is over. */
  abandon(error: MillraceError): void {
    this.#waits.abandon(error);
    for (const { failed } of this.#reads.values()) failed(error);
    this.#reads.clear();
    for (const { failed } of this.#held.splice(0)) failed(error);
  }

  async #append(records: readonly Uint8Array[]): Promise<Offset> {
    this.#driver.step({ type: "propose", records });
    const { end } = this.#driver.state.log;
    await this.#waits.until(end);
    return Offset(end - 1);
  }
}
