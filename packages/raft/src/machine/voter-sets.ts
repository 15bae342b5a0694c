import { Offset } from "@millrace/vocabulary";
import { nobody, type VoterSet } from "../voters.ts";

interface Placed {
  readonly offset: Offset;
  readonly set: VoterSet;
}

/**
 * Who takes part, as the log says: the latest set in it is in force from the moment it is appended, committed or not, and the one
 * before is again when it is cut off (KIP-853).
 */
export class VoterSets {
  /** Ascending by offset: that of the snapshot, then those of the log. Never empty. */
  #placed: Placed[];

  constructor(base: Placed, later: readonly Placed[]) {
    this.#placed = [base, ...later];
  }

  /** The set in force. */
  get current(): VoterSet {
    return this.#placed.at(-1)!.set;
  }

  /** The one before it, as far as the log tells. */
  get former(): VoterSet {
    return this.#placed.at(-2)?.set ?? nobody;
  }

  /** Every set that the log tells of, ascending: one of them is in force whatever is cut off. */
  get all(): readonly VoterSet[] {
    return this.#placed.map(({ set }) => set);
  }

  /** Where the set in force stands. */
  get offset(): Offset {
    return this.#placed.at(-1)!.offset;
  }

  /** Whether the set in force stands in no entry: it is that of the snapshot. */
  get isOfSnapshot(): boolean {
    return this.#placed.length === 1;
  }

  append(offset: Offset, set: VoterSet): void {
    this.#placed.push({ offset, set });
  }

  /** Forgets what stands at or past `from`. */
  truncate(from: Offset): void {
    this.#placed = this.#placed.filter(({ offset }, index) => index === 0 || offset < from);
  }

  /** The set in force after the entry at `offset`. */
  asOf(offset: Offset): VoterSet {
    return this.#placed.findLast((placed) => placed.offset <= offset)?.set ?? nobody;
  }

  /** Everything up to and with `offset` is folded into a snapshot. */
  compact(offset: Offset): void {
    const set = this.asOf(offset);
    this.#placed = [{ offset, set }, ...this.#placed.filter((placed) => placed.offset > offset)];
  }

  /** Begins anew from a snapshot. */
  reset(offset: Offset, set: VoterSet): void {
    this.#placed = [{ offset, set }];
  }
}
