import type { CommittedOffset } from "@millrace/coordinator";
import { MillraceError } from "@millrace/vocabulary";
import type { Broker } from "../broker.ts";
import type { Metric, Sample } from "./exposition.ts";

/** What the metrics show of one group. */
interface GroupSight {
  readonly groupId: string;
  readonly members: number;
  readonly offsets: readonly CommittedOffset[];
}

/** The groups that this broker coordinates, under kafka_exporter's names. */
export async function groupMetrics(broker: Broker): Promise<Metric[]> {
  const groups = (await Promise.all(broker.groups.listGroups().groups.map(({ groupId }) => look(broker, groupId)))).filter(
    (sight) => sight !== undefined,
  );
  const byPartition = (value: (offset: CommittedOffset) => number | undefined): Sample[] =>
    groups.flatMap(({ groupId, offsets }) =>
      offsets.flatMap((offset) => {
        const shown = value(offset);
        return shown === undefined
          ? []
          : [{ labels: { consumergroup: groupId, topic: offset.topic, partition: offset.partition }, value: shown }];
      }),
    );
  const lag = (offset: CommittedOffset) => lagOf(broker, offset);
  const current = byPartition(({ offset }) => offset);
  const behind = byPartition(lag);
  return [
    { name: "kafka_consumergroup_current_offset", type: "gauge", help: "The committed offset.", samples: current },
    {
      name: "kafka_consumergroup_current_offset_sum",
      type: "gauge",
      help: "Committed offsets of all partitions of a topic.",
      samples: sums(current),
    },
    {
      name: "kafka_consumergroup_lag",
      type: "gauge",
      help: "Records between the committed offset and the high watermark.",
      samples: behind,
    },
    { name: "kafka_consumergroup_lag_sum", type: "gauge", help: "The lag of all partitions of a topic.", samples: sums(behind) },
    {
      name: "kafka_consumergroup_members",
      type: "gauge",
      help: "Members of a group.",
      samples: groups.map(({ groupId, members }) => ({ labels: { consumergroup: groupId }, value: members })),
    },
  ];
}

/** Undefined where the group has gone, or moved, in the meantime. */
async function look(broker: Broker, groupId: string): Promise<GroupSight | undefined> {
  try {
    const [{ members }, offsets] = await Promise.all([
      broker.groups.describeGroup(groupId),
      broker.groups.fetchOffsets({ groupId, partitions: undefined, requireStable: false }),
    ]);
    return { groupId, members: members.length, offsets: offsets.filter(({ offset }) => offset >= 0) };
  } catch (error) {
    if (error instanceof MillraceError) return undefined;
    throw error;
  }
}

/** Only a broker with a replica of the partition knows. */
function lagOf({ image, replicas }: Broker, { topic, partition: index, offset }: CommittedOffset): number | undefined {
  const id = image.topics.byName(topic)?.id;
  const partition = id === undefined ? undefined : replicas.partition(id, index);
  return partition === undefined ? undefined : Math.max(0, partition.highWatermark - offset);
}

function sums(samples: readonly Sample[]): Sample[] {
  const totals = new Map<string, { labels: { consumergroup: string; topic: string }; value: number }>();
  for (const { labels, value } of samples) {
    const { consumergroup, topic } = labels as { consumergroup: string; topic: string };
    const key = JSON.stringify([consumergroup, topic]);
    const total = totals.get(key) ?? { labels: { consumergroup, topic }, value: 0 };
    total.value += value;
    totals.set(key, total);
  }
  return [...totals.values()];
}
