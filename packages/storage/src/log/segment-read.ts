import { codeOf, KiB, MiB, type MillraceError, Offset } from "@millrace/vocabulary";
import type { LogRead, ReadOptions } from "../log-contract.ts";
import { damageError } from "../segment/damage.ts";
import type { IndexedBatch } from "../segment/offset-index.ts";
import { scanBatches } from "../segment/scan.ts";
import type { Segment } from "../segment/segment.ts";
import type { LogState } from "./log-state.ts";
import type { ReadMarks } from "./read-marks.ts";
import { selectBatches, type Selection } from "./selection.ts";

/** One read takes no more than this, however much is asked for: it is memory that a slow reader holds. */
const readBytesMax: number = 4 * MiB;
/** Read beyond what is asked for: an index names a batch per 4 KiB, not every one, and the batch behind the last shows that it is right. */
const approachBytes: number = 16 * KiB;

/** What is to be read in a segment. */
export interface SegmentReadOptions extends ReadOptions {
  readonly from: Offset;
  /** No batch of the segment reaches past it. */
  readonly ceiling: number;
}

/**
 * One read in one segment: begins where an earlier reader stopped, or where the index says, and goes from chunk to chunk until
 * it has what is wanted. What an index says is held against the batch that is there.
 */
export class SegmentRead {
  readonly #state: LogState;
  readonly #segment: Segment;
  readonly #marks: ReadMarks;
  readonly #options: SegmentReadOptions;
  /** What is written when the read begins. */
  readonly #size: number;
  #position = 0;
  /** No batch from the position on begins below it. */
  #floor: number;
  /** The last offset of the batch that the index named, until it has been seen. */
  #firstLastOffset: number | undefined;

  constructor(state: LogState, segment: Segment, marks: ReadMarks, options: SegmentReadOptions) {
    this.#state = state;
    this.#segment = segment;
    this.#marks = marks;
    this.#options = options;
    this.#size = segment.sizeBytes;
    this.#floor = segment.baseOffset;
  }

  /** Undefined: the segment holds nothing at or past `from`. */
  async run(): Promise<LogRead | undefined> {
    await this.#begin();
    const usualBytes = Math.min(this.#options.bytesMax, readBytesMax) + approachBytes;
    for (let wantedBytes = usualBytes; this.#position < this.#size;) {
      const chunk = await this.#readChunk(Math.min(wantedBytes, this.#size - this.#position));
      const selection = selectBatches(chunk, this.#wanted());
      if (selection.end > selection.start) return this.#take(chunk, selection);
      if (selection.why.type === "blocked") return { parts: [], bytes: 0, pinnedBytes: 0, nextOffset: this.#options.from };
      wantedBytes = Math.max(usualBytes, await this.#goOn(chunk, selection));
    }
    return undefined;
  }

  async #begin(): Promise<void> {
    const { from } = this.#options;
    const known = this.#marks.find(from, this.#segment);
    if (known !== undefined) {
      this.#position = known;
      this.#floor = from;
      return;
    }
    const named = await this.#lookup();
    if (named !== undefined && named.position >= this.#size) return this.#walk();
    this.#position = named?.position ?? 0;
    this.#firstLastOffset = named?.lastOffset;
  }

  /** Goes to what lies behind a chunk of which nothing was wanted. Comes back with the bytes that are needed from there. */
  async #goOn(chunk: Buffer, { why, end, floor }: Selection): Promise<number> {
    const neededBytes = why.type === "needs" ? why.bytes : 0;
    const isPastEnd = chunk.length === 0 || this.#position + end + neededBytes > this.#size;
    if (why.type === "misled" || (isPastEnd && this.#firstLastOffset !== undefined)) {
      await this.#walk();
      return 0;
    }
    if (why.type === "broken" || isPastEnd) throw this.#damaged(this.#position + end, floor);
    this.#position += end;
    this.#floor = floor;
    this.#firstLastOffset = undefined;
    return neededBytes;
  }

  /** The last batch before `from` that the index names. An index that is lost or cut short is made anew. */
  async #lookup(): Promise<IndexedBatch | undefined> {
    const segment = this.#segment;
    const { offsets } = segment.indexes;
    try {
      if (offsets.entries.file.exists || !segment.isFromBefore) return await offsets.lookup(this.#options.from);
    } catch (error) {
      if (codeOf(error) !== "DATA_DAMAGED") throw error;
    }
    await segment.repairIndexes(this.#intervalBytes);
    return segment.isSealed ? segment.indexes.offsets.lookup(this.#options.from) : undefined;
  }

  /** The index named a place where there is no such batch: has it made anew, and walks to the batch that holds `from`. */
  async #walk(): Promise<void> {
    const { around, name } = this.#state;
    const segment = this.#segment;
    around.logger.warn("index damaged", { log: name, baseOffset: segment.baseOffset });
    await segment.repairIndexes(this.#intervalBytes);
    let found = this.#size;
    const { position, fault } = await scanBatches(segment.log, { from: 0, to: this.#size, checksums: false }, (batch, at) => {
      if (batch.lastOffset < this.#options.from) return true;
      found = at;
      return false;
    });
    this.#position = fault === undefined ? found : position;
    this.#floor = segment.baseOffset;
    this.#firstLastOffset = undefined;
  }

  #wanted(): Parameters<typeof selectBatches>[1] {
    const epochOf = (offset: number) => this.#state.epochs.epochOf(Offset(offset));
    return { ...this.#options, floor: this.#floor, firstLastOffset: this.#firstLastOffset, epochOf };
  }

  async #readChunk(bytes: number): Promise<Buffer> {
    const chunk = Buffer.allocUnsafeSlow(bytes);
    const read = await this.#segment.log.use((file) => file.read(chunk, this.#position));
    return chunk.subarray(0, read);
  }

  #take(chunk: Buffer, { start, end, nextOffset }: Selection): LogRead {
    this.#marks.note(nextOffset, this.#segment, this.#position + end);
    return {
      parts: [chunk.subarray(start, end)],
      bytes: end - start,
      pinnedBytes: chunk.buffer.byteLength,
      nextOffset: Offset(nextOffset),
    };
  }

  get #intervalBytes(): number {
    return this.#state.settings()["index.interval.bytes"];
  }

  #damaged(position: number, from: number): MillraceError {
    return damageError({ path: this.#segment.log.path, position, from });
  }
}
