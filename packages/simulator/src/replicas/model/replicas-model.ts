import { holds } from "../../violation.ts";
import { ReplicatedPartition } from "./replicated-partition.ts";

export interface ReplicatedTopic {
  readonly id: string;
  readonly name: string;
  readonly partitions: readonly ReplicatedPartition[];
}

/** What clients know of a cluster: the topics that were acknowledged or seen, and their partitions. */
export class ReplicasModel {
  readonly #byName = new Map<string, ReplicatedTopic>();
  readonly partitions: Map<string, ReplicatedPartition> = new Map();
  #values = 0;

  get topics(): readonly ReplicatedTopic[] {
    return [...this.#byName.values()];
  }

  nextValue(): string {
    return String(this.#values++);
  }

  byName(name: string): ReplicatedTopic | undefined {
    return this.#byName.get(name);
  }

  /** A topic was acknowledged, or seen: from then on it is there, by this id. Nobody deletes any. */
  topic(id: string, name: string, partitionCount: number): ReplicatedTopic {
    const known = this.#byName.get(name);
    holds(known === undefined || known.id === id, "R9", { topic: name, id, known: known?.id });
    if (known !== undefined) return known;
    const partitions = Array.from({ length: partitionCount }, (_, index) => new ReplicatedPartition(id, index));
    const topic = { id, name, partitions };
    this.#byName.set(name, topic);
    for (const partition of partitions) this.partitions.set(partition.name, partition);
    return topic;
  }
}
