import type { TypeOf } from "../declaration/message.ts";
import { array, bytes, int32, string } from "../declaration/fields.ts";
import { embedded } from "../declaration/message.ts";
import { Reader } from "../codec/reader.ts";

/**
 * What a consumer puts into JoinGroup as its metadata, behind an int16 with the version. Brokers look into it for one thing alone: which
 * topics a group subscribes to.
 */
export const ConsumerProtocolSubscription = embedded("ConsumerProtocolSubscription", { versions: "0-3", flexible: "none" }).fields({
  topics: array(string()),
  userData: bytes({ nullable: "0+", absent: null }),
  /** What the member holds at present, for cooperative rebalancing (KIP-429). */
  ownedPartitions: array({
    topic: string(),
    partitions: array(int32()),
  }).with({ versions: "1+", absent: [], ignorable: true }),
  /** In which `ownedPartitions` were assigned. */
  generationId: int32({ versions: "2+", absent: -1, ignorable: true }),
  rackId: string({ versions: "3+", nullable: "3+", absent: null, ignorable: true }),
});

/** What the leader puts into SyncGroup for each consumer, behind an int16 with the version. */
export const ConsumerProtocolAssignment = embedded("ConsumerProtocolAssignment", { versions: "0-3", flexible: "none" }).fields({
  assignedPartitions: array({
    topic: string(),
    partitions: array(int32()),
  }),
  userData: bytes({ nullable: "0+", absent: null }),
});

/**
 * Reads a consumer's subscription. A newer version counts as the newest known, and what follows its fields is passed over: versions
 * only ever add to the end. INVALID_REQUEST where it is none.
 */
export function readSubscription(metadata: Buffer): TypeOf<typeof ConsumerProtocolSubscription> {
  const reader = new Reader(metadata);
  const version = Math.min(reader.int16(), ConsumerProtocolSubscription.versions.last);
  return ConsumerProtocolSubscription.codec(version).read(reader);
}

/** Reads a consumer's assignment, as `readSubscription` does. */
export function readAssignment(assignment: Buffer): TypeOf<typeof ConsumerProtocolAssignment> {
  const reader = new Reader(assignment);
  const version = Math.min(reader.int16(), ConsumerProtocolAssignment.versions.last);
  return ConsumerProtocolAssignment.codec(version).read(reader);
}
