import type { MessageType, StreamMethod } from "../message.ts";

export interface FromFollower {
  /** In the first message, and in no other. */
  hello: FollowerHello | null;
  subscribe: Subscription[];
  /** Generations of subscriptions that are over. */
  unsubscribe: number[];
  acknowledgements: Acknowledgement[];
  /** Bytes of batches that the leader may send beyond those it was allowed before. */
  creditBytes: number;
}
export const FromFollower: MessageType<FromFollower>;

export interface FollowerHello {
  /** 16 bytes. */
  clusterId: Buffer;
  brokerId: number;
  /** Of the follower's life: what it acknowledges on this stream rests on it. */
  brokerEpoch: number;
  /** Who is meant to lead here. */
  leaderId: number;
  levelMin: number;
  levelMax: number;
}
export const FollowerHello: MessageType<FollowerHello>;

/** Where the follower's log stands. As good as an acknowledgement, if the log continues into the leader's. */
export interface Subscription {
  generation: number;
  /** 16 bytes. */
  topicId: Buffer;
  partition: number;
  /** In which the follower takes the other side for the leader. */
  leaderEpoch: number;
  end: number;
  syncedEnd: number;
  /** Of the last record. -1: there is none. */
  lastEpoch: number;
}
export const Subscription: MessageType<Subscription>;

/** Everything below is in the follower's page cache; everything below is synced. */
export interface Acknowledgement {
  generation: number;
  writtenEnd: number;
  syncedEnd: number;
}
export const Acknowledgement: MessageType<Acknowledgement>;

export interface FromLeader {
  /** In the first message, and in no other. */
  hello: LeaderHello | null;
  answers: Answer[];
  /** What was appended in one turn of the leader's event loop, of all partitions. */
  pushes: Push[];
}
export const FromLeader: MessageType<FromLeader>;

export interface LeaderHello {
  brokerId: number;
  levelMin: number;
  levelMax: number;
}
export const LeaderHello: MessageType<LeaderHello>;

/** What becomes of a subscription. After everything but `accepted` it is over. */
export interface Answer {
  generation: number;
  accepted: Marks | null;
  diverging: Diverging | null;
  /** The log begins here, past the follower's end. */
  beginsAt: number | null;
  refused: Refused | null;
  /** Which member is there. */
  answer: "accepted" | "diverging" | "beginsAt" | "refused" | undefined;
}
export const Answer: MessageType<Answer>;

export interface Marks {
  highWatermark: number;
  logStart: number;
  /** Somebody waits until everything below is synced: the follower syncs it as soon as it has it. */
  syncTo: number;
}
export const Marks: MessageType<Marks>;

/** The logs part: in the leader's, `epoch` (-1: none) ends at `end_offset`. */
export interface Diverging {
  epoch: number;
  endOffset: number;
}
export const Diverging: MessageType<Diverging>;

export interface Refused {
  /** By name: NOT_LEADER_OR_FOLLOWER, FENCED_LEADER_EPOCH, … */
  code: string;
  /** That this broker knows. -1: it knows nothing of the partition. */
  leaderEpoch: number;
}
export const Refused: MessageType<Refused>;

/** Batches as they lie in the leader's log, beginning at `from`; none: the marks have moved, or nothing has. */
export interface Push {
  generation: number;
  marks: Marks | null;
  from: number;
  batches: Buffer;
}
export const Push: MessageType<Push>;

/**
 * What a follower and the leaders of its partitions say to each other. Levels: fields that a later version adds are passed over by
 * this one; what may be said is settled by the ranges in both hellos.
 */
export const Replication: {
  /**
   * One stream for each follower and each broker that leads something it follows. It begins with a hello each way. A subscription
   * is named by its generation, which the follower chooses and never uses twice in one life; what bears another generation than one
   * that is under way is dropped. When the stream ends, so do its subscriptions.
   */
  readonly follow: StreamMethod<FromFollower, FromLeader>;
};
