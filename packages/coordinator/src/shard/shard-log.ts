import type { MillraceError, Offset } from "@millrace/vocabulary";

/**
 * The log that a shard's state lives in: one partition of an internal topic, as its leader sees it. The shell of a
 * coordinator needs no more of replication than this.
 */
export interface ShardLog {
  /**
   * Every batch that stands in the log, from the log start to the log end, in order, each in a buffer of its own. Not only
   * up to the high watermark: a new leader's may lie below what its predecessor has acknowledged. What is being written
   * when it begins is waited for. Throws what reading throws; ends early when the leadership is lost.
   */
  replay(): AsyncIterable<Buffer>;
  /** Appends one batch with acks=all and returns the offset of its last record, at once. Throws when this broker no longer leads, or the write is refused. */
  append(batch: Buffer): Offset;
  /** Everything below it is committed. */
  readonly highWatermark: Offset;
  /** Says who is told what becomes of the log. Called once. */
  observe(observer: ShardLogObserver): void;
}

/** Who is told what becomes of a shard's log. */
export interface ShardLogObserver {
  /** The high watermark has risen. */
  advanced(): void;
  /** What was appended and not yet written is gone, and its offsets will be given to other records: the shard is to be read again. */
  dropped(error: MillraceError): void;
  /** The leadership, or the log, is lost: the shard is discarded for good. */
  lost(error: MillraceError): void;
}
