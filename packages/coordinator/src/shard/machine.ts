import type { TransactionOutcome } from "@millrace/records";
import type { MillraceError } from "@millrace/vocabulary";

/** One moment on both clocks: sessions and time-outs go by the first, what is stored by the second. */
export interface Moment {
  readonly monotonicMs: number;
  readonly wallMs: number;
}

declare const answerOf: unique symbol;

/** Names a request until it is answered, exactly once: perhaps at once, perhaps by a later decision. */
export interface Ticket<Answer> {
  readonly number: number;
  readonly [answerOf]?: Answer;
}

/** What a ticket's holder is told. */
export type Reply =
  | { readonly ticket: Ticket<any>; readonly answer: unknown }
  | { readonly ticket: Ticket<any>; readonly error: MillraceError };

/** A record to append: what it says, and its bytes. A null value is a tombstone. */
export interface Entry<Stored> {
  readonly stored: Stored;
  readonly key: Buffer;
  readonly value: Buffer | null;
}

/** What follows from a request or from the passing of time. */
export interface Decision<Stored> {
  /** Appended and applied in this order before anything else is decided. */
  readonly entries: readonly Entry<Stored>[];
  /** They leave once all that has been applied by then is committed. */
  readonly replies: readonly Reply[];
  /** Nothing has changed but what the entries say. If the log refuses them the request is refused, and all else stays as it is. */
  readonly onlyWrites: boolean;
  /** The work was too much for one turn: the same request comes again. */
  readonly isUnfinished: boolean;
}

/** Where a record lies, and which open transaction it belongs to; producer id -1: none. */
export interface Position {
  readonly offset: number;
  readonly producerId: number;
}

/**
 * The state of one shard and its rules, without a clock, a log or a promise. `decide` and `tick` say what happens next,
 * `apply` alone writes what is stored, live and on replay alike. What no record holds (who is parked, whose session ends
 * when) they may change at once: it is gone with the machine when the shard is discarded.
 */
export interface ShardMachine<Request, Stored> {
  decide(request: Request, ticket: Ticket<any>, now: Moment): Decision<Stored>;
  /** On the monotonic clock: when `tick` has something to do; infinite where nothing waits. */
  readonly nextDeadlineMs: number;
  /** Does one of the things that are due. */
  tick(now: Moment): Decision<Stored>;
  apply(stored: Stored, position: Position): void;
  /** The marker that ends a producer's transaction. */
  applyMarker(producerId: number, outcome: TransactionOutcome): void;
  /** What a record of the log says; throws UNSUPPORTED_VERSION where its kind is not known. Other errors mean that the log cannot be read. */
  decode(key: Buffer, value: Buffer | null): Stored;
  /** The replay is over: the clock of what has been read starts now. */
  loaded(now: Moment): Decision<Stored>;
}
