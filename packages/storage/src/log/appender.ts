import { BatchView } from "@millrace/records";
import { assert, LeaderEpoch, MillraceError, Offset } from "@millrace/vocabulary";
import type { Appended, AppendOptions } from "../log-contract.ts";
import { batchFault } from "../segment/batch-fault.ts";
import { gapInSegmentMax, noProgress, type Segment } from "../segment/segment.ts";
import type { LogState } from "./log-state.ts";
import type { Writer } from "./writer.ts";

const nothing: Buffer = Buffer.alloc(0);

/**
 * Gives batches their place: offsets, segment, index entries, what they mean for producers and epochs. All of it happens in the
 * turn of the call; the writer does the rest.
 */
export class Appender {
  readonly #state: LogState;
  readonly #writer: Writer;
  /** Moved over every batch, so that an append makes none. Between appends it lies over nothing: a log at rest holds nobody's memory. */
  readonly #view = new BatchView(nothing);

  constructor(state: LogState, writer: Writer) {
    this.#state = state;
    this.#writer = writer;
  }

  /** What `Log.append` promises. */
  append(bytes: Buffer, options: AppendOptions): Appended {
    refuseIfClosed(this.#state);
    try {
      return this.#append(this.#lookAt(bytes), bytes, options);
    } finally {
      this.#lookAt(nothing);
    }
  }

  /** What `Log.appendReplicated` promises: all batches or none. */
  appendReplicated(batches: Buffer): Appended {
    refuseIfClosed(this.#state);
    try {
      return this.#appendAll(this.#lookAt(batches), batches);
    } finally {
      this.#lookAt(nothing);
    }
  }

  #append(view: BatchView, bytes: Buffer, options: AppendOptions): Appended {
    const state = this.#state;
    assert(view.sizeBytes === bytes.length, "an admitted batch is as long as it says", { sizeBytes: view.sizeBytes, bytes: bytes.length });
    const segmentBytes = state.settings()["segment.bytes"];
    if (bytes.length > segmentBytes) throw new MillraceError("RECORD_LIST_TOO_LARGE", { sizeBytes: bytes.length, segmentBytes });
    const duplicate = state.producers.check(view, options);
    if (duplicate !== undefined) {
      const { lastOffset, lastOffsetDelta, timestampMs } = duplicate;
      const logAppendTimeMs = options.logAppendTimeMs === undefined ? -1 : timestampMs;
      return { baseOffset: Offset(lastOffset - lastOffsetDelta), lastOffset, logAppendTimeMs, isDuplicate: true };
    }
    view.baseOffset = state.nextOffset;
    view.leaderEpoch = options.leaderEpoch;
    const { baseOffset, lastOffset } = view;
    this.#place(view, bytes);
    return { baseOffset, lastOffset, logAppendTimeMs: options.logAppendTimeMs ?? -1, isDuplicate: false };
  }

  #appendAll(view: BatchView, batches: Buffer): Appended {
    const lastOffset = this.#checkReplicated(view);
    const baseOffset = view.moveTo(0).baseOffset;
    for (let start = 0; start < batches.length;) {
      const size = view.moveTo(start).sizeBytes;
      this.#place(view, batches.subarray(start, start + size));
      start += size;
    }
    return { baseOffset, lastOffset, logAppendTimeMs: -1, isDuplicate: false };
  }

  /** Comes back with the last offset of batches that are whole and continue the log. */
  #checkReplicated(view: BatchView): Offset {
    const { name } = this.#state;
    const end = view.bytes.length;
    let expected = this.#state.nextOffset;
    let epoch: number = this.#state.epochs.latestBelow(expected) ?? -1;
    if (end === 0) throw new MillraceError("CORRUPT_MESSAGE", { log: name, sizeBytes: 0 });
    while (view.start < end) {
      const fault = batchFault(view, end);
      if (fault !== undefined) throw new MillraceError("CORRUPT_MESSAGE", { log: name, at: view.start, fault });
      if (view.baseOffset < expected) throw new MillraceError("OFFSET_OUT_OF_RANGE", { log: name, offset: view.baseOffset, expected });
      if (view.leaderEpoch < epoch)
        throw new MillraceError("CORRUPT_MESSAGE", { log: name, leaderEpoch: view.leaderEpoch, newestEpoch: epoch });
      epoch = view.leaderEpoch;
      expected = view.nextOffset;
      view.moveTo(view.start + view.sizeBytes);
    }
    return Offset(expected - 1);
  }

  #place(batch: BatchView, bytes: Buffer): void {
    const state = this.#state;
    const segment = this.#segmentFor(batch);
    segment.note(batch, state.settings()["index.interval.bytes"]);
    state.epochs.assign(LeaderEpoch(batch.leaderEpoch), batch.baseOffset);
    const ended = state.producers.apply(batch, state.around.clock.wallMs());
    if (ended?.isAbort) segment.transactions.add(ended);
    const { baseOffset, nextOffset } = batch;
    state.nextOffset = nextOffset;
    state.placedBytes += bytes.length;
    state.tail.add(bytes, baseOffset, nextOffset);
    this.#writer.enqueue(segment, bytes, nextOffset);
  }

  #segmentFor(batch: BatchView): Segment {
    const { segments, nextOffset } = this.#state;
    if (batch.baseOffset - nextOffset > gapInSegmentMax) return this.roll(batch.baseOffset);
    return this.#isFull(segments.active, batch) ? this.roll(nextOffset) : segments.active;
  }

  /** Kafka's reasons to begin another segment. An empty one takes any batch. */
  #isFull(segment: Segment, batch: BatchView): boolean {
    if (segment.nextPosition === 0) return false;
    if (!segment.covers(batch.lastOffset)) return true;
    const settings = this.#state.settings();
    if (segment.nextPosition + batch.sizeBytes > settings["segment.bytes"]) return true;
    if (segment.indexes.isFull(settings["segment.index.bytes"])) return true;
    return this.#ageMs(segment, batch.maxTimestamp) > segment.ageMsMax(settings);
  }

  /** By the records' own time, so that old records copied from elsewhere roll as they once did. */
  #ageMs(segment: Segment, timestampMs: number): number {
    const { firstTimestampMs } = segment.indexes;
    return firstTimestampMs >= 0 ? timestampMs - firstTimestampMs : this.#state.around.clock.wallMs() - segment.place.createdMs;
  }

  /** Seals the active segment and begins another. */
  roll(baseOffset: Offset): Segment {
    const { segments, around, name } = this.#state;
    segments.active.seal();
    const segment = this.#state.newSegment(baseOffset, noProgress);
    segments.push(segment);
    around.logger.debug("segment rolled", { log: name, baseOffset });
    return segment;
  }

  #lookAt(bytes: Buffer): BatchView {
    this.#view.bytes = bytes;
    return this.#view.moveTo(0);
  }
}

/** Appends are refused after a failure, while the log is being cut, and while the disk is full. */
function refuseIfClosed(state: LogState): void {
  const failure = state.failure ?? state.around.failure();
  if (failure !== undefined) throw failure;
  if (state.refusal !== undefined) throw new MillraceError("KAFKA_STORAGE_ERROR", { log: state.name, refused: state.refusal });
  if (state.around.isFull()) throw new MillraceError("KAFKA_STORAGE_ERROR", { log: state.name, cause: "DISK_FULL" });
}
