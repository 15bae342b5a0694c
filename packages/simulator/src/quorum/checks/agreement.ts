import type { Marks } from "../../marks.ts";
import { holds } from "../../violation.ts";

/** An entry as somebody has it, and the term of the one before it, where that is known. */
export interface MatchedEntry {
  readonly offset: number;
  readonly term: number;
  readonly checksum: number;
  readonly previousTerm: number | undefined;
}

/** What holds between nodes over the whole run: one leader for a term (R1), and logs that match (R2). */
export class Agreement {
  readonly #leaders = new Map<number, string>();
  readonly #entries = new Map<string, { readonly checksum: number; previousTerm: number | undefined }>();

  readonly #marks: Marks;

  constructor(marks: Marks) {
    this.#marks = marks;
  }

  /** Entries that were not committed are gone. */
  cutOff(): void {
    this.#marks.hit("a log was cut off");
  }

  elected(key: string, term: number): void {
    const known = this.#leaders.get(term);
    holds(known === undefined || known === key, "R1", { term, leader: key, known });
    this.#leaders.set(term, key);
  }

  /** Logs that have an entry of one term at one offset have the same entry there, and the same before it: by induction all that comes before. */
  match(key: string, { offset, term, checksum, previousTerm }: MatchedEntry): void {
    const name = `${offset}/${term}`;
    const known = this.#entries.get(name);
    if (known === undefined) return void this.#entries.set(name, { checksum, previousTerm });
    const isSame = previousTerm === undefined || known.previousTerm === undefined || known.previousTerm === previousTerm;
    holds(known.checksum === checksum && isSame, "R2", { voter: key, offset, term, previousTerm, known });
    known.previousTerm ??= previousTerm;
  }
}
