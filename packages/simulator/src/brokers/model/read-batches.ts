import type { BatchView } from "@millrace/records";

/**
 * Batches that readers were given whole and that were found right, by their first offset. The same bytes in the same place need no second
 * look: what they hold is known, and only whether it may still be there is asked again.
 */
export class ReadBatches {
  readonly #batches = new Map<number, { readonly crc: number; readonly nextOffset: number }>();

  /** Whether this very batch was read here. Its checksum must have been found right, since by it batches are told apart. */
  has({ baseOffset, crc, nextOffset }: BatchView): boolean {
    const known = this.#batches.get(baseOffset);
    return known !== undefined && known.crc === crc && known.nextOffset === nextOffset;
  }

  add({ baseOffset, crc, nextOffset }: BatchView): void {
    this.#batches.set(baseOffset, { crc, nextOffset });
  }

  /** Nothing is known any more of what lies at or behind `end`. */
  forgetFrom(end: number): void {
    for (const [baseOffset, { nextOffset }] of this.#batches) if (nextOffset > end) this.#batches.delete(baseOffset);
  }
}
