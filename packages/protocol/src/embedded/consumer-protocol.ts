import { array, bytes, int32, string } from "../declaration/fields.ts";
import { embedded } from "../declaration/message.ts";

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
