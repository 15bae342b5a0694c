import type { Uuid } from "@millrace/vocabulary";

/** Chance: the only source of it. */
export interface Random {
  /**
   * A stream of its own, so that a draw in one place does not change what another draws. In the simulated world a
   * stream follows from the seed and its name alone.
   */
  stream(name: string): RandomStream;
}

/** Draws, one after the other. */
export interface RandomStream {
  /** A whole number in [0, bound), each equally likely. `bound` is in [1, 2^32]. */
  below(bound: number): number;
  /** `length` bytes, each equally likely. */
  bytes(length: number): Buffer;
  /** A random UUID (version 4) in Kafka's form, never one that starts with `-`, as Kafka's own are. */
  uuid(): Uuid;
}
