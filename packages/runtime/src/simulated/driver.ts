import { assert } from "@millrace/vocabulary";
import type { Agenda } from "./agenda.ts";
import { inTurns } from "./turns.ts";

/** Lets what an agenda holds happen, one event a turn, and keeps account of it. */
export class Driver {
  readonly #agenda: Agenda;
  #isDriving = false;
  #events = 0;
  #fingerprint = 0;

  constructor(agenda: Agenda) {
    this.#agenda = agenda;
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
   * begun before comes to rest in it. Rejects with what an event throws.
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
    const act = this.#agenda.take();
    this.#events++;
    this.#fingerprint = Math.imul(this.#fingerprint ^ (this.#agenda.nowUs | 0), 0x0100_0193) + this.#agenda.underWay;
    act();
  }
}
