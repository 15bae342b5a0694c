import type { Address, Clock } from "@millrace/runtime";
import { printAddress, secondMs } from "@millrace/vocabulary";
import type { ClusterView } from "./view.ts";

/** A broker that kept somebody waiting is asked last for so long. */
const suspicionMs: number = 5 * secondMs;

/** Which of the brokers is asked what any of them knows: the one that answered last, and one that kept somebody waiting last of all. */
export class Turns {
  readonly #clock: Clock;
  readonly #view: ClusterView;
  readonly #seeds: readonly Address[];
  /** Until when brokers are asked last, by address. */
  readonly #suspectedMs = new Map<string, number>();
  #turn = 0;

  constructor(clock: Clock, view: ClusterView, seeds: readonly Address[]) {
    this.#clock = clock;
    this.#view = view;
    this.#seeds = seeds;
  }

  get next(): Address {
    const { brokers } = this.#view;
    const known = [...brokers, ...this.#seeds.filter((seed) => !brokers.some((each) => printAddress(each) === printAddress(seed)))];
    const turn = this.#turn % known.length;
    const inTurn = [...known.slice(turn), ...known.slice(0, turn)];
    return inTurn.find((each) => !this.#isSuspect(each)) ?? inTurn[0]!;
  }

  /** The one whose turn it was did not help. */
  pass(): void {
    this.#turn++;
  }

  /** A broker lets somebody wait for what others may know. */
  suspect(broker: Address): void {
    this.#suspectedMs.set(printAddress(broker), this.#clock.monotonicMs() + suspicionMs);
  }

  #isSuspect(broker: Address): boolean {
    return (this.#suspectedMs.get(printAddress(broker)) ?? -Infinity) > this.#clock.monotonicMs();
  }
}
