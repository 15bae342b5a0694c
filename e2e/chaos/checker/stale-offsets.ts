import type { Findings } from "./anomalies.ts";
import type { Operation, Poll, Send } from "./operations.ts";

/**
 * Holds every acknowledged offset against the highest one of its partition that anybody had been told before the send began: it must
 * lie above, or the log was cut where it was known to reach.
 */
export function checkOffsetsRise(operations: readonly Operation[], findings: Findings): void {
  const told = operations.filter(isTold);
  const byEnd = told.toSorted((a, b) => a.toMs - b.toMs);
  const sends = told.filter((operation) => operation.f === "send").sort((a, b) => a.fromMs - b.fromMs);
  const known = new Map<number, number>();
  let next = 0;
  for (const { fromMs, process, sends: values } of sends) {
    for (; next < byEnd.length && byEnd[next]!.toMs < fromMs; next++) learn(byEnd[next]!, known);
    for (const { partition, offset, value } of values) {
      const highest = known.get(partition) ?? -1;
      if (offset !== undefined && offset <= highest) findings.add("stale-offset", partition, { value, offset, known: highest, process });
    }
  }
}

function isTold(operation: Operation): operation is Send | Poll {
  return operation.outcome === "ok" && (operation.f === "send" || operation.f === "poll");
}

function learn(operation: Send | Poll, known: Map<number, number>): void {
  const shown = operation.f === "send" ? operation.sends : operation.records;
  for (const { partition, offset = -1 } of shown) known.set(partition, Math.max(offset, known.get(partition) ?? -1));
}
