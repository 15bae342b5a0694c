/** A value for each partition of each topic of each group. */
export class OffsetTable<Value> {
  readonly #groups = new Map<string, Map<string, Map<number, Value>>>();

  get(groupId: string, topic: string, partition: number): Value | undefined {
    return this.#groups.get(groupId)?.get(topic)?.get(partition);
  }

  set(groupId: string, topic: string, partition: number, value: Value): void {
    const topics = this.#groups.get(groupId) ?? new Map<string, Map<number, Value>>();
    this.#groups.set(groupId, topics);
    const partitions = topics.get(topic) ?? new Map<number, Value>();
    topics.set(topic, partitions);
    partitions.set(partition, value);
  }

  /** Whether there was one. Nothing empty stays behind. */
  delete(groupId: string, topic: string, partition: number): boolean {
    const topics = this.#groups.get(groupId);
    const partitions = topics?.get(topic);
    if (topics === undefined || !partitions?.delete(partition)) return false;
    if (partitions.size === 0) topics.delete(topic);
    if (topics.size === 0) this.#groups.delete(groupId);
    return true;
  }

  hasGroup(groupId: string): boolean {
    return this.#groups.has(groupId);
  }

  groupIds(): Iterable<string> {
    return this.#groups.keys();
  }

  /** Partitions of a topic of a group, with their values. */
  partitions(groupId: string, topic: string): Iterable<[number, Value]> {
    return this.#groups.get(groupId)?.get(topic) ?? [];
  }

  /** Everything of a group. */
  *entries(groupId: string): Generator<{ topic: string; partition: number; value: Value }> {
    for (const [topic, partitions] of this.#groups.get(groupId) ?? [])
      for (const [partition, value] of partitions) yield { topic, partition, value };
  }

  /** Everything. */
  *all(): Generator<{ groupId: string; topic: string; partition: number; value: Value }> {
    for (const groupId of this.#groups.keys()) for (const entry of this.entries(groupId)) yield { groupId, ...entry };
  }
}
