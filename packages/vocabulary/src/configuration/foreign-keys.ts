import type { BrokerKey } from "./broker-keys.ts";

/** Kafka's keys that mean something only there (threads, purgatories, the JVM): accepted, with a warning. */
export const keysWithoutMeaning: ReadonlySet<string> = new Set([
  "background.threads",
  "controller.quorum.append.linger.ms",
  "group.coordinator.threads",
  "log.cleaner.threads",
  "num.io.threads",
  "num.network.threads",
  "num.recovery.threads.per.data.dir",
  "num.replica.fetchers",
  "offsets.load.buffer.size",
  "offsets.topic.compression.codec",
  "socket.listen.backlog.size",
  "socket.receive.buffer.bytes",
  "socket.send.buffer.bytes",
  "transaction.state.log.load.buffer.size",
]);

/** Kafka's older names for a key. */
export const olderNames: ReadonlyMap<string, BrokerKey> = new Map([
  ["broker.id", "node.id"],
  ["log.dir", "log.dirs"],
]);
