import { Offset } from "@millrace/vocabulary";
import type { LogRead, ReadOptions } from "../log-contract.ts";
import type { LogState } from "./log-state.ts";
import { ReadMarks } from "./read-marks.ts";
import type { Chunk } from "./recent-chunks.ts";
import { SegmentRead } from "./segment-read.ts";
import { selectBatches } from "./selection.ts";
import { outOfRange, steadily } from "./steadily.ts";
import { troubled } from "./trouble.ts";

const nothing = { parts: [], bytes: 0, pinnedBytes: 0 } as const;

/**
 * Reads what the tail does not hold. Everything that comes back has passed its checksum. What was read stays for a while, for others
 * who read it; and for a reader who goes on where it stopped, what comes next is fetched while it works on what it got.
 */
export class DiskReader {
  readonly #state: LogState;
  readonly #marks = new ReadMarks();
  #ahead: { readonly from: Offset; readonly done: Promise<unknown> } | undefined;

  constructor(state: LogState) {
    this.#state = state;
  }

  /** Segments have been cut or replaced. */
  forget(): void {
    this.#marks.clear();
    this.#state.around.recent.forget(this.#state);
  }

  /** At once where it was read a moment ago. */
  read(from: Offset, options: ReadOptions): LogRead | Promise<LogRead> {
    return this.#fromRecent(from, options) ?? this.#fromDisk(from, options);
  }

  #fromRecent(from: Offset, options: ReadOptions): LogRead | undefined {
    const chunk = this.#state.around.recent.find(this.#state, from);
    if (chunk === undefined) return undefined;
    const { bytes, nextOffset } = chunk;
    const { start, end, ...selection } = selectBatches(bytes, { ...options, ...openBounds(chunk, from), isChecked: true });
    if (end === bytes.length) this.#readAhead(nextOffset, options);
    if (end === start) return { ...nothing, nextOffset: from };
    const { byteLength: pinnedBytes } = bytes.buffer;
    return { parts: [bytes.subarray(start, end)], bytes: end - start, pinnedBytes, nextOffset: Offset(selection.nextOffset) };
  }

  async #fromDisk(from: Offset, options: ReadOptions): Promise<LogRead> {
    if (this.#ahead?.from === from) {
      await this.#ahead.done;
      const read = this.#fromRecent(from, options);
      if (read !== undefined) return read;
    }
    const goesOn = this.#marks.has(from);
    const read = await this.#readSteadily(from, options);
    if (goesOn) this.#readAhead(read.nextOffset, options);
    return read;
  }

  async #readSteadily(from: Offset, options: ReadOptions): Promise<LogRead> {
    const state = this.#state;
    const before = this.#revision;
    try {
      const read = await steadily(state, async () => {
        const { logStart, logEnd } = state;
        if (from < logStart || from > logEnd) throw outOfRange(state, from);
        return this.#readFrom(from, { ...options, upTo: Offset(Math.min(options.upTo, logEnd)) });
      });
      this.#keep(from, read, before);
      return read;
    } catch (error) {
      throw troubled(state, error);
    }
  }

  /** Keeps what was read for others, unless the segments are not what they were when it was. */
  #keep(from: Offset, { parts: [bytes], nextOffset }: LogRead, before: string): void {
    const isGone = this.#state.refusal === "closed" || this.#state.refusal === "removed";
    if (bytes === undefined || isGone || before !== this.#revision) return;
    this.#state.around.recent.add({ log: this.#state, bytes, from, nextOffset });
  }

  /** Changes with every cut and with every change of the segments. */
  get #revision(): string {
    return `${this.#state.generation}/${this.#state.segments.revision}`;
  }

  /** What is wrong with it, its reader learns when it comes. */
  #readAhead(from: Offset, options: ReadOptions): void {
    const state = this.#state;
    const isWorthwhile = from < options.upTo && (state.tail.firstOffset ?? Infinity) > from;
    if (this.#ahead !== undefined || !isWorthwhile || state.around.memory.pressure !== "none") return;
    if (state.around.recent.find(state, from) !== undefined) return;
    const done = this.#readSteadily(from, options)
      .catch(() => undefined)
      .then(() => {
        this.#ahead = undefined;
      });
    this.#ahead = { from, done };
  }

  /** Looks in one segment after the other: compaction may have emptied the one that the offset belongs to. */
  async #readFrom(from: Offset, options: ReadOptions): Promise<LogRead> {
    const state = this.#state;
    const { segments } = state;
    for (let number = segments.numberOf(from); ; number++) {
      const segment = segments.at(number);
      if (segment === undefined || segment.baseOffset >= options.upTo) return { ...nothing, nextOffset: from };
      const ceiling = Math.min(segments.endOf(number), state.nextOffset);
      const read = await new SegmentRead(state, segment, this.#marks, { ...options, from, ceiling }).run();
      if (read !== undefined) return read;
    }
  }
}

/** What is known of the batches of a chunk: they were checked against everything when they were read. */
function openBounds({ nextOffset }: Chunk, from: Offset) {
  return { from, floor: 0, ceiling: nextOffset, firstLastOffset: undefined, epochOf: () => undefined };
}
