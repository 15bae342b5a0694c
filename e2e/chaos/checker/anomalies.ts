/** Everything that can be wrong with a history, by the names of Jepsen's Kafka workload, and what each means. */
export const anomalyKinds = {
  "lost-write": "acknowledged, and passed over by somebody who read on; nobody has read it",
  unseen: "acknowledged, and never read, though partitions were read to their ends",
  G1a: "read, though its send failed for good",
  "unsent-value": "read, though nobody sent it",
  duplicate: "at more than one offset",
  "inconsistent-offsets": "an offset where different answers show different values",
  "int-poll-skip": "one poll passed over records that others have seen",
  "int-nonmonotonic-poll": "one poll went back, or stood still",
  "int-nonmonotonic-send": "values of one send lie in another order than they were sent",
  "poll-skip": "a consumer's next poll passed over records that others have seen",
  "nonmonotonic-poll": "a consumer's next poll went back, though nothing was assigned anew",
  "nonmonotonic-send": "a producer's next send lies before the one that was acknowledged already",
  "stale-offset": "acknowledged at an offset not above all that were known before it was sent",
} as const;

export type AnomalyKind = keyof typeof anomalyKinds;

export interface Anomaly {
  readonly kind: AnomalyKind;
  readonly partition: number;
  /** Values, offsets, processes: what shows it. */
  readonly facts: Readonly<Record<string, number | readonly number[]>>;
}

/** Of each kind so many are kept, and all are counted: a thousandth example explains no more than the tenth. */
const examplesMax = 10;

/** Gathers anomalies. */
export class Findings {
  readonly examples: Anomaly[] = [];
  readonly counts = new Map<AnomalyKind, number>();

  add(kind: AnomalyKind, partition: number, facts: Anomaly["facts"]): void {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    if (count <= examplesMax) this.examples.push({ kind, partition, facts });
  }
}

/** `lost-write partition=0 value=7 offset=3` */
export function printAnomaly({ kind, partition, facts }: Anomaly): string {
  const words = Object.entries(facts).map(([name, value]) => `${name}=${typeof value === "number" ? value : value.join(",")}`);
  return [kind, `partition=${partition}`, ...words].join(" ");
}
