import type { Chance } from "@millrace/runtime/simulated";
import { type BrokerKey, Configuration, dayMs, int64Max, KiB, MiB, parseBrokerSettings } from "@millrace/vocabulary";

/** A broker's settings as a seed draws them: mostly far smaller than anybody may set, so that a short run meets every edge. */
export type DrawnSettings = Readonly<Partial<Record<BrokerKey, unknown>>>;

/** Further ahead than all jumps of clocks in a run together, and not as far as anybody stamps a record on purpose. */
const aheadMsMax: number = 40 * dayMs;

/** Draws what holds for every broker of a run. */
export function drawSettings(chance: Chance): DrawnSettings {
  const optional = (key: BrokerKey, choices: readonly unknown[]): DrawnSettings => {
    const value = chance.pick(choices);
    return value === undefined ? {} : { [key]: value };
  };
  return {
    ...optional("log.segment.bytes", [600, 2 * KiB, 16 * KiB, MiB]),
    ...optional("log.index.interval.bytes", [0, 100, 4 * KiB]),
    ...optional("log.index.size.max.bytes", [24, 256, 10 * MiB]),
    ...optional("log.roll.ms", [undefined, undefined, 700, 5_000]),
    ...optional("log.flush.interval.messages", [int64Max, int64Max, 1, 7]),
    ...optional("log.flush.interval.ms", [undefined, 0, 2_000]),
    ...optional("log.retention.bytes", [-1, -1, -1, 4 * KiB, 0]),
    ...optional("log.retention.check.interval.ms", [1_000, 7_000]),
    ...optional("log.segment.delete.delay.ms", [0, 1_000, 60_000]),
    ...optional("log.cleaner.backoff.ms", [500, 15_000]),
    ...optional("log.cleaner.min.cleanable.ratio", [0, 0.5]),
    ...optional("millrace.tail.max.bytes", [0, 2 * KiB, 64 * MiB]),
    ...optional("millrace.durability", ["synced", "replicated"]),
    ...optional("metadata.log.max.record.bytes.between.snapshots", [300, 3_000, 20 * MiB]),
    ...optional("offsets.topic.num.partitions", [1, 2]),
    ...optional("max.incremental.fetch.session.cache.slots", [0, 2, 1_000]),
    // Neither time nor the clocks that are off, which are faults here, take records away or have them refused.
    "log.retention.ms": -1,
    ...optional("log.message.timestamp.after.max.ms", [int64Max, aheadMsMax]),
    "group.initial.rebalance.delay.ms": 0,
    "producer.id.expiration.ms": 2 * dayMs,
  };
}

/** Whether segments go by size, so that records may be gone that nobody deleted. */
export function hasRetention(settings: DrawnSettings): boolean {
  return settings["log.retention.bytes"] !== undefined && settings["log.retention.bytes"] !== -1;
}

/** The configuration of one broker: what it needs to be told, and what was drawn, which no bound is held against. */
export function configurationOf(own: Readonly<Record<string, string>>, drawn: DrawnSettings): Configuration {
  const { values } = parseBrokerSettings(Object.entries(own).map(([key, value]) => ({ key, value, origin: "simulator" })));
  return new Configuration(new Map([...values, ...(Object.entries(drawn) as [BrokerKey, unknown][])]));
}
