import type { Offset, TopicId } from "@millrace/vocabulary";

/** A record of __consumer_offsets as this package speaks of it. An undefined value is a tombstone. */
export type GroupRecord = GroupMetadataRecord | OffsetCommitRecord;

/** The generation that a group has agreed on, or that it has become empty. */
export interface GroupMetadataRecord {
  readonly type: "group";
  readonly groupId: string;
  readonly value: StoredGroup | undefined;
}

export interface StoredGroup {
  /** Empty: nothing has been joined yet, only offsets committed. */
  readonly protocolType: string;
  readonly generationId: number;
  readonly protocolName: string | undefined;
  readonly leaderId: string | undefined;
  /** Wall time since which the group is in its state; undefined where an old version of Kafka wrote it. */
  readonly stateSinceMs: number | undefined;
  readonly members: readonly StoredMember[];
}

export interface StoredMember {
  readonly memberId: string;
  readonly groupInstanceId: string | undefined;
  readonly clientId: string;
  readonly clientHost: string;
  readonly rebalanceTimeoutMs: number;
  readonly sessionTimeoutMs: number;
  /** The metadata for the group's protocol. */
  readonly subscription: Buffer;
  readonly assignment: Buffer;
}

/** What a group has consumed of a partition. */
export interface OffsetCommitRecord {
  readonly type: "offset";
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly value: StoredOffset | undefined;
}

export interface StoredOffset {
  readonly offset: Offset;
  /** Of the last record consumed; -1: unknown. */
  readonly leaderEpoch: number;
  readonly metadata: string;
  /** Wall time of the commit. */
  readonly committedMs: number;
  /** Wall time at which it goes, where the client named a retention; undefined: the broker's rules hold. */
  readonly expiresMs: number | undefined;
  /** The life of the topic that it belongs to; undefined where it is not known. */
  readonly topicId: TopicId | undefined;
}
