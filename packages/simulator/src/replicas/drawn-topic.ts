import type { Chance } from "@millrace/runtime/simulated";
import type { LossRule } from "./losses.ts";

/** What a topic promises, the same whenever it is created anew under its name. */
export interface DrawnTopic {
  readonly name: string;
  readonly replicationFactor: number;
  readonly minIsr: number;
  readonly isSynced: boolean;
  /** What may take records away that nobody deletes. */
  readonly cleanup: "nothing" | "retention" | "compaction";
}

const names = ["orders", "refunds", "visits"] as const;
/** A few segments of the smallest size. */
const retentionBytes = 1_500;

/** Draws topics that bear what machines may lose in a run. */
export function drawTopics({ losses, brokers }: { losses: LossRule; brokers: number }, chance: Chance): DrawnTopic[] {
  return names.map((name) => ({
    name,
    replicationFactor: chance.pick(losses === "one" ? [3, 3, 2] : [Math.min(brokers, 4), 3, 3, 2, 1]),
    minIsr: losses === "one" ? 2 : chance.pick([2, 2, 1]),
    isSynced: losses === "all" || chance.hits(300_000),
    cleanup: chance.pick(["nothing", "nothing", "retention", "compaction"] as const),
  }));
}

/** The settings that a topic is created with. */
export function configsOf({ minIsr, isSynced, cleanup }: DrawnTopic): { name: string; value: string }[] {
  return [
    { name: "min.insync.replicas", value: String(minIsr) },
    { name: "millrace.durability", value: isSynced ? "synced" : "replicated" },
    ...(cleanup === "retention" ? [{ name: "retention.bytes", value: String(retentionBytes) }] : []),
    ...(cleanup === "compaction" ? [{ name: "cleanup.policy", value: "compact" }] : []),
  ];
}
