import { Offset } from "@millrace/vocabulary";
import type { LogRead, ReadOptions } from "../log-contract.ts";
import type { LogState } from "./log-state.ts";
import { ReadMarks } from "./read-marks.ts";
import { SegmentRead } from "./segment-read.ts";
import { outOfRange, steadily } from "./steadily.ts";
import { troubled } from "./trouble.ts";

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
    const state = this.#state;
    const { segments } = state;
    for (let number = segments.numberOf(from); ; number++) {
      const segment = segments.at(number);
      if (segment === undefined || segment.baseOffset >= options.upTo) return { parts: [], bytes: 0, pinnedBytes: 0, nextOffset: from };
      const ceiling = Math.min(segments.endOf(number), state.nextOffset);
      const read = await new SegmentRead(state, segment, this.#marks, { ...options, from, ceiling }).run();
      if (read !== undefined) return read;
    }
  }
}
