/** One replica of one partition: leader, followers, ISR, high watermark. */

export { Partition } from "./partition.ts";
export type { PartitionObserver, PartitionOptions } from "./partition.ts";
export type { Isolation } from "./partition-progress.ts";
export type { IsrChanges, KnownBrokers, ReplicaSurroundings } from "./surroundings.ts";
export type { AlterPartitions } from "./leading/isr-proposals.ts";
export { Replicas } from "./replicas.ts";
export type { LeadershipObserver, ReplicasOptions } from "./replicas.ts";
export { replicationMessageBytesMax } from "./stream/pace.ts";

// The rules alone, for models and tests.
export { Leadership } from "./leading/leadership.ts";
export type { LeadershipOptions } from "./leading/leadership.ts";
export type { IsrRules, MemberLife, Proposal } from "./leading/proposal.ts";
export { Following } from "./following/following.ts";
export type { FollowedLog, FollowEffect } from "./following/following.ts";
export type { LeaderMarks, SubscriptionAnswer } from "./following/subscription-answer.ts";
export { compareLogs } from "./leading/comparison.ts";
export type { Comparison, Standing } from "./leading/comparison.ts";
export { nextHighWatermark } from "./high-watermark.ts";
export type { InSync, ReplicaProgress } from "./high-watermark.ts";
