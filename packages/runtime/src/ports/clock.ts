/** Time: the only source of it. */
export interface Clock {
  /** Milliseconds, with fractions, since a point of no meaning. Never goes back; for durations, time-outs and leases. */
  monotonicMs(): number;
  /** Whole milliseconds since 1970 in UTC. May jump either way; for timestamps and retention. */
  wallMs(): number;
  /**
   * Calls back once, `delayMs` or more from now, in a turn of its own. `delayMs` is cut to [0, 2^31 - 1]. A timer does
   * not keep the process alive.
   */
  timer(delayMs: number, callback: () => void): Timer;
  /**
   * Calls back in a turn of its own, after the callbacks that the loop has at hand now: what those ask for of one file,
   * connection or peer can so be done at once. Callbacks come in the order in which they were asked for.
   */
  afterTurn(callback: () => void): void;
}

/** A callback to come. */
export interface Timer {
  /** After this the callback does not come. Harmless when it has come already. */
  cancel(): void;
}
