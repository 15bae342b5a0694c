import { type Anomaly, type AnomalyKind, Findings } from "./anomalies.ts";
import type { Operation, Outcome } from "./operations.ts";
import { checkOrder } from "./order.ts";
import { checkOffsetsRise } from "./stale-offsets.ts";
import { versionOrders } from "./version-order.ts";
import { checkWrites } from "./writes.ts";

export interface Verdict {
  /** How many there are of each kind that was found. */
  readonly counts: ReadonlyMap<AnomalyKind, number>;
  /** The first few of each. */
  readonly examples: readonly Anomaly[];
  /** Values sent, by what became of them. */
  readonly sent: Readonly<Record<Outcome, number>>;
  /** Records that polls gave, all consumers together. */
  readonly polled: number;
}

/**
 * Finds what is wrong with a history of producers and consumers of one topic, as Jepsen's Kafka workload does: from what they were told
 * alone. The history must end with somebody's reading every partition to its end, or what is there counts as unseen. Takes time and
 * memory in proportion to the values.
 */
export function check(operations: readonly Operation[]): Verdict {
  const findings = new Findings();
  const orders = versionOrders(operations, findings);
  checkWrites(operations, findings);
  checkOrder(operations, orders, findings);
  checkOffsetsRise(operations, findings);
  return { counts: findings.counts, examples: findings.examples, ...totals(operations) };
}

function totals(operations: readonly Operation[]): Pick<Verdict, "sent" | "polled"> {
  const sent = { ok: 0, fail: 0, info: 0 };
  let polled = 0;
  for (const operation of operations) {
    if (operation.f === "send") sent[operation.outcome] += operation.sends.length;
    if (operation.f === "poll") polled += operation.records.length;
  }
  return { sent, polled };
}
