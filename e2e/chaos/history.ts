/** What is wrong with what a partition holds, in the words that checkers of Kafka's histories use. */
export interface Anomaly {
  /**
   * `lost write`: acknowledged, and not there. `duplicate`: there twice. `reordered`: behind a later record of its producer.
   * `inconsistent offset`: not where the acknowledgement said. `phantom`: nobody sent it, or its refusal was final.
   */
  readonly kind: "lost write" | "duplicate" | "reordered" | "inconsistent offset" | "phantom";
  readonly partition: number;
  readonly producer: number;
  readonly sequence: number;
  readonly offset?: number;
}

/** A record as it was read back. */
export interface Sighting {
  readonly producer: number;
  readonly sequence: number;
  readonly offset: number;
}

/** What became of one producer's records of one partition: for each sequence its offset, or one of these. */
const unknown = -1;
const refused = -2;

/**
 * What producers sent to a topic and what they were told. Each counts its records of each partition from 0. A record without
 * an answer may be there or not; an acknowledged one must be, once, at its offset, and a refused one must not.
 */
export class History {
  readonly #partitions: number;
  /** By partition and producer. */
  readonly #sent = new Map<string, number[]>();
  acknowledged = 0;

  constructor(partitions: number) {
    this.#partitions = partitions;
  }

  /** The sequence of the next record that a producer sends to a partition. */
  send(partition: number, producer: number): number {
    return this.#of(partition, producer).push(unknown) - 1;
  }

  acknowledge(partition: number, producer: number, sequence: number, offset: number): void {
    this.#of(partition, producer)[sequence] = offset;
    this.acknowledged++;
  }

  /** The broker said that it has not taken the record, and never will. */
  refuse(partition: number, producer: number, sequence: number): void {
    this.#of(partition, producer)[sequence] = refused;
  }

  /** Compares with what was read back, partition by partition, each ascending by offset. */
  async check(read: (partition: number) => AsyncIterable<Sighting>): Promise<Anomaly[]> {
    const anomalies: Anomaly[] = [];
    for (let partition = 0; partition < this.#partitions; partition++)
      for await (const anomaly of this.#checkPartition(partition, read(partition))) anomalies.push(anomaly);
    return anomalies;
  }

  async *#checkPartition(partition: number, sightings: AsyncIterable<Sighting>): AsyncGenerator<Anomaly> {
    const seen = new Map<number, Set<number>>();
    const newest = new Map<number, number>();
    for await (const sighting of sightings) {
      const { producer, sequence } = sighting;
      const before = seen.get(producer) ?? new Set();
      seen.set(producer, before);
      for (const kind of this.#faults(partition, sighting, before, newest.get(producer) ?? -1)) yield { kind, partition, ...sighting };
      before.add(sequence);
      newest.set(producer, Math.max(sequence, newest.get(producer) ?? -1));
    }
    yield* this.#lost(partition, seen);
  }

  *#faults(partition: number, { producer, sequence, offset }: Sighting, seen: Set<number>, newest: number): Generator<Anomaly["kind"]> {
    const told = this.#of(partition, producer)[sequence];
    if (told === undefined || told === refused) yield "phantom";
    if (seen.has(sequence)) yield "duplicate";
    else if (sequence < newest) yield "reordered";
    else if (told !== undefined && told >= 0 && told !== offset) yield "inconsistent offset";
  }

  *#lost(partition: number, seen: ReadonlyMap<number, ReadonlySet<number>>): Generator<Anomaly> {
    for (const [key, offsets] of this.#sent) {
      const [of, producer] = key.split("/").map(Number) as [number, number];
      if (of !== partition) continue;
      for (const [sequence, offset] of offsets.entries())
        if (offset >= 0 && seen.get(producer)?.has(sequence) !== true) yield { kind: "lost write", partition, producer, sequence, offset };
    }
  }

  #of(partition: number, producer: number): number[] {
    const key = `${partition}/${producer}`;
    const known = this.#sent.get(key) ?? [];
    this.#sent.set(key, known);
    return known;
  }
}
