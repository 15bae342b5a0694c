import type { LeaderEpoch, MillraceError, Offset, ProducerId, TopicId } from "@millrace/vocabulary";

/** The log of one partition on local disk. One loop owns it; everything but reading old records happens in the turn of the call. */
export interface Log {
  readonly topicId: TopicId;
  readonly partition: number;

  /** First readable offset. Only rises: by retention, by DeleteRecords, by a follower that starts anew. */
  readonly logStart: Offset;
  /**
   * End of what has been written to the file. Nothing at or past it may be read, pushed or counted. Rises with completed
   * writes, goes back only by truncation.
   */
  readonly logEnd: Offset;
  /** The offset that the next record gets: ahead of `logEnd` by what is being written. */
  readonly nextOffset: Offset;
  /** End of what survives a power cut; at most `logEnd`. */
  readonly syncedEnd: Offset;
  /**
   * First offset of the oldest transaction that is open, or whose marker lies at or past the high watermark and may yet be lost;
   * undefined where there is none. Readers of committed records stay below it.
   */
  readonly firstOpenTransactionOffset: Offset | undefined;
  /** Epoch of the newest record; undefined while there is none. */
  readonly latestEpoch: LeaderEpoch | undefined;
  /** Bytes of all segments. */
  readonly sizeBytes: number;
  /** Set when a write or sync failed: every append is then refused with KAFKA_STORAGE_ERROR. */
  readonly failure: MillraceError | undefined;
  /**
   * Whether opening found records missing that had been written: a batch that was damaged rather than cut short, or an end
   * below what was synced or committed. Such a replica must not count as in sync before it has caught up.
   */
  readonly lostRecords: boolean;

  /** Where reading has found a damaged batch: it holds no offset below. `dropDamage` and cuts up to there take it back; undefined: none is known. */
  readonly damagedFrom: Offset | undefined;

  /** Says who is told of progress. Called once, before the first append. */
  observe(observer: LogObserver): void;

  /**
   * Appends one batch as the leader: gives it offsets and its leader epoch, in place, and starts to write it; appends of
   * one turn go out in one write. The bytes become the log's and must not change any more: readers are served from them.
   *
   * The batch must have been admitted (`admitBatch`). Throws, with nothing written:
   * OUT_OF_ORDER_SEQUENCE_NUMBER, INVALID_PRODUCER_EPOCH, INVALID_TXN_STATE, TRANSACTION_COORDINATOR_FENCED by the producer's state;
   * RECORD_LIST_TOO_LARGE when larger than segment.bytes; KAFKA_STORAGE_ERROR after a failure, while the log is being cut, and
   * while the disk is full (`facts.cause` is then DISK_FULL, and the log goes on by itself when there is room again).
   *
   * A duplicate of one of the producer's five newest batches is not written: its first offsets come back.
   */
  append(batch: Buffer, options: AppendOptions): Appended;

  /**
   * Appends batches as a follower: offsets and epochs stay as they are and must continue the log. The bytes become the log's. Throws
   * CORRUPT_MESSAGE for a broken batch, OFFSET_OUT_OF_RANGE for one that does not continue, with nothing written.
   */
  appendReplicated(batches: Buffer): Appended;

  /**
   * Reads whole batches as they lie on disk, beginning with the one that contains `from`, ascending, with gaps where
   * compaction removed records. Comes back at once where memory holds them.
   *
   * - `from` is in [logStart, upTo]; at `upTo` the answer is empty. `upTo` is at most `logEnd`; no batch that begins at
   *   or past it is returned.
   * - `bytesMax` is soft for the first batch if `firstBatchWhole`: it comes even when larger, or its reader could never pass
   *   it (KIP-74). Otherwise nothing beyond `bytesMax` comes, and a batch that does not fit is left out.
   * - Batches from disk are checked by CRC. What precedes a broken one is returned; a broken first one rejects with
   *   KAFKA_STORAGE_ERROR, as do disk errors. OFFSET_OUT_OF_RANGE outside the bounds.
   */
  read(from: Offset, options: ReadOptions): LogRead | Promise<LogRead>;

  /** Transactions that were aborted and touch [from, to), for consumers that read only what is committed. */
  abortedTransactions(from: Offset, to: Offset): Promise<AbortedTransaction[]>;

  /** The first record at or after `timestampMs` whose offset is at or past the log start and below `upTo`; undefined: none. */
  offsetForTimestamp(timestampMs: number, upTo: Offset): Promise<TimestampedOffset | undefined>;
  /** The record with the greatest timestamp below `upTo`, the first one of several; undefined where there is none. */
  offsetOfMaxTimestamp(upTo: Offset): Promise<TimestampedOffset | undefined>;

  /**
   * The largest epoch that is not above `epoch`, and where it ends (KIP-101). Where retention took all of those, `epoch` itself
   * and the start of the first epoch that is known. Undefined: this log knows none.
   */
  endOffsetForEpoch(epoch: LeaderEpoch): { epoch: LeaderEpoch; endOffset: Offset } | undefined;
  /** The epoch that a record at `offset` was written in; undefined where nothing is known. */
  epochOfOffset(offset: Offset): LeaderEpoch | undefined;
  /** Notes that a new leader epoch begins at the log end. */
  beginEpoch(epoch: LeaderEpoch): void;

  /**
   * Cuts everything at and past `to` off; resolves when nothing of it can come back. Producer state and epochs follow. Appends are
   * refused until then. A batch that reaches past `to` goes whole, so that the log may end before it; a `to` below the log start
   * means `restartAt`. Rejects with KAFKA_STORAGE_ERROR and leaves the log as it is where what is to be cut at is damaged.
   */
  truncateTo(to: Offset): Promise<void>;
  /** Drops everything and begins at `offset`, for a follower whose log lies before its leader's start. */
  restartAt(offset: Offset): Promise<void>;
  /**
   * Cuts the log off where it is damaged, committed or not: for a replica that others have all of, and that nobody counts on. Without known
   * damage nothing happens, nor where the log turns out to be sound. It may begin anew at the log start.
   */
  dropDamage(): Promise<void>;
  /** Moves the log start up to `offset`, at most to `highWatermark`; segments that lie before it go. Resolves when it is durable. */
  deleteRecordsBefore(offset: Offset): Promise<void>;

  /** Makes everything written so far survive a power cut; calls that come together share one sync. */
  sync(): Promise<void>;

  /**
   * Tells the log how far it is safe: retention and compaction stay below it. Kept as a hint for the next start.
   */
  highWatermarkIs(offset: Offset): void;
  /** What `highWatermarkIs` said last, before the last stop or crash too; at least `logStart`. */
  readonly highWatermarkHint: Offset;

  /** Every producer that this log knows, for DescribeProducers. */
  producers(): ProducerDescription[];

  /** Whether anything is known of this producer; if not, its next batch may have any sequence. */
  knowsProducer(producerId: ProducerId): boolean;
}

/** Who is told what happens to a log; called in turns of the log's own, never from within a call. */
export interface LogObserver {
  /** `logEnd` has risen: a write completed. */
  written(): void;
  /** `syncedEnd` has risen. */
  synced(): void;
  /** `logStart` has risen. */
  logStartMoved(): void;
  /** A write or sync failed, and the log takes no more. Called once. */
  failed(error: MillraceError): void;
  /**
   * The disk was full, and what had been appended past `logEnd` is gone: `nextOffset` is back at `logEnd`, its offsets will be
   * given to other records, and whoever waits for them must be told. The log goes on when there is room. An observer without
   * it is told `failed` instead.
   */
  dropped?(error: MillraceError): void;
  /** `damagedFrom` is known, or lies lower than it did. The log goes on; what is damaged is not read. */
  damaged?(error: MillraceError): void;
}

export interface AppendOptions {
  readonly leaderEpoch: LeaderEpoch;
  /**
   * `client`: a producer's batch, checked against its state. `coordinator`: records of a coordinator, by no producer.
   * `marker`: the control batch that ends a transaction.
   */
  readonly origin: "client" | "coordinator" | "marker";
  /** The batch's stamp in a LogAppendTime topic, as `admitBatch` gave it; otherwise undefined. */
  readonly logAppendTimeMs?: number;
  /** Of a marker: the version of transactions it was written by. From 2 on its epoch must lie above its records' (KIP-890). */
  readonly transactionVersion?: number;
}

/** Where a batch came to lie. */
export interface Appended {
  readonly baseOffset: Offset;
  /** The acknowledgement may leave once the high watermark has reached `lastOffset + 1`. */
  readonly lastOffset: Offset;
  /** The broker's stamp in a LogAppendTime topic, else -1. */
  readonly logAppendTimeMs: number;
  /** It was appended before, and nothing was written now. */
  readonly isDuplicate: boolean;
}

export interface ReadOptions {
  readonly bytesMax: number;
  readonly upTo: Offset;
  readonly firstBatchWhole: boolean;
}

/** Batches that follow one another. The parts are to be sent in order; they may share memory and must not be changed. */
export interface LogRead {
  readonly parts: readonly Buffer[];
  readonly bytes: number;
  /** Bytes of memory that the parts keep alive beyond the log's own, to be charged by whoever holds them; 0 where they are the tail's. */
  readonly pinnedBytes: number;
  /** Where the next read begins: the offset after the last batch, or `from` where nothing was read. */
  readonly nextOffset: Offset;
}

export interface AbortedTransaction {
  readonly producerId: ProducerId;
  readonly firstOffset: Offset;
}

export interface TimestampedOffset {
  readonly offset: Offset;
  readonly timestampMs: number;
  readonly leaderEpoch: LeaderEpoch | undefined;
}

export interface ProducerDescription {
  readonly producerId: ProducerId;
  readonly producerEpoch: number;
  readonly lastSequence: number;
  readonly lastTimestampMs: number;
  /** -1: never wrote a marker. */
  readonly coordinatorEpoch: number;
  readonly openTransactionFirstOffset: Offset | undefined;
}
