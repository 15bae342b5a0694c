import { Offset } from "@millrace/vocabulary";
import type { VoterSet } from "./voters.ts";

/** Which snapshot it is, and what it must hold. */
export interface SnapshotDescription {
  /** The last offset that is folded in, and the term of its entry. */
  readonly offset: Offset;
  readonly term: number;
  /** Who took part as of `offset`. */
  readonly set: VoterSet;
  readonly chunks: number;
  readonly bytes: number;
  /** CRC-32 over the chunks, one after the other. */
  readonly checksum: number;
}

/** The snapshot that a store begins with stands at the first offset, and the log begins after it. */
export const bootstrapOffset: Offset = Offset(0);

/** The offset after everything that is folded into the snapshot. */
export function endOfSnapshot({ offset }: { offset: Offset }): Offset {
  return Offset(offset + 1);
}
