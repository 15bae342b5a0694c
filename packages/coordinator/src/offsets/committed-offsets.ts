import type { TransactionOutcome } from "@millrace/records";
import type { Position } from "../shard/machine.ts";
import type { OffsetCommitRecord, StoredOffset } from "../stored/group-record.ts";
import { OffsetTable } from "./offset-table.ts";

/** A committed offset and where its record lies. */
interface Placed {
  readonly stored: StoredOffset;
  readonly recordOffset: number;
}

/**
 * The offsets of all groups of a shard: those that are committed, and those that open transactions will commit or drop
 * with their end.
 */
export class CommittedOffsets {
  readonly #committed = new OffsetTable<Placed>();
  /** By producer id. */
  readonly #open = new Map<number, OffsetTable<Placed>>();
  /** Producers with an open transaction over a partition; never an empty set. */
  readonly #openProducers = new OffsetTable<Set<number>>();

  get(groupId: string, topic: string, partition: number): StoredOffset | undefined {
    return this.#committed.get(groupId, topic, partition)?.stored;
  }

  /** Whether an open transaction may still change the offset. */
  isUnstable(groupId: string, topic: string, partition: number): boolean {
    return this.#openProducers.get(groupId, topic, partition) !== undefined;
  }

  hasCommitted(groupId: string): boolean {
    return this.#committed.hasGroup(groupId);
  }

  hasUnstable(groupId: string): boolean {
    return this.#openProducers.hasGroup(groupId);
  }

  /** Committed offsets of a group. */
  *of(groupId: string): Generator<{ topic: string; partition: number; stored: StoredOffset }> {
    for (const { topic, partition, value } of this.#committed.entries(groupId)) yield { topic, partition, stored: value.stored };
  }

  /** Partitions of a group for which there is an offset, committed or open; each once. */
  *partitionsOf(groupId: string): Generator<{ topic: string; partition: number }> {
    yield* this.#committed.entries(groupId);
    for (const { topic, partition } of this.#openProducers.entries(groupId))
      if (this.get(groupId, topic, partition) === undefined) yield { topic, partition };
  }

  /** Partitions of a topic for which a group has an offset, committed or open; each once. */
  *partitionsOfTopic(groupId: string, topic: string): Generator<number> {
    for (const [partition] of this.#committed.partitions(groupId, topic)) yield partition;
    for (const [partition] of this.#openProducers.partitions(groupId, topic))
      if (this.get(groupId, topic, partition) === undefined) yield partition;
  }

  /** Groups that have an offset of some topic, committed or open. */
  *groupIds(): Generator<string> {
    yield* this.#committed.groupIds();
    for (const groupId of this.#openProducers.groupIds()) if (!this.hasCommitted(groupId)) yield groupId;
  }

  /** What a record says: an offset, now or with the end of its transaction, or that there is none any more. */
  apply({ groupId, topic, partition, value }: OffsetCommitRecord, { offset, producerId }: Position): void {
    if (value === undefined) this.#delete(groupId, topic, partition);
    else if (producerId < 0) this.#committed.set(groupId, topic, partition, { stored: value, recordOffset: offset });
    else this.#hold(producerId, groupId, topic, partition, { stored: value, recordOffset: offset });
  }

  /**
   * Ends a producer's transaction. Its offsets count if committed, except where a later record has said otherwise:
   * compaction may have removed that the two ever stood in this order.
   */
  endTransaction(producerId: number, outcome: TransactionOutcome): void {
    const held = this.#open.get(producerId);
    if (held === undefined) return;
    this.#open.delete(producerId);
    for (const { groupId, topic, partition, value } of held.all()) {
      this.#letGo(producerId, groupId, topic, partition);
      const present = this.#committed.get(groupId, topic, partition);
      const isNewer = present === undefined || value.recordOffset > present.recordOffset;
      if (outcome === "commit" && isNewer) this.#committed.set(groupId, topic, partition, value);
    }
  }

  #hold(producerId: number, groupId: string, topic: string, partition: number, placed: Placed): void {
    const held = this.#open.get(producerId) ?? new OffsetTable<Placed>();
    this.#open.set(producerId, held);
    held.set(groupId, topic, partition, placed);
    const producers = this.#openProducers.get(groupId, topic, partition) ?? new Set<number>();
    this.#openProducers.set(groupId, topic, partition, producers.add(producerId));
  }

  #letGo(producerId: number, groupId: string, topic: string, partition: number): void {
    const producers = this.#openProducers.get(groupId, topic, partition);
    producers?.delete(producerId);
    if (producers?.size === 0) this.#openProducers.delete(groupId, topic, partition);
  }

  /** A tombstone takes what open transactions hold with it. */
  #delete(groupId: string, topic: string, partition: number): void {
    this.#committed.delete(groupId, topic, partition);
    for (const producerId of this.#openProducers.get(groupId, topic, partition) ?? [])
      this.#open.get(producerId)?.delete(groupId, topic, partition);
    this.#openProducers.delete(groupId, topic, partition);
  }
}
