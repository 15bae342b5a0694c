/** One replica of one partition: leader, followers, ISR, high watermark. */

export { Partition } from "./partition.ts";
export type { Isolation, PartitionObserver, PartitionOptions } from "./partition.ts";
export { Replicas } from "./replicas.ts";
export type { LeadershipObserver, ReplicasOptions } from "./replicas.ts";

// For tests of the rules alone.
export { nextHighWatermark } from "./high-watermark.ts";
export type { InSync, ReplicaProgress } from "./high-watermark.ts";
