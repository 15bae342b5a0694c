import { dayMs, hourMs, int32Max, int64Max, KiB, MiB, minuteMs } from "../units.ts";
import type { BrokerKey } from "./broker-keys.ts";
import { boolean, type ConfigKey, type ConfigType, double, int, list, long, oneOf, type ValueOf } from "./types.ts";

/** A broker's key that holds where a topic says nothing; `scale` turns its value into the topic key's unit. */
export interface Synonym {
  readonly key: BrokerKey;
  readonly scale: number;
}

/** A topic's key: every one of them is taken over at once. */
export interface TopicConfigKey<Value> extends ConfigKey<Value> {
  /** The broker's keys that hold where the topic says nothing: the first that has a value. */
  readonly synonyms: readonly Synonym[];
}

function key<Value>(
  type: ConfigType<Value>,
  preset: Value,
  synonyms: readonly (BrokerKey | Synonym)[],
  doc: string,
): TopicConfigKey<Value> {
  const scaled = synonyms.map((synonym) => (typeof synonym === "string" ? { key: synonym, scale: 1 } : synonym));
  return { type, default: preset, doc, dynamic: true, synonyms: scaled };
}

const duration = long({ min: 0 });

/** Every key of a topic, in Kafka's names where Kafka has one. */
export const topicKeys = {
  "cleanup.policy": key(
    list("compact", "delete"),
    ["delete"],
    ["log.cleanup.policy"],
    "What happens to old segments: deleted, compacted, or both.",
  ),
  "compression.type": key(
    oneOf("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"),
    "producer",
    ["compression.type"],
    "How batches are compressed; producer: as they arrive.",
  ),
  "compression.gzip.level": key(
    int({ min: -1, max: 9 }),
    -1,
    ["compression.gzip.level"],
    "Accepted for Kafka's sake: gzip compresses at its own default level.",
  ),
  "compression.lz4.level": key(
    int({ min: 1, max: 17 }),
    9,
    ["compression.lz4.level"],
    "Accepted for Kafka's sake: lz4 compresses at its own default level.",
  ),
  "compression.zstd.level": key(
    int({ min: -131_072, max: 22 }),
    3,
    ["compression.zstd.level"],
    "Accepted for Kafka's sake: zstd compresses at its own default level.",
  ),
  "delete.retention.ms": key(
    duration,
    dayMs,
    ["log.cleaner.delete.retention.ms"],
    "How long tombstones stay readable in a compacted topic.",
  ),
  "file.delete.delay.ms": key(duration, minuteMs, ["log.segment.delete.delay.ms"], "How long the files of a deleted segment stay."),
  "flush.messages": key(long({ min: 1 }), int64Max, ["log.flush.interval.messages"], "Sync after so many records."),
  "flush.ms": key(duration, int64Max, ["log.flush.interval.ms"], "Sync records when they are this old."),
  "follower.replication.throttled.replicas": key(
    list(),
    [],
    [],
    "The replicas, as partition:broker, whose catching up is throttled at the follower.",
  ),
  "index.interval.bytes": key(
    int({ min: 0 }),
    4 * KiB,
    ["log.index.interval.bytes"],
    "The bytes between two entries of a segment's index.",
  ),
  "leader.replication.throttled.replicas": key(
    list(),
    [],
    [],
    "The replicas, as partition:broker, whose catching up is throttled at the leader.",
  ),
  "local.retention.bytes": key(
    long({ min: -2 }),
    -2,
    ["log.local.retention.bytes"],
    "Accepted for Kafka's sake: there is no tiered storage yet.",
  ),
  "local.retention.ms": key(
    long({ min: -2 }),
    -2,
    ["log.local.retention.ms"],
    "Accepted for Kafka's sake: there is no tiered storage yet.",
  ),
  "max.compaction.lag.ms": key(
    long({ min: 1 }),
    int64Max,
    ["log.cleaner.max.compaction.lag.ms"],
    "Records older than this are compacted whatever the ratio.",
  ),
  "max.message.bytes": key(int({ min: 0 }), MiB + 12, ["message.max.bytes"], "The largest batch."),
  "message.timestamp.after.max.ms": key(
    duration,
    hourMs,
    ["log.message.timestamp.after.max.ms"],
    "How far in the future a record's timestamp may lie.",
  ),
  "message.timestamp.before.max.ms": key(
    duration,
    int64Max,
    ["log.message.timestamp.before.max.ms"],
    "How far in the past a record's timestamp may lie.",
  ),
  "message.timestamp.type": key(
    oneOf("CreateTime", "LogAppendTime"),
    "CreateTime",
    ["log.message.timestamp.type"],
    "Whether a record's timestamp is its producer's or the broker's.",
  ),
  "millrace.durability": key(
    oneOf("replicated", "synced"),
    "replicated",
    ["millrace.durability"],
    "What acks=all means: in the page cache of every in-sync replica, or synced to the disk of each.",
  ),
  "min.cleanable.dirty.ratio": key(
    double({ min: 0, max: 1 }),
    0.5,
    ["log.cleaner.min.cleanable.ratio"],
    "The share of a compacted log that must be uncleaned before it is cleaned.",
  ),
  "min.compaction.lag.ms": key(duration, 0, ["log.cleaner.min.compaction.lag.ms"], "Records younger than this are not compacted."),
  "min.insync.replicas": key(int({ min: 1 }), 1, ["min.insync.replicas"], "The replicas that must be in sync for acks=all."),
  preallocate: key(boolean(), false, ["log.preallocate"], "Accepted for Kafka's sake: segments grow as they are written."),
  "remote.log.copy.disable": key(boolean(), false, [], "Accepted for Kafka's sake: there is no tiered storage yet."),
  "remote.log.delete.on.disable": key(boolean(), false, [], "Accepted for Kafka's sake: there is no tiered storage yet."),
  "remote.storage.enable": key(boolean(), false, [], "Accepted for Kafka's sake, if false: there is no tiered storage yet."),
  "retention.bytes": key(
    long({ min: -1 }),
    -1,
    ["log.retention.bytes"],
    "The oldest segments of a partition beyond this size are deleted; -1: none.",
  ),
  "retention.ms": key(
    long({ min: -1 }),
    7 * dayMs,
    ["log.retention.ms", { key: "log.retention.minutes", scale: minuteMs }, { key: "log.retention.hours", scale: hourMs }],
    "Segments older than this are deleted; -1: never.",
  ),
  "segment.bytes": key(
    int({ min: MiB, max: int32Max }),
    1024 * MiB,
    ["log.segment.bytes"],
    "A segment of this size is closed and the next begun.",
  ),
  "segment.index.bytes": key(
    int({ min: 4 }),
    10 * MiB,
    ["log.index.size.max.bytes"],
    "The largest index; a segment whose index is full is closed.",
  ),
  "segment.jitter.ms": key(
    duration,
    0,
    ["log.roll.jitter.ms", { key: "log.roll.jitter.hours", scale: hourMs }],
    "How much earlier a segment may be closed, by chance, so that not all are at once.",
  ),
  "segment.ms": key(
    long({ min: 1 }),
    7 * dayMs,
    ["log.roll.ms", { key: "log.roll.hours", scale: hourMs }],
    "A segment of this age is closed and the next begun.",
  ),
  "unclean.leader.election.enable": key(
    boolean(),
    false,
    ["unclean.leader.election.enable"],
    "Whether a replica that is not in sync may lead, at the price of losing records.",
  ),
} satisfies Record<string, TopicConfigKey<any>>;

/** The name of a topic's key. */
export type TopicKey = keyof typeof topicKeys;
/** The value behind a topic's key. */
export type TopicValue<Key extends TopicKey> = ValueOf<(typeof topicKeys)[Key]>;
/** All values of one topic, each from the topic, the broker or the default. */
export type TopicSettings = { readonly [Key in TopicKey]: TopicValue<Key> };

/** Whether the text names a topic's key. */
export function isTopicKey(text: string): text is TopicKey {
  return Object.hasOwn(topicKeys, text);
}
