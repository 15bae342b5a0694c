/** Puts entries that follow one another and belong to one topic under it, as Kafka's messages nest them. */
export function groupByTopic<Entry, Partition>(
  entries: readonly Entry[],
  topicOf: (entry: Entry) => string,
  partitionOf: (entry: Entry, index: number) => Partition,
): { topic: string; partitions: Partition[] }[] {
  const groups = new Map<string, Partition[]>();
  entries.forEach((entry, index) => {
    const topic = topicOf(entry);
    const partitions = groups.get(topic);
    const partition = partitionOf(entry, index);
    if (partitions === undefined) groups.set(topic, [partition]);
    else partitions.push(partition);
  });
  return [...groups].map(([topic, partitions]) => ({ topic, partitions }));
}
