import type { Findings } from "./anomalies.ts";
import type { Operation, Poll, Send } from "./operations.ts";
import type { VersionOrder } from "./version-order.ts";

/** The offset that a process had last, by partition. */
type Positions = Map<number, number>;

/** Holds each process's own order against the order of the log: within an operation, and from one to the next. */
export function checkOrder(operations: readonly Operation[], orders: ReadonlyMap<number, VersionOrder>, findings: Findings): void {
  const processes = new Map<number, { sent: Positions; polled: Positions }>();
  for (const operation of operations) {
    let own = processes.get(operation.process);
    if (own === undefined || operation.f === "crash") processes.set(operation.process, (own = { sent: new Map(), polled: new Map() }));
    if (operation.f === "assign") own.polled = retained(own.polled, operation.partitions);
    if (operation.f === "send") followSends(operation, own.sent, findings);
    if (operation.f === "poll") followPolls(operation, own.polled, orders, findings);
  }
}

function retained(positions: Positions, partitions: readonly number[]): Positions {
  const kept = partitions.filter((partition) => positions.has(partition));
  return new Map(kept.map((partition) => [partition, positions.get(partition)!]));
}

/** Offsets of sends must rise; who else sends in between does not matter. */
function followSends({ sends, process }: Send, positions: Positions, findings: Findings): void {
  const within = new Set<number>();
  for (const { partition, value, offset } of sends) {
    if (offset === undefined) continue;
    const before = positions.get(partition);
    const kind = within.has(partition) ? "int-nonmonotonic-send" : "nonmonotonic-send";
    if (before !== undefined && offset <= before) findings.add(kind, partition, { value, offset, after: before, process });
    positions.set(partition, offset);
    within.add(partition);
  }
}

/** Each record must be the neighbour of the one before. */
function followPolls(
  { records, process }: Poll,
  positions: Positions,
  orders: ReadonlyMap<number, VersionOrder>,
  findings: Findings,
): void {
  const within = new Set<number>();
  for (const { partition, offset } of records) {
    const before = positions.get(partition);
    if (before !== undefined) {
      const order = orders.get(partition)!;
      const step = order.placeOf(offset) - order.placeOf(before);
      const isWithin = within.has(partition);
      const facts = { offset, after: before, process };
      if (step > 1) findings.add(isWithin ? "int-poll-skip" : "poll-skip", partition, { ...facts, skipped: step - 1 });
      if (step < 1) findings.add(isWithin ? "int-nonmonotonic-poll" : "nonmonotonic-poll", partition, facts);
    }
    positions.set(partition, offset);
    within.add(partition);
  }
}
