import { assert } from "@millrace/vocabulary";
import type { Agenda } from "./agenda.ts";
import { inTurns } from "./turns.ts";

/** Lets what an agenda holds happen, one event a turn, and keeps account of it. */
export class Driver {
  readonly #agenda: Agenda;
  readonly #atRest: (() => void) | undefined;
  #isDriving = false;
  #events = 0;
  #fingerprint = 0;

  /** @param atRest called before each event, when everything that the one before it set in motion has come to rest */
  constructor(agenda: Agenda, atRest?: () => void) {
    this.#agenda = agenda;
    this.#atRest = atRest;
  }

  get events(): number {
    return this.#events;
  }

  /** A sum over the moments of all events, in their order. */
  get fingerprint(): number {
    return this.#fingerprint >>> 0;
  }

  /**
   * Lets events happen while `goesOn`, which is asked before each and says no where none is to come. The first turn is empty: what was
   * begun before comes to rest in it. Rejects with what an event, or `atRest`, throws.
   */
  async drive(goesOn: () => boolean): Promise<void> {
    assert(!this.#isDriving, "a world is driven by one at a time");
    this.#isDriving = true;
    let isRest = true;
    try {
      await inTurns(() => {
        if (isRest) isRest = false;
        else if (!goesOn()) return false;
        else this.#happen();
        return true;
      });
    } finally {
      this.#isDriving = false;
    }
  }

  #happen(): void {
    this.#atRest?.();
    // What it changed may have taken the next event back.
    if (this.#agenda.nextUs === undefined) return;
    const act = this.#agenda.take();
    this.#events++;
    this.#fingerprint = Math.imul(this.#fingerprint ^ (this.#agenda.nowUs | 0), 0x0100_0193) + this.#agenda.underWay;
    act();
  }
}
