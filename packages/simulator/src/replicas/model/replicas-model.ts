import { Register } from "../../history/register.ts";
import { holds } from "../../violation.ts";
import type { DrawnTopic } from "../drawn-topic.ts";
import { ReplicatedPartition } from "./replicated-partition.ts";

export interface ReplicatedTopic {
  readonly id: string;
  readonly name: string;
  readonly partitions: readonly ReplicatedPartition[];
  /** Somebody has asked to delete it: it may be gone. */
  isDoomed: boolean;
}

/** A partition, and the topic that it is of. */
export interface Target {
  readonly topic: ReplicatedTopic;
  readonly partition: ReplicatedPartition;
}

/** What clients know of a cluster: the topics that were acknowledged or seen, their partitions, and what groups have committed. */
export class ReplicasModel {
  readonly #topics = new Map<string, ReplicatedTopic>();
  readonly #commits = new Map<string, Register>();
  readonly #drawn: ReadonlyMap<string, DrawnTopic>;
  /** Up to where somebody has asked to delete records of a topic of a name: the request may reach one that comes later. */
  readonly #deletable = new Map<string, number>();
  #values = 0;

  /** @param drawn what the topics promise that clients create */
  constructor(drawn: readonly DrawnTopic[]) {
    this.#drawn = new Map(drawn.map((topic) => [topic.name, topic]));
  }

  /** Topics that nobody has asked to delete, in the order in which they became known. */
  get standing(): ReplicatedTopic[] {
    return [...this.#topics.values()].filter(({ isDoomed }) => !isDoomed);
  }

  /** The partitions of topics that nobody has asked to delete. */
  get targets(): Target[] {
    return this.standing.flatMap((topic) => topic.partitions.map((partition) => ({ topic, partition })));
  }

  /** A number that is larger than all before. */
  nextValue(): string {
    return String(this.#values++);
  }

  byName(name: string): ReplicatedTopic | undefined {
    return this.standing.find((topic) => topic.name === name);
  }

  /** A topic was acknowledged, or seen: from then on it is there, by this id, until somebody asks to delete it. */
  topic(id: string, name: string, partitionCount: number): ReplicatedTopic {
    const known = this.#topics.get(id);
    if (known !== undefined) return known;
    const namesake = this.byName(name);
    holds(namesake === undefined, "R9", { topic: name, id, known: namesake?.id });
    const cleanup = this.#drawn.get(name)?.cleanup;
    const traits = { mayRetire: cleanup === "retention", isCompacted: cleanup === "compaction" };
    const partitions = Array.from({ length: partitionCount }, (_, index) => new ReplicatedPartition(id, index, traits));
    for (const partition of partitions) partition.deletableTo = this.#deletable.get(name) ?? 0;
    const topic = { id, name, partitions, isDoomed: false };
    this.#topics.set(id, topic);
    return topic;
  }

  /** Somebody is about to ask that records below `offset` be deleted. */
  mayDelete({ topic: { name }, partition }: Target, offset: number): void {
    partition.deletableTo = Math.max(partition.deletableTo, offset);
    this.#deletable.set(name, Math.max(offset, this.#deletable.get(name) ?? 0));
  }

  /** The offset that a group has committed for a partition. */
  committed(group: string, { name }: ReplicatedPartition): Register {
    const key = `${group} of ${name}`;
    const register = this.#commits.get(key) ?? new Register(key, "G1", undefined);
    this.#commits.set(key, register);
    return register;
  }

  /** Throws where no order explains what clients were answered. */
  judge(): void {
    for (const register of this.#commits.values()) register.judge();
  }
}
