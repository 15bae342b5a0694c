import { BatchView } from "@millrace/records";
import type { Task, Work } from "@millrace/runtime";
import { emptyBatch, filterBatch } from "./filtered-batch.ts";

/** What becomes of one batch. */
export interface BatchVerdict {
  /** Where in the chunk it begins. */
  readonly start: number;
  /**
   * `keep`: as it is. `empty`: without its records. `filter`: the records that the verdicts name; what is then left without any goes,
   * or stays empty where `staysEmpty`.
   */
  readonly fate: "keep" | "empty" | "filter";
  readonly staysEmpty: boolean;
  readonly isMarkerOfEmptyTransaction: boolean;
  /** Of `filter`: where its records begin in the verdicts. */
  readonly firstRecord: number;
}

/** What becomes of the batches of a chunk; those that are not named go. */
export interface FilterPlan {
  readonly deleteHorizonMs: number;
  readonly batches: readonly BatchVerdict[];
}

/** Writes what is left of a chunk of batches, beside the loop. `verdicts` say of each record whether it stays. */
export async function filterChunk(work: Work, chunk: Buffer, plan: FilterPlan, verdicts: Uint8Array): Promise<Buffer> {
  const [left] = await work.run(filterTask.name, [chunk, Buffer.from(JSON.stringify(plan)), verdicts]);
  return Buffer.from(left!.buffer, left!.byteOffset, left!.length);
}

export const filterTask: Task = {
  name: "storage.filter",
  run([chunk, plan, verdicts]) {
    const bytes = Buffer.from(chunk!.buffer, chunk!.byteOffset, chunk!.length);
    const { batches, deleteHorizonMs } = JSON.parse(Buffer.from(plan!).toString("utf8")) as FilterPlan;
    const left = batches.map((verdict) => leftOf(new BatchView(bytes, verdict.start), verdict, deleteHorizonMs, verdicts!));
    return [Buffer.concat(left)];
  },
};

const nothing = Buffer.alloc(0);

function leftOf(view: BatchView, verdict: BatchVerdict, deleteHorizonMs: number, verdicts: Uint8Array): Buffer {
  const { fate, staysEmpty, firstRecord, isMarkerOfEmptyTransaction } = verdict;
  if (fate === "keep") return view.bytes.subarray(view.start, view.start + view.sizeBytes);
  if (fate === "empty") return emptyBatch(view);
  const isKept = (record: number) => verdicts[firstRecord + record] === 1;
  return filterBatch(view, isKept, { deleteHorizonMs, isMarkerOfEmptyTransaction }) ?? (staysEmpty ? emptyBatch(view) : nothing);
}
