import type { BatchView, EndTransactionMarker } from "@millrace/records";
import { int16Max, MillraceError, Offset, ProducerId } from "@millrace/vocabulary";
import type { AppendOptions, ProducerDescription } from "../log-contract.ts";
import {
  batchesRemembered,
  firstSequenceOf,
  follows,
  lastSequenceOf,
  type Producer,
  type RememberedBatch,
  unknownProducer,
} from "./producer.ts";
import { readEndMarker } from "./end-marker.ts";
import { type EndedTransaction, Transactions } from "./transactions.ts";

/** From this version on every transaction has a producer epoch of its own (KIP-890). */
const epochPerTransaction = 2;

/**
 * The producers of one partition: which batches they appended last, and which transactions are open. Follows from the log
 * alone: whoever applies its batches in order comes to the same state.
 */
export class Producers {
  readonly all: Map<number, Producer> = new Map();
  readonly transactions: Transactions = new Transactions();
  #changedTo: Offset = Offset(-1);

  /** The offset behind the newest batch that changed anything here; -1: none did. */
  get changedTo(): Offset {
    return this.#changedTo;
  }

  /**
   * Checks a batch that a leader is about to append. Comes back with the batch that it repeats, if it does: it was appended
   * already, and must not be again.
   *
   * Throws INVALID_PRODUCER_EPOCH, OUT_OF_ORDER_SEQUENCE_NUMBER, INVALID_TXN_STATE, TRANSACTION_COORDINATOR_FENCED.
   */
  check(batch: BatchView, options: AppendOptions): RememberedBatch | undefined {
    const producer = this.all.get(batch.producerId);
    if (batch.producerId < 0 || producer === undefined) return undefined;
    if (options.origin === "marker") {
      checkMarker(producer, batch, options.transactionVersion ?? 0);
      return undefined;
    }
    if (options.origin === "client") {
      const duplicate = findDuplicate(producer, batch);
      if (duplicate !== undefined) return duplicate;
    }
    checkEpoch(producer, batch);
    if (options.origin === "client") checkSequence(producer, batch);
    if (producer.openFrom !== undefined && !batch.isTransactional)
      throw new MillraceError("INVALID_TXN_STATE", { producerId: batch.producerId, openFrom: producer.openFrom });
    return undefined;
  }

  /** Takes note of a batch that is part of the log now. Comes back with the transaction that it ended. */
  apply(batch: BatchView, nowMs: number): EndedTransaction | undefined {
    if (batch.producerId < 0) return undefined;
    this.#changedTo = batch.nextOffset;
    if (!batch.isControl) return void this.#applyData(batch, nowMs);
    const marker = readEndMarker(batch);
    return marker && this.#applyMarker(batch, marker, nowMs);
  }

  #applyData(batch: BatchView, nowMs: number): void {
    const { producerId, baseOffset, maxTimestamp: timestampMs } = batch;
    const known = this.#inEpoch(producerId, batch.producerEpoch);
    const { lastSequence, lastOffset, lastOffsetDelta } = batch;
    const batches = [...known.batches.slice(1 - batchesRemembered), { lastSequence, lastOffset, lastOffsetDelta, timestampMs }];
    const begins = batch.isTransactional && known.openFrom === undefined;
    if (begins) this.transactions.begin(producerId, baseOffset);
    const openFrom = begins ? baseOffset : known.openFrom;
    this.all.set(producerId, { ...known, batches, openFrom, lastTimestampMs: timestampMs, lastSeenMs: nowMs });
  }

  #applyMarker(batch: BatchView, { outcome, coordinatorEpoch }: EndTransactionMarker, nowMs: number): EndedTransaction | undefined {
    const { producerId, maxTimestamp: lastTimestampMs } = batch;
    const known = this.#inEpoch(producerId, batch.producerEpoch);
    this.all.set(producerId, { ...known, coordinatorEpoch, openFrom: undefined, lastTimestampMs, lastSeenMs: nowMs });
    // A marker without records before it changes nothing for readers.
    return known.openFrom === undefined ? undefined : this.transactions.end(known.openFrom, batch.baseOffset, outcome === "abort");
  }

  /** Forgets producers that have written nothing for long; one with an open transaction stays. */
  expire(nowMs: number, expirationMs: number): void {
    for (const [id, producer] of this.all) {
      if (producer.openFrom === undefined && nowMs - producer.lastSeenMs >= expirationMs) this.all.delete(id);
    }
  }

  describe(): ProducerDescription[] {
    return Array.from(this.all, ([id, producer]) => ({
      producerId: ProducerId(id),
      producerEpoch: producer.epoch,
      lastSequence: lastSequenceOf(producer),
      lastTimestampMs: producer.lastTimestampMs,
      coordinatorEpoch: producer.coordinatorEpoch,
      openTransactionFirstOffset: producer.openFrom,
    }));
  }

  /** What is known of a producer in an epoch: sequences begin anew with each. */
  #inEpoch(id: number, epoch: number): Producer {
    const known = this.all.get(id) ?? unknownProducer;
    return known.epoch === epoch ? known : { ...known, epoch, batches: [] };
  }
}

function findDuplicate(producer: Producer, batch: BatchView): RememberedBatch | undefined {
  if (batch.producerEpoch !== producer.epoch) return undefined;
  const { baseSequence, lastSequence } = batch;
  return producer.batches.find((known) => known.lastSequence === lastSequence && firstSequenceOf(known) === baseSequence);
}

function checkEpoch(producer: Producer, batch: BatchView): void {
  if (batch.producerEpoch < producer.epoch) throw staleEpoch(producer, batch);
}

function staleEpoch(producer: Producer, batch: BatchView): MillraceError {
  const { producerId, producerEpoch } = batch;
  return new MillraceError("INVALID_PRODUCER_EPOCH", { producerId, producerEpoch, newestEpoch: producer.epoch });
}

/** Within an epoch sequences rise without a gap; a new one begins at 0. A producer without history may begin anywhere. */
function checkSequence(producer: Producer, batch: BatchView): void {
  if (producer.epoch < 0) return;
  const last = batch.producerEpoch === producer.epoch ? lastSequenceOf(producer) : -1;
  if (follows(last, batch.baseSequence)) return;
  const { producerId, producerEpoch, baseSequence } = batch;
  throw new MillraceError("OUT_OF_ORDER_SEQUENCE_NUMBER", { producerId, producerEpoch, baseSequence, lastSequence: last });
}

/**
 * With an epoch per transaction a marker's epoch lies above that of the records it ends; an equal one is a marker that
 * arrives again after it has done its work, or stands at the largest epoch there is.
 */
function checkMarker(producer: Producer, batch: BatchView, transactionVersion: number): void {
  const marker = readEndMarker(batch);
  const epoch = batch.producerEpoch;
  const isRepeated = epoch === producer.epoch && (producer.openFrom === undefined || epoch === int16Max);
  const isStale = transactionVersion >= epochPerTransaction ? epoch <= producer.epoch && !isRepeated : epoch < producer.epoch;
  if (isStale) throw staleEpoch(producer, batch);
  if (marker === undefined || marker.coordinatorEpoch >= producer.coordinatorEpoch) return;
  const { coordinatorEpoch } = marker;
  throw new MillraceError("TRANSACTION_COORDINATOR_FENCED", { coordinatorEpoch, newestEpoch: producer.coordinatorEpoch });
}
