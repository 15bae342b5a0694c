import type { MillraceError, Offset } from "@millrace/vocabulary";

interface Wait {
  readonly end: Offset;
  readonly reached: () => void;
  readonly abandoned: (error: MillraceError) => void;
}

/** Callers that wait for a place in the log to be handed over. They are told in the order of their calls. */
export class Waits {
  #waits: Wait[] = [];
  #position: Offset;

  constructor(position: Offset) {
    this.#position = position;
  }

  /** Resolves once everything below `end`, which is not lower than that of the call before, has been handed over. */
  until(end: Offset): Promise<void> {
    return new Promise((reached, abandoned) => {
      this.#waits.push({ end, reached, abandoned });
      this.reach(this.#position);
    });
  }

  /** Everything below `position` has been handed over. */
  reach(position: Offset): void {
    this.#position = position;
    let told = 0;
    for (; told < this.#waits.length && this.#waits[told]!.end <= position; told++) this.#waits[told]!.reached();
    if (told > 0) this.#waits.splice(0, told);
  }

  /** What they wait for may never come: they reject. */
  abandon(error: MillraceError): void {
    for (const { abandoned } of this.#waits.splice(0)) abandoned(error);
  }
}
