import type { PartitionsByTopic } from "./consumer-protocol.ts";

/** A member of the group, as its leader sees it. */
export interface Subscriber {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly topics: readonly string[];
}

/**
 * Kafka's `range`: of each topic every subscriber gets one run of partitions, the first ones one more where they do not
 * divide evenly. Subscribers stand in the order of their instance ids, then of their member ids, so that whoever computes it, in
 * whatever language, comes to the same.
 */
export function assignRange(
  subscribers: readonly Subscriber[],
  partitionCounts: ReadonlyMap<string, number>,
): Map<string, PartitionsByTopic> {
  const ordered = [...subscribers].sort(compare);
  const assignments = new Map(ordered.map(({ memberId }) => [memberId, new Map<string, number[]>()]));
  for (const topic of topicsOf(subscribers)) {
    const count = partitionCounts.get(topic) ?? 0;
    const takers = ordered.filter(({ topics }) => topics.includes(topic));
    takers.forEach(({ memberId }, index) => {
      const partitions = runOf(count, takers.length, index);
      if (partitions.length > 0) assignments.get(memberId)!.set(topic, partitions);
    });
  }
  return assignments;
}

/** Every topic that a member subscribes to, sorted. */
export function topicsOf(subscribers: readonly Subscriber[]): string[] {
  return [...new Set(subscribers.flatMap(({ topics }) => topics))].sort();
}

function runOf(count: number, takers: number, index: number): number[] {
  const each = Math.floor(count / takers);
  const extra = count % takers;
  const from = each * index + Math.min(index, extra);
  return Array.from({ length: each + (index < extra ? 1 : 0) }, (_, at) => from + at);
}

/** Members with an instance id come first. Strings compare by UTF-16, as Java's do. */
function compare(a: Subscriber, b: Subscriber): number {
  if (a.groupInstanceId !== null && b.groupInstanceId !== null) return order(a.groupInstanceId, b.groupInstanceId);
  if (a.groupInstanceId !== null) return -1;
  return b.groupInstanceId !== null ? 1 : order(a.memberId, b.memberId);
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
