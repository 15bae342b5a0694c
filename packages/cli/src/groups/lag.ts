import type { GroupDescription, Mill, PartitionName } from "@millrace/client";
import { within } from "../time-limit.ts";

/** How far a group has come in a partition. */
export interface PartitionLag extends PartitionName {
  /** Undefined: nothing was committed. */
  readonly committed: number | undefined;
  /** Undefined: no leader says. */
  readonly logEnd: number | undefined;
  /** Records from where the group stands to the end, as far as both are known. */
  readonly lag: number | undefined;
  /** Who reads it; undefined: nobody. */
  readonly member: string | undefined;
}

/** What a group has committed or is assigned, by topic and partition. Ends that are not known within `timeoutMs` are left out. */
export async function lagsOf(mill: Mill, { groupId, members }: GroupDescription, timeoutMs: number): Promise<PartitionLag[]> {
  const committed = await mill.admin.groups.offsets(groupId);
  const assigned = members.flatMap(({ memberId, partitions }) => partitions.map((each) => ({ ...each, memberId })));
  const named = new Map([...committed, ...assigned].map(({ topic, partition }) => [`${topic}-${partition}`, { topic, partition }]));
  const lags = [...named.values()].map(async (name) => {
    const standing = committed.find((each) => isSame(each, name))?.offset;
    const logEnd = await endOf(mill, name, timeoutMs);
    const lag = standing === undefined || logEnd === undefined ? undefined : Math.max(0, logEnd - standing);
    return { ...name, committed: standing, logEnd, lag, member: assigned.find((each) => isSame(each, name))?.memberId };
  });
  return (await Promise.all(lags)).sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
}

async function endOf(mill: Mill, name: PartitionName, timeoutMs: number): Promise<number | undefined> {
  try {
    const [end] = await within(timeoutMs, mill.admin.topics.offsets([{ ...name, at: "latest" }]));
    return end;
  } catch {
    return undefined; // shown as such: the topic is gone, or nobody leads the partition
  }
}

function isSame(a: PartitionName, b: PartitionName): boolean {
  return a.topic === b.topic && a.partition === b.partition;
}
