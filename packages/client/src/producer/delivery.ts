import type { MillraceError } from "@millrace/vocabulary";
import type { Identity } from "./batch-builder.ts";

/** How batches of one partition are delivered. */
export interface DeliveryOptions {
  /**
   * Batches that may be under way at once, and how far the newest may be ahead of the oldest one that is not settled. The broker
   * remembers the five newest batches of a producer: of an older one it could not tell that it comes twice.
   */
  readonly inFlightMax: number;
  /** Without: no sequences, and so no safe second try. */
  readonly isIdempotent: boolean;
  /** How long to wait after the given number of failures in a row. */
  backoffMs(failures: number): number;
}

/** The place of a batch in what a producer sends to a partition. */
export interface Sequence {
  readonly identity: Identity;
  /** Of the first record. */
  readonly base: number;
  /** How many batches came before, under this identity. */
  readonly ordinal: number;
}

/** A batch on its way. */
export interface Delivery<Batch> {
  readonly batch: Batch;
  readonly recordCount: number;
  /** When it is given up. */
  readonly deadlineMs: number;
  /** Its place in what this producer sends to the partition; kept over every try. */
  sequence: Sequence | undefined;
  isSent: boolean;
  /** Whether everything before it was settled when it was sent last. */
  wasFirst: boolean;
}

/** What became of a batch in the end. */
export type Settled<Batch> =
  | { readonly batch: Batch; readonly error: undefined; readonly baseOffset: number }
  | { readonly batch: Batch; readonly error: MillraceError };

/** What the broker said to a batch. */
export type Answer = { readonly error: undefined; readonly baseOffset: number } | { readonly error: MillraceError };
