import type { MetadataImage } from "@millrace/metadata";
import type { Partition } from "@millrace/replication";
import type { BrokerId, Configuration, Offset } from "@millrace/vocabulary";

const rackAware = "org.apache.kafka.common.replica.RackAwareReplicaSelector";

/**
 * The follower that a consumer in `rack` should rather ask (KIP-392): one in sync, in that rack, that has the offset; of several the one
 * with the most records. Undefined: the leader itself is as near, nobody is, or the setting says that the leader serves everybody.
 */
export function replicaNear(
  { image, configuration }: { image: MetadataImage; configuration: Configuration },
  partition: Partition,
  { rack, offset }: { rack: string; offset: Offset },
): BrokerId | undefined {
  const { leading } = partition;
  if (leading === undefined || configuration.get("replica.selector.class") !== rackAware) return undefined;
  const stands = (id: BrokerId) => {
    const broker = image.brokers.get(id);
    return broker !== undefined && !broker.isFenced && broker.rack === rack;
  };
  if (stands(partition.leader)) return undefined;
  const near = [...leading.followers()].filter(({ id, written, isInSync }) => isInSync && written >= offset && stands(id));
  return near.sort((a, b) => b.written - a.written || a.id - b.id)[0]?.id;
}
