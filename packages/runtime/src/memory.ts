import { assert } from "@millrace/vocabulary";

/** How much of the budget is in use: whoever holds memory asks, and gives way in this order. */
export type Pressure = "none" | "pause" | "shrink" | "refuse";

/** Shares of the budget at which sockets pause, then tails shrink, then requests are refused. */
const pauseShare = 0.7;
const shrinkShare = 0.85;

/**
 * Accounts for every buffer that outlives its turn. A buffer is charged at the size of the memory it pins: a slice of a
 * 64 KiB chunk costs 64 KiB. The loop is the only owner, so the sum is exact.
 */
export class MemoryBudget {
  readonly #bytesMax: () => number;
  readonly #accounts = new Map<string, MemoryAccount>();
  readonly #watchers = new Set<(pressure: Pressure) => void>();
  #bytes = 0;
  #pressure: Pressure = "none";

  /** @param bytesMax the budget, read at each change since it may be changed while running */
  constructor(bytesMax: () => number) {
    this.#bytesMax = bytesMax;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get pressure(): Pressure {
    return this.#pressure;
  }

  /** The account of one kind of holder: `request`, `response`, `tail`, `peer`. Made when first asked for. */
  account(kind: string): MemoryAccount {
    const account = this.#accounts.get(kind) ?? new MemoryAccount(kind, (delta) => this.#move(delta));
    this.#accounts.set(kind, account);
    return account;
  }

  /** Every account, for metrics. */
  accounts(): Iterable<MemoryAccount> {
    return this.#accounts.values();
  }

  /** Calls back at each change of pressure, until the function it returns is called. */
  watch(watcher: (pressure: Pressure) => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  #move(delta: number): void {
    this.#bytes += delta;
    const pressure = pressureOf(this.#bytes / this.#bytesMax());
    if (pressure === this.#pressure) return;
    this.#pressure = pressure;
    for (const watcher of this.#watchers) {
      watcher(pressure);
      // The watcher gave way at once: everyone has been told of the pressure that is left.
      if (this.#pressure !== pressure) return;
    }
  }
}

function pressureOf(share: number): Pressure {
  if (share >= 1) return "refuse";
  if (share >= shrinkShare) return "shrink";
  return share >= pauseShare ? "pause" : "none";
}

/** What one kind of holder has of the budget. */
export class MemoryAccount {
  readonly kind: string;
  readonly #move: (delta: number) => void;
  #bytes = 0;

  constructor(kind: string, move: (delta: number) => void) {
    this.kind = kind;
    this.#move = move;
  }

  get bytes(): number {
    return this.#bytes;
  }

  charge(bytes: number): void {
    this.#bytes += bytes;
    this.#move(bytes);
  }

  release(bytes: number): void {
    assert(bytes <= this.#bytes, "an account releases no more than it was charged", { kind: this.kind, bytes, charged: this.#bytes });
    this.#bytes -= bytes;
    this.#move(-bytes);
  }
}
