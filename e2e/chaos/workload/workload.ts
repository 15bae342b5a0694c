import type { Recorder } from "./recorder.ts";

/** The one topic of a history. */
export interface Target {
  /** `host:port` of every broker, divided by commas. */
  readonly bootstrap: string;
  readonly topic: string;
  readonly partitions: number;
}

/** Clients at work, until they are stopped. */
export interface Workload {
  /** What went wrong beside the brokers, in words: none is expected. */
  readonly faults: readonly string[];
  /** Ends, and resolves when everything that was asked for has its outcome. */
  stop(): Promise<void>;
}

export type StartWorkload = (target: Target, recorder: Recorder) => Workload;

/** How long a record is tried: longer than most faults last, and short enough that a process goes on in between. */
export const deliveryTimeoutMs = 20_000;
/** What a process waits between two operations. */
export const pauseMs = 20;
