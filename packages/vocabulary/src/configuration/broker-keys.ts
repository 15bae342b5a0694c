import { dayMs, hourMs, int32Max, int64Max, KiB, MiB, minuteMs, secondMs } from "../units.ts";
import {
  boolean,
  type ConfigKey,
  type ConfigType,
  double,
  int,
  list,
  long,
  oneOf,
  optional,
  short,
  string,
  type ValueOf,
} from "./types.ts";

/** A key that holds from the next start. */
function fixed<Value>(type: ConfigType<Value>, preset: Value, doc: string): ConfigKey<Value> {
  return { type, default: preset, doc, dynamic: false };
}

/** A key that a running broker takes over at once. */
function live<Value>(type: ConfigType<Value>, preset: Value, doc: string): ConfigKey<Value> {
  return { type, default: preset, doc, dynamic: true };
}

const positive = int({ min: 1 });
const count = int({ min: 0 });
const duration = long({ min: 0 });
const compressionNames = ["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"] as const;

/** Every key of a broker or controller, in Kafka's names where Kafka has one. */
export const brokerKeys = {
  // Who this process is, and where it is reached.
  "node.id": fixed(int({ min: 0 }), 1, "The number of this broker or controller, unlike any other's in the cluster."),
  "process.roles": fixed(list("broker", "controller"), ["broker", "controller"], "What this process is: a broker, a controller, or both."),
  "broker.rack": fixed(optional(string()), undefined, "Where this broker stands; replicas of a partition avoid sharing a rack."),
  listeners: fixed(list(), ["PLAINTEXT://127.0.0.1:9092"], "The addresses clients and other processes connect to, as NAME://host:port."),
  "advertised.listeners": fixed(
    optional(list()),
    undefined,
    "The addresses told to clients. Where none is set, a client is told the address it dialled.",
  ),
  "listener.security.protocol.map": fixed(
    list(),
    ["PLAINTEXT:PLAINTEXT", "CONTROLLER:PLAINTEXT"],
    "The security protocol of each listener, as NAME:PROTOCOL.",
  ),
  "inter.broker.listener.name": fixed(
    optional(string()),
    undefined,
    "The listener on which brokers reach each other; the first one where none is named.",
  ),
  "controller.listener.names": fixed(list(), ["CONTROLLER"], "The listeners on which controllers reach each other."),
  "controller.quorum.voters": fixed(list(), [], "The controllers, as id@host:port. Empty: this process is the only one."),
  "log.dirs": fixed(list(), [".millrace/broker-1"], "The directory with everything this process keeps. Exactly one."),

  // Connections and requests.
  "socket.request.max.bytes": fixed(positive, 100 * MiB, "The largest request; a connection that announces a larger one is closed."),
  "connections.max.idle.ms": live(duration, 10 * minuteMs, "A connection that sends nothing for so long is closed."),
  "connection.door.timeout.ms": fixed(positive, 30 * secondMs, "A new connection must show within this time which protocol it speaks."),
  "max.connections": live(count, int32Max, "The most connections at once."),
  "max.connections.per.ip": live(count, int32Max, "The most connections at once from one address."),
  "queued.max.requests": live(positive, 500, "The most requests of one connection that may wait for their answers."),
  "queued.max.request.bytes": live(
    positive,
    64 * MiB,
    "The most bytes of one connection's requests that may wait for their answers; its socket pauses beyond.",
  ),
  "max.request.partition.size.limit": live(positive, 2_000, "The most partitions in one answer of DescribeTopicPartitions."),
  "request.timeout.ms": live(positive, 30 * secondMs, "How long a request between processes may take."),
  "fetch.max.bytes": live(int({ min: KiB }), 55 * MiB, "The most bytes in the answer to one fetch."),
  "max.incremental.fetch.session.cache.slots": live(count, 1_000, "The most fetch sessions kept at once."),
  "millrace.memory.max.bytes": live(
    long({ min: 32 * MiB }),
    512 * MiB,
    "The memory that buffers may take: requests, answers and the tails of logs. Beyond it sockets pause, tails shrink, and then requests are refused.",
  ),
  "millrace.tail.max.bytes": live(
    duration,
    32 * MiB,
    "The memory that the newest records of all partitions may take, to serve consumers at the log end without the disk.",
  ),
  "millrace.http.hosts": live(
    list(),
    [],
    "Names by which browsers and scrapers may call this broker, beside addresses, localhost and the names of its listeners.",
  ),

  // Topics.
  "auto.create.topics.enable": live(boolean(), true, "Whether asking for a topic that does not exist creates it."),
  "delete.topic.enable": live(boolean(), true, "Whether topics may be deleted."),
  "num.partitions": live(positive, 1, "The partitions of a topic that is created without saying how many."),
  "default.replication.factor": live(short({ min: 1 }), 1, "The replicas of a topic that is created without saying how many."),
  "min.insync.replicas": live(positive, 1, "The replicas that must be in sync for acks=all, where a topic does not say."),
  "unclean.leader.election.enable": live(
    boolean(),
    false,
    "Whether a replica that is not in sync may lead, at the price of losing records, where a topic does not say.",
  ),
  "auto.leader.rebalance.enable": fixed(boolean(), true, "Whether leaderships move back to preferred leaders by themselves."),
  "leader.imbalance.check.interval.seconds": fixed(positive, 300, "How often the controller looks whether leaderships are to move back."),
  "leader.imbalance.per.broker.percentage": fixed(
    count,
    10,
    "Of the partitions that prefer a broker, the part that others may lead before these leaderships move back.",
  ),
  "millrace.durability": live(
    oneOf("replicated", "synced"),
    "replicated",
    "What acks=all means where a topic does not say: in the page cache of every in-sync replica, or synced to the disk of each.",
  ),

  // The log: what holds where a topic does not say.
  "compression.type": live(oneOf(...compressionNames), "producer", "How batches are compressed; producer: as they arrive."),
  "compression.gzip.level": live(int({ min: -1, max: 9 }), -1, "Accepted for Kafka's sake: gzip compresses at its own default level."),
  "compression.lz4.level": live(int({ min: 1, max: 17 }), 9, "Accepted for Kafka's sake: lz4 compresses at its own default level."),
  "compression.zstd.level": live(
    int({ min: -131_072, max: 22 }),
    3,
    "Accepted for Kafka's sake: zstd compresses at its own default level.",
  ),
  "message.max.bytes": live(count, MiB + 12, "The largest batch."),
  "log.cleanup.policy": live(list("compact", "delete"), ["delete"], "What happens to old segments: deleted, compacted, or both."),
  "log.segment.bytes": live(int({ min: MiB }), 1024 * MiB, "A segment of this size is closed and the next begun."),
  "log.roll.ms": live(
    optional(long({ min: 1 })),
    undefined,
    "A segment of this age is closed and the next begun; where none is set, log.roll.hours holds.",
  ),
  "log.roll.hours": fixed(positive, 168, "As log.roll.ms, in hours."),
  "log.roll.jitter.ms": live(
    optional(duration),
    undefined,
    "How much earlier a segment may be closed, by chance, so that not all are at once; where none is set, log.roll.jitter.hours holds.",
  ),
  "log.roll.jitter.hours": fixed(count, 0, "As log.roll.jitter.ms, in hours."),
  "log.retention.ms": live(
    optional(long({ min: -1 })),
    undefined,
    "Segments older than this are deleted; -1: never. Where none is set, log.retention.minutes holds.",
  ),
  "log.retention.minutes": fixed(
    optional(int({ min: -1 })),
    undefined,
    "As log.retention.ms, in minutes; where none is set, log.retention.hours holds.",
  ),
  "log.retention.hours": fixed(int({ min: -1 }), 168, "As log.retention.ms, in hours."),
  "log.retention.bytes": live(long({ min: -1 }), -1, "The oldest segments of a partition beyond this size are deleted; -1: none."),
  "log.retention.check.interval.ms": live(long({ min: 1 }), 5 * minuteMs, "How often old segments are looked for."),
  "log.segment.delete.delay.ms": live(
    duration,
    minuteMs,
    "How long the files of a deleted segment stay, for readers that are still in them.",
  ),
  "log.index.interval.bytes": live(count, 4 * KiB, "The bytes between two entries of a segment's index."),
  "log.index.size.max.bytes": live(int({ min: 4 }), 10 * MiB, "The largest index; a segment whose index is full is closed."),
  "log.preallocate": live(boolean(), false, "Accepted for Kafka's sake: segments grow as they are written."),
  "log.flush.interval.messages": live(long({ min: 1 }), int64Max, "Sync a partition after so many records."),
  "log.flush.interval.ms": live(
    optional(duration),
    undefined,
    "Sync a partition's records when they are this old; where none is set, the flusher decides.",
  ),
  "log.message.timestamp.type": live(
    oneOf("CreateTime", "LogAppendTime"),
    "CreateTime",
    "Whether a record's timestamp is its producer's or the broker's.",
  ),
  "log.message.timestamp.before.max.ms": live(duration, int64Max, "How far in the past a record's timestamp may lie."),
  "log.message.timestamp.after.max.ms": live(duration, hourMs, "How far in the future a record's timestamp may lie."),
  "log.local.retention.ms": live(long({ min: -2 }), -2, "Accepted for Kafka's sake: there is no tiered storage yet."),
  "log.local.retention.bytes": live(long({ min: -2 }), -2, "Accepted for Kafka's sake: there is no tiered storage yet."),
  "log.cleaner.enable": fixed(boolean(), true, "Whether compacted topics are compacted."),
  "log.cleaner.backoff.ms": live(duration, 15 * secondMs, "How long the cleaner sleeps when there is nothing to clean."),
  "log.cleaner.delete.retention.ms": live(duration, dayMs, "How long tombstones stay readable in a compacted topic."),
  "log.cleaner.min.cleanable.ratio": live(
    double({ min: 0, max: 1 }),
    0.5,
    "The share of a compacted log that must be uncleaned before it is cleaned.",
  ),
  "log.cleaner.min.compaction.lag.ms": live(duration, 0, "Records younger than this are not compacted."),
  "log.cleaner.max.compaction.lag.ms": live(long({ min: 1 }), int64Max, "Records older than this are compacted whatever the ratio."),
  "log.cleaner.dedupe.buffer.size": live(long({ min: MiB }), 32 * MiB, "The memory for the keys of one cleaning."),

  // Producers and transactions.
  "producer.id.expiration.ms": live(positive, dayMs, "A producer that has written nothing for so long is forgotten."),
  "producer.id.expiration.check.interval.ms": fixed(positive, 10 * minuteMs, "How often producers to forget are looked for."),
  "transaction.max.timeout.ms": live(positive, 15 * minuteMs, "The longest time-out of a transaction."),
  "transaction.state.log.num.partitions": fixed(positive, 50, "The partitions of __transaction_state."),
  "transaction.state.log.replication.factor": fixed(short({ min: 1 }), 3, "The replicas of __transaction_state."),
  "transaction.state.log.min.isr": fixed(positive, 2, "min.insync.replicas of __transaction_state."),
  "transaction.state.log.segment.bytes": fixed(positive, 100 * MiB, "segment.bytes of __transaction_state."),
  "transactional.id.expiration.ms": live(positive, 7 * dayMs, "A transactional id unused for so long is forgotten."),

  // Groups.
  "group.min.session.timeout.ms": live(positive, 6 * secondMs, "The shortest session time-out a member may ask for."),
  "group.max.session.timeout.ms": live(positive, 30 * minuteMs, "The longest session time-out a member may ask for."),
  "group.initial.rebalance.delay.ms": live(count, 3 * secondMs, "How long the first rebalance of an empty group waits for more members."),
  "group.max.size": live(positive, int32Max, "The most members of a group."),
  "offset.metadata.max.bytes": live(count, 4 * KiB, "The longest text beside a committed offset."),
  "offsets.commit.timeout.ms": live(positive, 5 * secondMs, "How long a commit may wait for its replicas."),
  "offsets.retention.minutes": live(positive, 10_080, "Committed offsets that nobody uses are kept this long."),
  "offsets.retention.check.interval.ms": live(long({ min: 1 }), 10 * minuteMs, "How often offsets to forget are looked for."),
  "offsets.topic.num.partitions": fixed(positive, 50, "The partitions of __consumer_offsets."),
  "offsets.topic.replication.factor": fixed(
    short({ min: 1 }),
    3,
    "The replicas of __consumer_offsets; fewer where the cluster has fewer brokers.",
  ),
  "offsets.topic.segment.bytes": fixed(positive, 100 * MiB, "segment.bytes of __consumer_offsets."),

  // Replicas and the cluster.
  "broker.session.timeout.ms": fixed(positive, 2 * secondMs, "A broker whose session has been silent for so long is fenced."),
  "replica.selector.class": fixed(
    optional(oneOf("org.apache.kafka.common.replica.LeaderSelector", "org.apache.kafka.common.replica.RackAwareReplicaSelector")),
    undefined,
    "Which replica a consumer with a rack is told to read from (KIP-392): the leader, or one in its rack.",
  ),
  "replica.lag.time.max.ms": live(
    long({ min: 1 }),
    30 * secondMs,
    "A follower that has not reached the log end for so long leaves the ISR.",
  ),
  "metadata.log.max.record.bytes.between.snapshots": fixed(
    long({ min: 1 }),
    20 * MiB,
    "A snapshot of the metadata is written after so many bytes of it.",
  ),
} satisfies Record<string, ConfigKey<any>>;

/** The name of a broker's key. */
export type BrokerKey = keyof typeof brokerKeys;
/** The value behind a broker's key. */
export type BrokerValue<Key extends BrokerKey> = ValueOf<(typeof brokerKeys)[Key]>;

/** Whether the text names a broker's key. */
export function isBrokerKey(text: string): text is BrokerKey {
  return Object.hasOwn(brokerKeys, text);
}
