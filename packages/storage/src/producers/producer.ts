import { addSequence } from "@millrace/records";
import { int32Max, type Offset } from "@millrace/vocabulary";

/** How many of its newest batches a producer is remembered by: as many as a client may have under way (KIP-98). */
export const batchesRemembered = 5;

/** A batch that a producer has appended. */
export interface RememberedBatch {
  /** -1 where a coordinator wrote it, which counts no sequences. */
  readonly lastSequence: number;
  readonly lastOffset: Offset;
  /** Records of the batch but one, also where compaction took some. */
  readonly lastOffsetDelta: number;
  readonly timestampMs: number;
}

/** What a partition knows of one producer. Never changed, but replaced: so a snapshot can be written while the log goes on. */
export interface Producer {
  /** -1: nothing known yet. Never goes back by a leader's append. */
  readonly epoch: number;
  /** Of the newest marker; -1: none was written. */
  readonly coordinatorEpoch: number;
  /** The timestamp of its newest batch or marker, as the record says it. */
  readonly lastTimestampMs: number;
  /** When this broker last saw it, by its own clock: a client's timestamp must not make it be forgotten early. */
  readonly lastSeenMs: number;
  /** Where its open transaction begins. */
  readonly openFrom: Offset | undefined;
  /** The newest batches of this epoch, oldest first. */
  readonly batches: readonly RememberedBatch[];
}

export const unknownProducer: Producer = {
  epoch: -1,
  coordinatorEpoch: -1,
  lastTimestampMs: -1,
  lastSeenMs: 0,
  openFrom: undefined,
  batches: [],
};

/** The sequence of the newest record; -1 where none is known in this epoch. */
export function lastSequenceOf(producer: Producer): number {
  return producer.batches.at(-1)?.lastSequence ?? -1;
}

/** The sequence of a batch's first record; before 0 comes 2^31 - 1. */
export function firstSequenceOf(batch: RememberedBatch): number {
  if (batch.lastSequence < 0) return -1;
  const first = batch.lastSequence - batch.lastOffsetDelta;
  return first < 0 ? first + int32Max + 1 : first;
}

/** Whether `sequence` is the one that follows `last`; -1 is followed by 0. */
export function follows(last: number, sequence: number): boolean {
  return sequence === (last < 0 ? 0 : addSequence(last, 1));
}
