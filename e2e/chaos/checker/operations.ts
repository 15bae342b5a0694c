/**
 * What became of an operation. `ok`: it was done, as its answer says. `fail`: it was not done, and never will be. `info`: nobody
 * knows; it may be done still.
 */
export type Outcome = "ok" | "fail" | "info";

interface Operated {
  /** Who did it: one operation after another, never two at a time. */
  readonly process: number;
  readonly outcome: Outcome;
  /** When it was asked for, by the clock that all processes share. */
  readonly fromMs: number;
  /** When its answer was there; without meaning for `info`. */
  readonly toMs: number;
}

/** A value that was sent to a partition. No other send to that partition has the same. */
export interface Sent {
  readonly partition: number;
  readonly value: number;
  /** As acknowledged; undefined where no answer said so. */
  readonly offset?: number | undefined;
}

/** A record as a consumer got it. */
export interface Polled {
  readonly partition: number;
  readonly offset: number;
  readonly value: number;
}

/** Values sent in this order. */
export interface Send extends Operated {
  readonly f: "send";
  readonly sends: readonly Sent[];
}

/** What one poll gave, in the order in which it came. */
export interface Poll extends Operated {
  readonly f: "poll";
  readonly records: readonly Polled[];
}

/** The process reads these partitions from now on: those that it read before from where it was, the others from anywhere. */
export interface Assign extends Operated {
  readonly f: "assign";
  readonly partitions: readonly number[];
}

/** The process gave up its clients; it goes on with new ones, which know nothing. */
export interface Crash extends Operated {
  readonly f: "crash";
}

/** One operation of a history. Those of a process are in the order in which it did them. */
export type Operation = Send | Poll | Assign | Crash;
