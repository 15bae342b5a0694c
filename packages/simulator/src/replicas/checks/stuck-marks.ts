import { holds } from "../../violation.ts";
import type { CommittedPartition, Replica } from "../replica-cluster.ts";

/**
 * Holds a leader's high watermark against what its followers have acknowledged: it has moved as far as the smallest end in the ISR.
 *
 * @param state what the newest metadata say of the partition
 */
export function checkMark({ leading, highWatermark, log, partitionEpoch, settings }: Replica, state: CommittedPartition | undefined): void {
  if (leading === undefined || leading.proposal !== undefined || state === undefined || settings["millrace.durability"] === "synced")
    return;
  const { isr, replicas, eligibleLeaders } = state;
  const needed = Math.min(settings["min.insync.replicas"], replicas.length);
  if (state.partitionEpoch !== partitionEpoch || isr.length < needed || eligibleLeaders.length > 0) return;
  const ends = new Map([...leading.followers()].map(({ id, written }) => [id, written]));
  const safe = Math.min(log.logEnd, ...isr.filter((id) => id !== state.leader).map((id) => ends.get(id) ?? 0));
  holds(highWatermark >= safe, "P18", { partition: `${log.topicId}-${log.partition}`, isr, highWatermark, logEnd: log.logEnd, safe });
}
