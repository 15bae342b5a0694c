import { batchHeaderBytes, BatchView } from "@millrace/records";
import type { ReadOptions } from "../log-contract.ts";
import { headerFault } from "../segment/batch-fault.ts";

/** What a reader wants, and what it knows of the place where it looks. */
export interface Wanted extends ReadOptions {
  readonly from: number;
  /** No batch from there on begins below this offset. */
  readonly floor: number;
  /** No batch of the segment reaches past this offset. */
  readonly ceiling: number;
  /** The last offset of the first batch, where an index named it; anything else shows that the index is wrong. */
  readonly firstLastOffset: number | undefined;
  /** The epoch that a record at an offset must have, as far as is known. */
  readonly epochOf: (offset: number) => number | undefined;
  /** Whether the bytes were checked when they were read. */
  readonly isChecked?: boolean;
}

/** Why a selection ended where it did. */
export type SelectionEnd =
  /** The bytes ended between two batches. */
  | { readonly type: "exhausted" }
  /** The next batch is not there whole; it takes so many bytes from where it begins. */
  | { readonly type: "needs"; readonly bytes: number }
  /** The next batch is not for this reader: too large, or past its bound. */
  | { readonly type: "blocked" }
  /** What follows is no batch, or is not what was written. */
  | { readonly type: "broken" }
  /** The first batch is not the one that the index named. */
  | { readonly type: "misled" };

/** Bytes [start, end) of what was read; where nothing is selected both are where looking further begins. */
export interface Selection {
  readonly start: number;
  readonly end: number;
  readonly nextOffset: number;
  /** No batch behind `end` begins below this offset. */
  readonly floor: number;
  readonly why: SelectionEnd;
}

/**
 * Picks the batches that a reader wants out of bytes that begin with one. Each is checked by its checksum; what the checksum
 * leaves out, base offset and leader epoch, by the batches around it and by the epochs that are known.
 */
export function selectBatches(bytes: Buffer, wanted: Wanted): Selection {
  const view = new BatchView(bytes);
  const none: Selected = { start: 0, end: 0, nextOffset: wanted.from, floor: wanted.floor };
  /** What is selected so far, and what was before its last batch. */
  let [selected, before] = [none, none];
  for (;;) {
    const { floor } = selected;
    view.moveTo(selected.end);
    const isHeadThere = view.start + batchHeaderBytes <= bytes.length;
    if (isHeadThere ? view.baseOffset < floor && !isGarbage(view) : floor > wanted.ceiling) return { ...before, why: { type: "broken" } };
    const why = reasonToEnd(view, wanted, selected);
    if (why !== undefined) return { ...selected, why };
    before = selected;
    selected = withBatch(selected, view, wanted.from);
  }
}

/** Whether the bytes are no batch at all, which says nothing about the one before. */
function isGarbage(view: BatchView): boolean {
  return headerFault(view, Infinity) !== undefined;
}

type Selected = Omit<Selection, "why">;

/** Takes one more batch in, or skips it where it lies before what is wanted. */
function withBatch({ start, end, nextOffset }: Selected, view: BatchView, from: number): Selected {
  const batchEnd = end + view.sizeBytes;
  const floor = view.nextOffset;
  return view.lastOffset < from
    ? { start: batchEnd, end: batchEnd, nextOffset, floor }
    : { start, end: batchEnd, nextOffset: floor, floor };
}

function reasonToEnd(view: BatchView, wanted: Wanted, { start, end }: Selected): SelectionEnd | undefined {
  const available = view.bytes.length;
  if (view.start === available) return { type: "exhausted" };
  if (view.start + batchHeaderBytes > available) return { type: "needs", bytes: batchHeaderBytes };
  const isNamed = view.start === 0 && wanted.firstLastOffset !== undefined;
  const fault = headerFault(view, available);
  if (fault === "broken") return { type: isNamed ? "misled" : "broken" };
  if (isNamed && view.lastOffset !== wanted.firstLastOffset) return { type: "misled" };
  if (view.nextOffset > wanted.ceiling) return { type: isNamed ? "misled" : "broken" };
  const isWanted = view.lastOffset >= wanted.from;
  if (isWanted && !isWelcome(view, wanted, end - start)) return { type: "blocked" };
  if (fault === "incomplete") return { type: "needs", bytes: view.sizeBytes };
  return isWanted && !isSound(view, wanted) ? { type: "broken" } : undefined;
}

function isWelcome(view: BatchView, wanted: Wanted, selectedBytes: number): boolean {
  if (view.baseOffset >= wanted.upTo) return false;
  return selectedBytes + view.sizeBytes <= wanted.bytesMax || (selectedBytes === 0 && wanted.firstBatchWhole);
}

function isSound(view: BatchView, { epochOf, isChecked = false }: Wanted): boolean {
  if (isChecked) return true;
  const epoch = epochOf(view.baseOffset);
  return (epoch === undefined || epoch === view.leaderEpoch) && view.computeCrc() === view.crc;
}
