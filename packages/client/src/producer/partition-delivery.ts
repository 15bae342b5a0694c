import { addSequence } from "@millrace/records";
import type { ErrorCode, MillraceError } from "@millrace/vocabulary";
import type { Identity } from "./batch-builder.ts";
import type { Answer, Delivery, DeliveryOptions, Sequence, Settled } from "./delivery.ts";

/** The broker did not append the batch, since it does not continue what it has of this producer. */
const notContinued: ReadonlySet<ErrorCode> = new Set([
  "OUT_OF_ORDER_SEQUENCE_NUMBER",
  "UNKNOWN_PRODUCER_ID",
  "INVALID_PRODUCER_EPOCH",
  "INVALID_PRODUCER_ID_MAPPING",
]);

/** The stream ended before the answer came, for reasons of the broker's. */
const interrupted: ReadonlySet<ErrorCode> = new Set(["CLOSED"]);

/** An offset that the broker does not tell: the batch was appended so long ago that it knows only that. */
const unknownOffset = -1;

/**
 * Delivers the batches of one partition in order and once, as long as they are delivered at all: several at a time, each with
 * a sequence, so that the broker takes a batch only behind the one before it, and only once.
 *
 * A batch that is given up, with others behind it that have their sequences already, leaves a hole that the broker will not
 * pass. Then the partition settles: nothing new is sent, what has a sequence is sent again until it is known to be in the
 * log or not, and what is not in it starts over under a new identity. So no order is lost and nothing comes twice.
 */
export class PartitionDelivery<Batch> {
  readonly #options: DeliveryOptions;
  /** What is not settled, in order. */
  #deliveries: Delivery<Batch>[] = [];
  #inFlight = 0;
  #identity: Identity | undefined;
  #formerIdentity: Identity | undefined;
  /** Whether the broker is known to have taken a batch of this identity. Before, it would take any sequence as the first. */
  #isEstablished = false;
  #nextSequence = 0;
  #nextOrdinal = 0;
  #isSettling = false;
  #failures = 0;
  #retryAtMs = 0;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#deliveries.length === 0;
  }

  /** Whether a batch that is added now could be sent at once, as far as places go. */
  get hasRoom(): boolean {
    return this.#deliveries.length < this.#options.inFlightMax;
  }

  /** Whether something waits for an identity. */
  get needsIdentity(): boolean {
    return this.#options.isIdempotent && this.#identity === undefined && this.#deliveries.length > 0;
  }

  /** The identity that may not be used here again. */
  get formerIdentity(): Identity | undefined {
    return this.#formerIdentity;
  }

  /** When something may be due: a second try, or a deadline. Undefined: nothing without an event. */
  get dueMs(): number | undefined {
    if (this.#deliveries.length === 0) return undefined;
    const deadlineMs = this.#deliveries.reduce((least, delivery) => Math.min(least, delivery.deadlineMs), Infinity);
    const isWaiting = this.#deliveries.some(({ isSent }) => !isSent);
    return isWaiting && this.#retryAtMs > 0 ? Math.min(deadlineMs, this.#retryAtMs) : deadlineMs;
  }

  add(batch: Batch, recordCount: number, deadlineMs: number): void {
    this.#deliveries.push({ batch, recordCount, deadlineMs, sequence: undefined, isSent: false, wasFirst: false });
  }

  identify(identity: Identity): void {
    this.#identity ??= identity;
  }

  /** What is to be sent now, in order; it counts as sent. */
  toSend(nowMs: number): Delivery<Batch>[] {
    if (nowMs < this.#retryAtMs || this.needsIdentity) return [];
    this.#retryAtMs = 0;
    const sending: Delivery<Batch>[] = [];
    for (const [index, delivery] of this.#deliveries.entries()) {
      if (delivery.isSent) continue;
      if (this.#inFlight >= this.#inFlightMax) break;
      if (delivery.sequence === undefined && !this.#mayAdvance) break;
      delivery.sequence ??= this.#takeSequence(delivery.recordCount);
      delivery.isSent = true;
      delivery.wasFirst = index === 0;
      this.#inFlight++;
      sending.push(delivery);
    }
    return sending;
  }

  /**
   * Whether a batch may be sent that never was: not while the partition settles, and not so far ahead of the oldest one
   * that is not settled that the broker would forget whether it has that.
   */
  get #mayAdvance(): boolean {
    if (this.#isSettling) return false;
    const oldest = this.#deliveries.find(({ sequence }) => sequence !== undefined)?.sequence;
    return oldest === undefined || this.#nextOrdinal - oldest.ordinal < this.#options.inFlightMax;
  }

  get #inFlightMax(): number {
    return this.#options.isIdempotent && !this.#isEstablished ? 1 : this.#options.inFlightMax;
  }

  /** The broker has answered, or the connection that carried the batch has broken. What is settled by it comes back. */
  answered(delivery: Delivery<Batch>, answer: Answer, nowMs: number): Settled<Batch>[] {
    if (!delivery.isSent || !this.#deliveries.includes(delivery)) return [];
    delivery.isSent = false;
    this.#inFlight--;
    const settled = this.#judge(delivery, answer, nowMs);
    this.#endSettling();
    return settled;
  }

  /** Gives up what is past its deadline, with this error. Whether it is in the log is not known where it was sent. */
  expire(nowMs: number, error: () => MillraceError): Settled<Batch>[] {
    const expired = this.#deliveries.filter(({ deadlineMs }) => deadlineMs <= nowMs);
    return expired.length === 0 ? [] : this.#giveUp(expired, error());
  }

  /** Gives up everything. */
  abandon(error: MillraceError): Settled<Batch>[] {
    return this.#giveUp([...this.#deliveries], error);
  }

  #judge(delivery: Delivery<Batch>, answer: Answer, nowMs: number): Settled<Batch>[] {
    if (answer.error === undefined) return this.#delivered(delivery, answer.baseOffset);
    const { error } = answer;
    if (error.code === "DUPLICATE_SEQUENCE_NUMBER") return this.#delivered(delivery, unknownOffset);
    if (notContinued.has(error.code)) return this.#notContinued(delivery, nowMs);
    if (error.retriable || interrupted.has(error.code)) return this.#retry(nowMs);
    return this.#refused(delivery, error);
  }

  #delivered(delivery: Delivery<Batch>, baseOffset: number): Settled<Batch>[] {
    this.#failures = 0;
    if (delivery.sequence?.identity === this.#identity) this.#isEstablished = true;
    this.#remove(delivery);
    return [{ batch: delivery.batch, error: undefined, baseOffset }];
  }

  /**
   * Of a batch that was sent behind others this says only that one of those is missing: it is sent again behind them. Of the first
   * one it says that the broker has lost, or never had, what came before.
   */
  #notContinued(delivery: Delivery<Batch>, nowMs: number): Settled<Batch>[] {
    if (delivery.wasFirst) this.#isSettling = true;
    if (this.#isSettling) delivery.sequence = undefined;
    return this.#retry(nowMs);
  }

  #retry(nowMs: number): Settled<Batch>[] {
    this.#retryAtMs = nowMs + this.#options.backoffMs(this.#failures++);
    return [];
  }

  /** The broker did not append the batch and never will. Its sequence is free again, unless others stand behind it. */
  #refused(delivery: Delivery<Batch>, error: MillraceError): Settled<Batch>[] {
    const isLast = !this.#deliveries.slice(this.#deliveries.indexOf(delivery) + 1).some(({ sequence }) => sequence !== undefined);
    if (!isLast || error.code === "UNKNOWN_SERVER_ERROR") this.#isSettling = true;
    else if (delivery.sequence !== undefined && !this.#isSettling) {
      this.#nextSequence = delivery.sequence.base;
      this.#nextOrdinal = delivery.sequence.ordinal;
    }
    this.#remove(delivery);
    return [{ batch: delivery.batch, error }];
  }

  #giveUp(given: readonly Delivery<Batch>[], error: MillraceError): Settled<Batch>[] {
    for (const delivery of given) {
      if (delivery.isSent) this.#inFlight--;
      if (delivery.sequence !== undefined) this.#isSettling = true;
      this.#remove(delivery);
    }
    this.#endSettling();
    return given.map(({ batch }) => ({ batch, error }));
  }

  #remove(delivery: Delivery<Batch>): void {
    this.#deliveries = this.#deliveries.filter((each) => each !== delivery);
  }

  /** Nothing is left of which it is unknown where it is: the rest starts over. */
  #endSettling(): void {
    if (!this.#isSettling || this.#deliveries.some(({ sequence }) => sequence !== undefined)) return;
    this.#isSettling = false;
    this.#isEstablished = false;
    this.#formerIdentity = this.#identity;
    this.#identity = undefined;
    this.#nextSequence = 0;
    this.#nextOrdinal = 0;
  }

  #takeSequence(recordCount: number): Sequence | undefined {
    if (this.#identity === undefined) return undefined;
    const base = this.#nextSequence;
    this.#nextSequence = addSequence(base, recordCount);
    return { identity: this.#identity, base, ordinal: this.#nextOrdinal++ };
  }
}
