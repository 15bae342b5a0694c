import type { CrashCause } from "@millrace/runtime/simulated";
import { anything } from "../../history/linearizability.ts";
import { PartitionModel } from "./partition-model.ts";
import { Register } from "../../history/register.ts";
import { TopicModel } from "./topic-model.ts";

/** Everything that clients know of a cluster: what must be true of it, as far as they were answered. */
export class Model {
  readonly topics: Map<string, TopicModel> = new Map();
  readonly partitions: Map<string, PartitionModel> = new Map();
  /** Rises when another cluster, or an older state of this one, takes the place of what clients knew. */
  age = 0;
  readonly #commits = new Map<string, Register>();
  readonly #damaged = new Set<string>();
  #areOffsetsDamaged = false;
  readonly #areOffsetsSynced: boolean;
  readonly #isAncient = (value: string): boolean => Number(value) < this.#ageBegan;
  #values = 0;
  /** The first value of this age. */
  #ageBegan = 0;

  /** @param areOffsetsSynced whether committed offsets survive a power cut */
  constructor(areOffsetsSynced: boolean) {
    this.#areOffsetsSynced = areOffsetsSynced;
  }

  /** A value that nobody has sent yet. */
  nextValue(): string {
    return String(this.#values++);
  }

  nextNumber(): number {
    return this.#values++;
  }

  /** Topics that nobody has asked to delete, in the order in which they became known. */
  get standing(): TopicModel[] {
    return [...this.topics.values()].filter(({ isDoomed }) => !isDoomed);
  }

  /** A topic has become known. */
  topic(id: string, name: string, partitionCount: number, isSynced: boolean): TopicModel {
    const known = this.topics.get(id);
    if (known !== undefined) return known;
    const partitions = Array.from({ length: partitionCount }, (_, index) => new PartitionModel(id, index, isSynced, this.#isAncient));
    for (const partition of partitions) {
      this.partitions.set(partition.name, partition);
      partition.isDamaged = this.#damaged.has(partition.name);
      if (this.age > 0) partition.deletableTo = Infinity;
    }
    const topic = new TopicModel(id, name, isSynced, partitions, this.age > 0);
    this.topics.set(id, topic);
    return topic;
  }

  /** The offset that a group has committed for a partition. */
  committed(group: string, { name }: PartitionModel): Register {
    const key = `${group} of ${name}`;
    const known = this.#commits.get(key);
    if (known !== undefined) return known;
    const register = new Register(key, "G1", this.age > 0 ? anything : undefined);
    this.#commits.set(key, register);
    return register;
  }

  /** A broker's process is gone. */
  crashed(cause: CrashCause | "stopped"): void {
    if (cause !== "power cut") return;
    for (const partition of this.partitions.values()) partition.crashed("unsynced");
    if (!this.#areOffsetsSynced) this.#forgetCommits();
  }

  /** Something spoilt a partition's files: for ever, as a backup may bring them back. */
  damage(name: string): void {
    this.#damaged.add(name);
    const partition = this.partitions.get(name);
    if (partition !== undefined) partition.isDamaged = true;
  }

  /** Something spoilt the log that committed offsets lie in. */
  offsetsDamaged(): void {
    this.#areOffsetsDamaged = true;
    this.#forgetCommits();
  }

  /** What clients knew is void: the disk was wiped, or holds what it held long ago. */
  forgetEverything(): void {
    this.age++;
    this.#ageBegan = this.#values;
    for (const topic of this.topics.values()) topic.isDoomed = true;
    for (const partition of this.partitions.values()) partition.losses++;
    this.topics.clear();
    this.partitions.clear();
    this.#forgetCommits();
    this.#commits.clear();
  }

  /** Throws where no order explains what clients were answered. */
  judge(): void {
    for (const { setting } of this.topics.values()) setting.judge();
    if (!this.#areOffsetsDamaged) for (const register of this.#commits.values()) register.judge();
  }

  #forgetCommits(): void {
    this.judge();
    for (const register of this.#commits.values()) register.forget();
  }
}
