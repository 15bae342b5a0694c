/** Puts the entries of each topic under it, as Kafka's messages nest them; topics in the order of their first entries. */
export function groupByTopic<Entry, Partition>(
  entries: readonly Entry[],
  topicOf: (entry: Entry) => string,
  partitionOf: (entry: Entry) => Partition,
): { topic: string; partitions: Partition[] }[] {
  const groups = new Map<string, Partition[]>();
  for (const entry of entries) {
    const topic = topicOf(entry);
    const partitions = groups.get(topic);
    if (partitions === undefined) groups.set(topic, [partitionOf(entry)]);
    else partitions.push(partitionOf(entry));
  }
  return [...groups].map(([topic, partitions]) => ({ topic, partitions }));
}
