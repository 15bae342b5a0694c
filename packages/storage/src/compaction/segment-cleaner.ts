import type { BatchView } from "@millrace/records";
import type { LogState } from "../log/log-state.ts";
import { segmentFileKinds } from "../names.ts";
import { noProgress, Segment } from "../segment/segment.ts";
import { type BatchChunk, batchChunks } from "./batch-chunks.ts";
import { type BatchVerdict, filterChunk } from "./batch-filter.ts";
import type { CleanedTransactions } from "./cleaned-transactions.ts";
import type { KeyMap } from "./key-map.ts";
import { recordFlags, type ScannedKeys, scanKeys } from "./key-scan.ts";
import { hashBytes } from "./offset-map.ts";
import { Turns } from "../turns.ts";

/** What one round of compaction goes by, for all segments alike. */
export interface CleaningRound {
  readonly keys: KeyMap;
  readonly transactions: CleanedTransactions;
  readonly nowMs: number;
  /** For tombstones and markers that are seen for the first time. */
  readonly deleteHorizonMs: number;
  /** Nothing past it is compacted in this round; the batch that ends there stays, if empty, and with it the offset. */
  readonly end: number;
  /** Throws where the round must end at once. */
  readonly checkAbort: () => void;
}

/** The ending of files that are being written in the place of others. */
const cleanedEnding = ".cleaned";

/** A batch that may go as a whole, or stays with some of its records. */
type Fate = BatchVerdict["fate"] | "drop";

/**
 * Writes what compaction leaves of segments that follow one another into one new segment, and syncs it. Of each key the newest
 * record stays, and of each producer the newest batch, emptied where it must be, since by it the next sequence is told.
 */
export class SegmentCleaner {
  readonly cleaned: Segment;
  readonly #state: LogState;
  readonly #round: CleaningRound;
  readonly #turns: Turns;

  constructor(state: LogState, sources: readonly Segment[], round: CleaningRound) {
    const { place } = sources[0]!;
    this.cleaned = new Segment(state.around.files, { ...place, present: new Set(), ending: cleanedEnding }, noProgress);
    this.#state = state;
    this.#round = round;
    this.#turns = new Turns(state.around.clock);
  }

  async clean(sources: readonly Segment[]): Promise<void> {
    await this.discard();
    for (const source of sources) {
      for await (const chunk of batchChunks(source)) {
        this.#round.checkAbort();
        await this.#append(await this.#leftOf(chunk));
      }
    }
    await this.#finish();
  }

  /** Removes what was written, or an earlier attempt left. */
  async discard(): Promise<void> {
    for (const kind of segmentFileKinds) {
      const file = this.cleaned.file(kind);
      await file.close();
      await this.#state.around.disk.remove(file.path);
    }
  }

  async #leftOf(chunk: BatchChunk): Promise<Buffer> {
    const { work } = this.#state.around;
    const fates = chunk.views.map((view) => (view.isControl ? this.#fateOfMarker(view) : this.#fateOfBatch(view)));
    const scanned = chunk.views.filter((view, number) => fates[number]!.fate === "filter" && !view.isControl);
    const keys = await scanKeys(
      work,
      chunk.bytes,
      scanned.map(({ start }) => start),
    );
    const verdicts = await this.#judge(scanned, keys);
    const batches: BatchVerdict[] = [];
    let firstRecord = 0;
    for (const [number, view] of chunk.views.entries()) {
      const { fate, isMarkerOfEmptyTransaction } = fates[number]!;
      const isJudged = fate === "filter" && !view.isControl;
      const verdict = { start: view.start, staysEmpty: this.#staysEmpty(view), isMarkerOfEmptyTransaction };
      if (fate !== "drop") batches.push({ ...verdict, fate, firstRecord: isJudged ? firstRecord : verdicts.length - 1 });
      if (isJudged) firstRecord += view.recordCount;
    }
    return filterChunk(work, chunk.bytes, { deleteHorizonMs: this.#round.deleteHorizonMs, batches }, verdicts);
  }

  #fateOfMarker(view: BatchView): { fate: Fate; isMarkerOfEmptyTransaction: boolean } {
    const { isOfEmptyTransaction, aborted } = this.#round.transactions.passMarker(view);
    if (aborted !== undefined) this.cleaned.transactions.add(aborted);
    const horizonMs = view.deleteHorizonMs;
    const isOver = isOfEmptyTransaction && horizonMs !== undefined && horizonMs <= this.#round.nowMs;
    const goes = isOver || view.recordCount === 0;
    return { fate: goes ? this.#emptyOrGone(view) : "filter", isMarkerOfEmptyTransaction: isOfEmptyTransaction };
  }

  #fateOfBatch(view: BatchView): { fate: Fate; isMarkerOfEmptyTransaction: boolean } {
    const isAborted = this.#round.transactions.passBatch(view);
    const goes = isAborted || view.recordCount === 0;
    const fate = goes ? this.#emptyOrGone(view) : view.baseOffset >= this.#round.keys.end ? "keep" : "filter";
    return { fate, isMarkerOfEmptyTransaction: false };
  }

  #emptyOrGone(view: BatchView): Fate {
    return this.#staysEmpty(view) ? "empty" : "drop";
  }

  /** Whether the batch says where its producer, or the round, ended. */
  #staysEmpty(view: BatchView): boolean {
    if (view.nextOffset === this.#round.end) return true;
    const producer = view.producerId < 0 ? undefined : this.#state.producers.all.get(view.producerId);
    if (producer === undefined) return false;
    const last = producer.batches.at(-1);
    return last === undefined ? view.isControl && view.producerEpoch === producer.epoch : view.lastOffset === last.lastOffset;
  }

  /** Says of each record whether it stays; one more verdict, which is yes, is for markers. */
  async #judge(views: readonly BatchView[], keys: ScannedKeys): Promise<Uint8Array> {
    const verdicts = new Uint8Array(keys.flags.length + 1);
    let record = 0;
    for (const view of views) {
      const horizonMs = view.deleteHorizonMs;
      const keepsTombstones = horizonMs === undefined || this.#round.nowMs < horizonMs;
      for (const end = record + view.recordCount; record < end; record++) {
        verdicts[record] = this.#stays(keys, record, keepsTombstones) ? 1 : 0;
        const pause = this.#turns.count();
        if (pause !== undefined) await pause;
      }
    }
    verdicts[record] = 1;
    return verdicts;
  }

  #stays({ offsets, flags, hashes }: ScannedKeys, record: number, keepsTombstones: boolean): boolean {
    const offset = offsets[record]!;
    const flag = flags[record]!;
    const { map, end } = this.#round.keys;
    if (offset >= end) return true;
    if ((flag & recordFlags.hasKey) === 0) return false;
    if ((flag & recordFlags.isTombstone) !== 0 && !keepsTombstones) return false;
    return offset >= map.get(hashes, record * hashBytes);
  }

  async #append(batches: Buffer): Promise<void> {
    if (batches.length === 0) return;
    const { cleaned } = this;
    const intervalBytes = this.#state.settings()["index.interval.bytes"];
    await cleaned.log.use((file) => file.write([batches], cleaned.sizeBytes));
    cleaned.noteAll(batches, intervalBytes);
    cleaned.sizeBytes = cleaned.nextPosition;
  }

  /** All four files must be there: what is missing after a crash is then known to have its name already. */
  async #finish(): Promise<void> {
    const { cleaned } = this;
    cleaned.seal();
    await cleaned.writeIndexes(cleaned.progress(), { sync: false });
    for (const kind of segmentFileKinds) await cleaned.file(kind).use((file) => file.sync());
  }
}
