import { BatchView, decompressRecords, readRecords } from "@millrace/records";

/** A record as clients of a run write them. */
export interface FoundRecord {
  readonly offset: number;
  readonly value: string;
}

/** A batch that inflates to more than this was never written by a client of a run. */
const inflatedBytesMax: number = 1 << 20;

/** The records of the batch that the view is at; of a control batch, none. */
export function* recordsOfBatch(view: BatchView): Generator<FoundRecord> {
  if (view.isControl) return;
  for (const { offset, value } of readRecords(view, decompressRecords(view, inflatedBytesMax)))
    yield { offset, value: value === null ? "" : value.toString("latin1") };
}
