import { int32Max, KiB, GiB, MiB, minuteMs, MillraceError, secondMs } from "@millrace/vocabulary";
import type { Spot } from "../cluster/offsets.ts";
import { withDefaults } from "../options.ts";
import type { AnyTopic, RawRecord, Received } from "../topic.ts";

/** Where reading begins: an end of the log, a time, or nowhere: `none` fails with OFFSET_OUT_OF_RANGE. */
export type Start = Spot | "none";

/** What becomes of a record whose key or value cannot be decoded. */
export type UndecodablePolicy =
  /** The consumer stops with RECORD_UNDECODABLE. */
  | "fail"
  /** It counts as done; the event `undecodable` tells. */
  | "skip"
  /** It comes as a `RawRecord`. */
  | "raw"
  /** It is sent to another topic as it is, with headers that say where it comes from and why; then it counts as done. */
  | { readonly deadLetter: string };

interface ReadingOptions {
  /** Where to begin where nothing was committed, and after what was to be read is gone. Default `latest`. */
  readonly from?: Start | undefined;
  /** Whether records of open or aborted transactions are read. Default `read_committed`: they are not. */
  readonly isolation?: "read_committed" | "read_uncommitted" | undefined;
  /** What may be fetched ahead of the reader, of all partitions together. Default 8 MiB. */
  readonly prefetchBytesMax?: number | undefined;
  /** A record may be worked on for so long; then it counts as failed, with HANDLER_TIMED_OUT. Default 5 minutes. */
  readonly handlerTimeoutMs?: number | undefined;
  /** Default `fail`. */
  readonly undecodable?: UndecodablePolicy | undefined;
}

/** A consumer that shares the partitions of its topics with the others of its group. */
export interface GroupOptions extends ReadingOptions {
  readonly group: string;
  /**
   * Makes the member a static one: when it comes back under the same id within its session time-out, its partitions are
   * still its own.
   */
  readonly instanceId?: string | undefined;
  /** A member that is not heard of for so long loses its partitions. Default 45 s. */
  readonly sessionTimeoutMs?: number | undefined;
  /** Default 3 s. */
  readonly heartbeatIntervalMs?: number | undefined;
  /** How long the group waits for a member to give its partitions back when it rebalances. Default 1 minute. */
  readonly rebalanceTimeoutMs?: number | undefined;
  /** How often what is done is committed. Default 1 s. */
  readonly commitIntervalMs?: number | undefined;
}

/** A consumer that reads the partitions it is told to, and commits nothing. */
export interface PartitionsOptions extends ReadingOptions {
  /** `all`: every one that the topics have now. `from` of a partition may be an offset. */
  readonly partitions:
    | "all"
    | readonly { readonly topic: string; readonly partition: number; readonly from?: Start | number | undefined }[];
}

export type ConsumerOptions = GroupOptions | PartitionsOptions;

/** The records that a consumer of these topics, with these options, gets. */
export type RecordsOf<Of extends AnyTopic, Options extends ConsumerOptions> = Options extends { readonly undecodable: "raw" }
  ? Received<Of> | RawRecord<Of["name"]>
  : Received<Of>;

/** The options, all of them. */
export interface ConsumerSettings {
  readonly from: Start;
  readonly isolation: "read_committed" | "read_uncommitted";
  readonly prefetchBytesMax: number;
  readonly handlerTimeoutMs: number;
  readonly undecodable: UndecodablePolicy;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly commitIntervalMs: number;
}

const defaults: ConsumerSettings = {
  from: "latest",
  isolation: "read_committed",
  prefetchBytesMax: 8 * MiB,
  handlerTimeoutMs: 5 * minuteMs,
  undecodable: "fail",
  sessionTimeoutMs: 45 * secondMs,
  heartbeatIntervalMs: 3 * secondMs,
  rebalanceTimeoutMs: minuteMs,
  commitIntervalMs: secondMs,
};

export function consumerSettings(options: ConsumerOptions): ConsumerSettings {
  const settings = withDefaults<ConsumerSettings>(options, defaults, {
    prefetchBytesMax: [KiB, 64 * GiB],
    handlerTimeoutMs: [1, int32Max],
    sessionTimeoutMs: [1, int32Max],
    heartbeatIntervalMs: [1, int32Max],
    rebalanceTimeoutMs: [1, int32Max],
    commitIntervalMs: [1, int32Max],
  });
  const { sessionTimeoutMs, heartbeatIntervalMs } = settings;
  if (heartbeatIntervalMs * 2 > sessionTimeoutMs)
    throw new MillraceError("CONFIGURATION_INVALID", {
      faults: ["a session must hold two heartbeats: heartbeatIntervalMs, sessionTimeoutMs"],
    });
  return settings;
}
