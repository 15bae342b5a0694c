import type { Operation } from "./checker/operations.ts";

/** A time in which nothing was acknowledged in a partition. */
export interface Gap {
  readonly partition: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Shorter silences are the rhythm of the load. */
export const gapMsMin = 500;

/** Where acknowledgements of partitions stood still, between the first and the last of each. */
export function produceGaps(operations: readonly Operation[]): Gap[] {
  const lastMs = new Map<number, number>();
  const gaps: Gap[] = [];
  for (const { partition, atMs } of acknowledgements(operations)) {
    const before = lastMs.get(partition);
    if (before !== undefined && atMs - before >= gapMsMin) gaps.push({ partition, fromMs: before, toMs: atMs });
    lastMs.set(partition, atMs);
  }
  return gaps;
}

/** What a fault did to producers. */
export interface Outage {
  /** The longest gap that it overlaps. */
  readonly longestMs: number;
  /** Until each partition was written again, from the fault's end; 0: they were before. */
  readonly afterMs: number;
}

/** The outage that a fault brought, or the ones before it that it met. */
export function outageOf({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }, gaps: readonly Gap[]): Outage {
  const met = gaps.filter((gap) => gap.fromMs < toMs && gap.toMs > fromMs);
  return {
    longestMs: Math.max(0, ...met.map((gap) => gap.toMs - gap.fromMs)),
    afterMs: Math.max(0, ...met.map((gap) => gap.toMs - toMs)),
  };
}

/** How many values were acknowledged in each stretch of time. */
export function acknowledgedPer(stretchMs: number, operations: readonly Operation[]): number[] {
  const counts: number[] = [];
  for (const { atMs } of acknowledgements(operations)) {
    const index = Math.floor(atMs / stretchMs);
    while (counts.length <= index) counts.push(0);
    counts[index]!++;
  }
  return counts;
}

function acknowledgements(operations: readonly Operation[]): { readonly partition: number; readonly atMs: number }[] {
  return operations
    .flatMap((operation) =>
      operation.f === "send" && operation.outcome === "ok"
        ? operation.sends.map(({ partition }) => ({ partition, atMs: operation.toMs }))
        : [],
    )
    .sort((a, b) => a.atMs - b.atMs);
}
