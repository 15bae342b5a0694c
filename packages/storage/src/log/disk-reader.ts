import { codeOf, KiB, MiB, MillraceError, Offset } from "@millrace/vocabulary";
import type { LogRead, ReadOptions } from "../log-contract.ts";
import type { IndexedBatch } from "../segment/offset-index.ts";
import { scanBatches } from "../segment/scan.ts";
import type { Segment } from "../segment/segment.ts";
import type { LogState } from "./log-state.ts";
import { ReadMarks } from "./read-marks.ts";
import { outOfRange, steadily } from "./steadily.ts";
import { troubled } from "./trouble.ts";
import { selectBatches, type Selection } from "./selection.ts";

/** One read takes no more than this, however much is asked for: it is memory that a slow reader holds. */
const readBytesMax: number = 4 * MiB;
/** Read beyond what is asked for: an index names a batch per 4 KiB, not every one, and the batch behind the last shows that it is right. */
const approachBytes: number = 16 * KiB;

/** A read in one segment. */
interface SegmentRead extends ReadOptions {
  readonly from: Offset;
  /** No batch of the segment reaches past it. */
  readonly ceiling: number;
}

/** Reads what memory does not hold. Everything that comes back has passed its checksum. */
export class DiskReader {
  readonly #state: LogState;
  readonly #marks = new ReadMarks();

  constructor(state: LogState) {
    this.#state = state;
  }

  /** Segments have been cut or replaced. */
  forget(): void {
    this.#marks.clear();
  }

  async read(from: Offset, options: ReadOptions): Promise<LogRead> {
    try {
      return await steadily(this.#state, async () => {
        const { logStart, logEnd } = this.#state;
        if (from < logStart || from > logEnd) throw outOfRange(this.#state, from);
        return this.#readFrom(from, { ...options, upTo: Offset(Math.min(options.upTo, logEnd)) });
      });
    } catch (error) {
      throw troubled(this.#state, error);
    }
  }

  /** Looks in one segment after the other: compaction may have emptied the one that the offset belongs to. */
  async #readFrom(from: Offset, options: ReadOptions): Promise<LogRead> {
    const { segments } = this.#state;
    for (let number = segments.numberOf(from); ; number++) {
      const segment = segments.at(number);
      if (segment === undefined || segment.baseOffset >= options.upTo) return nothingAt(from);
      const read = await this.#readSegment(segment, {
        from,
        ...options,
        ceiling: Math.min(segments.endOf(number), this.#state.nextOffset),
      });
      if (read !== undefined) return read;
    }
  }

  /** Undefined: the segment holds nothing at or past `from`. */
  async #readSegment(segment: Segment, place: SegmentRead): Promise<LogRead | undefined> {
    const { from } = place;
    const size = segment.sizeBytes;
    const known = this.#marks.find(from, segment);
    const found = known === undefined ? await this.#lookup(segment, from) : undefined;
    const named = found !== undefined && found.position >= size ? undefined : found;
    let position = known ?? named?.position ?? 0;
    if (named !== found) position = await this.#positionWithoutIndex(segment, from);
    let firstLastOffset = named?.lastOffset;
    let floor = known === undefined ? segment.baseOffset : from;
    const usualBytes = Math.min(place.bytesMax, readBytesMax) + approachBytes;
    let wantedBytes = usualBytes;
    while (position < size) {
      const chunk = await this.#readChunk(segment, position, Math.min(wantedBytes, size - position));
      const selection = selectBatches(chunk, { ...place, floor, firstLastOffset, epochOf: this.#epochOf });
      if (selection.end > selection.start) return this.#take(chunk, selection, segment, position);
      const { why } = selection;
      if (why.type === "blocked") return nothingAt(from);
      if (why.type === "broken") throw damaged(segment, position + selection.end);
      const neededBytes = why.type === "needs" ? why.bytes : 0;
      const isPastEnd = chunk.length === 0 || position + selection.end + neededBytes > size;
      if (why.type === "misled" || (isPastEnd && firstLastOffset !== undefined)) {
        position = await this.#positionWithoutIndex(segment, from);
        floor = segment.baseOffset;
      } else {
        if (isPastEnd) throw damaged(segment, position + selection.end);
        position += selection.end;
        floor = selection.floor;
        wantedBytes = Math.max(usualBytes, neededBytes);
      }
      firstLastOffset = undefined;
    }
    return undefined;
  }

  /** The last batch before `from` that the index names. An index that is lost or cut short is made anew. */
  async #lookup(segment: Segment, from: Offset): Promise<IndexedBatch | undefined> {
    const { offsets } = segment.indexes;
    try {
      if (offsets.entries.file.exists || !segment.isSealed) return await offsets.lookup(from);
    } catch (error) {
      if (codeOf(error) !== "DATA_DAMAGED") throw error;
    }
    await segment.repairIndexes(this.#state.settings()["index.interval.bytes"]);
    return segment.isSealed ? segment.indexes.offsets.lookup(from) : undefined;
  }

  readonly #epochOf = (offset: number): number | undefined => this.#state.epochs.epochOf(Offset(offset));

  async #readChunk(segment: Segment, position: number, bytes: number): Promise<Buffer> {
    const chunk = Buffer.allocUnsafeSlow(bytes);
    const read = await segment.log.use((file) => file.read(chunk, position));
    return chunk.subarray(0, read);
  }

  #take(chunk: Buffer, selection: Selection, segment: Segment, position: number): LogRead {
    const part = chunk.subarray(selection.start, selection.end);
    this.#marks.note(selection.nextOffset, segment, position + selection.end);
    return { parts: [part], bytes: part.length, pinnedBytes: chunk.buffer.byteLength, nextOffset: Offset(selection.nextOffset) };
  }

  /** The index named a place where there is no such batch: has it made anew, and walks to the batch that holds `from`. */
  async #positionWithoutIndex(segment: Segment, from: Offset): Promise<number> {
    const { around, name, settings } = this.#state;
    around.logger.warn("index damaged", { log: name, baseOffset: segment.baseOffset });
    await segment.repairIndexes(settings()["index.interval.bytes"]);
    let found = segment.sizeBytes;
    const range = { from: 0, to: segment.sizeBytes, checksums: false };
    const { position, fault } = await scanBatches(segment.log, range, (batch, at) => {
      if (batch.lastOffset < from) return true;
      found = at;
      return false;
    });
    return fault === undefined ? found : position;
  }
}

function nothingAt(from: Offset): LogRead {
  return { parts: [], bytes: 0, pinnedBytes: 0, nextOffset: from };
}

function damaged(segment: Segment, position: number): MillraceError {
  return new MillraceError("KAFKA_STORAGE_ERROR", { path: segment.log.path, position, damaged: true });
}
