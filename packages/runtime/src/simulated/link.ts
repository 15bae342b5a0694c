import type { Agenda } from "./agenda.ts";
import type { Chance } from "./chance.ts";
import type { Span } from "./faults.ts";

/** Parcels that may be kept after their arrival: moving the others up at each would take its time. */
const deliveredMax = 256;

/** Something on its way from one machine to another. */
interface Parcel {
  readonly arrive: () => void;
}

/** One way from one machine to another, of which every connection uses two. */
export class Link {
  readonly #agenda: Agenda;
  readonly #chance: Chance;
  readonly #drawDelayUs: (link: Link) => number;
  readonly #isDown: () => boolean;
  readonly #stalled = new Set<Lane>();
  #isCut = false;
  #cuts = 0;
  /** How long its parcels take, where that is not as long as all others'. */
  delayUs: Span | undefined;

  /**
   * @param drawDelayUs how long the next parcel takes
   * @param isDown whether the machine at the end is without power
   */
  constructor(agenda: Agenda, chance: Chance, drawDelayUs: (link: Link) => number, isDown: () => boolean) {
    this.#agenda = agenda;
    this.#chance = chance;
    this.#drawDelayUs = drawDelayUs;
    this.#isDown = isDown;
  }

  get chance(): Chance {
    return this.#chance;
  }

  /** Whether nothing arrives now. */
  get isSilent(): boolean {
    return this.#isCut || this.#isDown();
  }

  /** The cut that lasts now, as a number of its own; undefined where none does. */
  get cutNumber(): number | undefined {
    return this.#isCut ? this.#cuts : undefined;
  }

  /** From now on nothing arrives; what is sent meanwhile, and what is on its way, waits as TCP's retransmissions do. */
  cut(): void {
    if (!this.#isCut) this.#cuts++;
    this.#isCut = true;
  }

  heal(): void {
    this.#isCut = false;
    this.revive();
  }

  /** Lets what waited arrive, if something may. */
  revive(): void {
    if (this.isSilent) return;
    for (const lane of this.#stalled) lane.goOn();
    this.#stalled.clear();
  }

  /** A lane for one direction of one connection: its parcels arrive in the order in which they were sent. */
  lane(): Lane {
    return new Lane(
      this.#agenda,
      () => this.#drawDelayUs(this),
      (lane) => {
        const { isSilent } = this;
        if (isSilent) this.#stalled.add(lane);
        return isSilent;
      },
    );
  }
}

export class Lane {
  readonly #agenda: Agenda;
  readonly #drawDelayUs: () => number;
  readonly #isStalled: (lane: Lane) => boolean;
  #parcels: Parcel[] = [];
  /** Where in `#parcels` the next one to arrive is. */
  #cursor = 0;
  #lastArrivalUs = 0;
  /** Parcels whose time came while nothing could arrive. */
  #waiting = 0;

  constructor(agenda: Agenda, drawDelayUs: () => number, isStalled: (lane: Lane) => boolean) {
    this.#agenda = agenda;
    this.#drawDelayUs = drawDelayUs;
    this.#isStalled = isStalled;
  }

  send(arrive: () => void): void {
    this.#parcels.push({ arrive });
    this.#schedule();
  }

  /** What waited sets out again. */
  goOn(): void {
    for (; this.#waiting > 0; this.#waiting--) this.#schedule();
  }

  #schedule(): void {
    const { nowUs } = this.#agenda;
    this.#lastArrivalUs = Math.max(this.#lastArrivalUs, nowUs + this.#drawDelayUs());
    this.#agenda.add(this.#lastArrivalUs - nowUs, false, () => this.#arrived());
  }

  #arrived(): void {
    if (this.#isStalled(this)) {
      this.#waiting++;
      return;
    }
    const { arrive } = this.#parcels[this.#cursor++]!;
    if (this.#cursor >= deliveredMax || this.#cursor === this.#parcels.length) {
      this.#parcels.splice(0, this.#cursor);
      this.#cursor = 0;
    }
    arrive();
  }
}
