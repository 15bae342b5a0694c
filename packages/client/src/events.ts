import { channel } from "node:diagnostics_channel";

/**
 * What happens in a client, on Node's diagnostics channels `millrace.client.*`; nothing is made of it while nobody listens. Each
 * message is an object of the fields named here.
 */
export const events = {
  /** A batch was acknowledged: topic, partition, baseOffset, records, bytes, elapsedMs. */
  delivered: channel("millrace.client.delivered"),
  /** A batch was given up: topic, partition, records, error. */
  undelivered: channel("millrace.client.undelivered"),
  /** Partitions were given to a consumer: group, memberId, generationId, partitions. */
  assigned: channel("millrace.client.assigned"),
  /** Partitions were given back or lost: group, partitions, error (undefined: in order). */
  released: channel("millrace.client.released"),
  /** Offsets were committed: group, offsets. */
  committed: channel("millrace.client.committed"),
  /** A record could not be decoded: topic, partition, offset, error. */
  undecodable: channel("millrace.client.undecodable"),
  /** A handler failed: topic, partition, offset, attempt, error. */
  handlerFailed: channel("millrace.client.handlerFailed"),
} as const;
