import type { Offset } from "@millrace/vocabulary";
import { holds } from "../../violation.ts";
import type { Keeper, KeeperWatcher } from "../keeper.ts";

interface Folded {
  readonly term: number;
  readonly records: readonly string[];
}

/** What was committed, as whoever folds it was given it: everybody must be given the same, and come to the same state (R4). */
export class Commits implements KeeperWatcher {
  readonly #folded = new Map<number, Folded>();
  /** The state after everything below an offset. */
  readonly #digests = new Map<number, string>();
  readonly #terms = new Map<number, number>();
  /** The end of what is known to be committed, and the term of the entry that ends there. */
  end = 0;
  term = 0;

  /** The end of all records that somebody has folded in. */
  foldedEnd = 0;

  /** A machine knows that everything below `end` is committed, and that the entry that ends there is of this term. */
  committed(end: Offset, term: number | undefined, node: string): void {
    const known = this.#terms.get(end);
    holds(known === undefined || term === undefined || known === term, "R4", { node, end, term, known });
    if (term === undefined) return;
    this.#terms.set(end, term);
    if (end <= this.end) return;
    this.end = end;
    this.term = term;
  }

  /** The term of the committed entry that ends there, where that is known. */
  termAt(end: number): number | undefined {
    return this.#terms.get(end);
  }

  /** Ends of committed entries. */
  get ends(): Iterable<number> {
    return this.#terms.keys();
  }

  folded({ digest }: Keeper, offset: Offset, term: number, records: readonly string[]): void {
    const known = this.#folded.get(offset);
    const isSame = known === undefined || (known.term === term && known.records.join() === records.join());
    holds(isSame, "R4", { offset, term, records, known });
    this.#folded.set(offset, { term, records });
    this.foldedEnd = Math.max(this.foldedEnd, offset + records.length);
    this.#isState(offset + records.length, digest);
  }

  restored({ digest }: Keeper, offset: Offset): void {
    // Before the first record there is the same for everybody; any other snapshot is of a state that somebody came to.
    const end = offset + 1;
    holds(offset === 0 || this.#digests.has(end), "R4", { snapshot: offset, digest });
    this.#isState(end, digest);
  }

  /** A proposal was acknowledged: its last record lies at `offset`. */
  acknowledged(offset: Offset, records: readonly string[]): void {
    const first = offset - records.length + 1;
    const known = this.#folded.get(first)?.records;
    holds(known !== undefined && known.join() === records.join(), "R9", { first, records, known });
  }

  /** The state of a keeper is the one that everybody comes to. */
  judge({ end, digest }: Keeper): void {
    this.#isState(end, digest);
  }

  #isState(end: number, digest: string): void {
    const known = this.#digests.get(end);
    holds(known === undefined || known === digest, "R4", { end, digest, known });
    this.#digests.set(end, digest);
  }
}
