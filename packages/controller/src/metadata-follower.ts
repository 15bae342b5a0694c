import { decodeRecord, emptyImage, ImageDraft, type MetadataDelta, type MetadataImage, SnapshotRestore } from "@millrace/metadata";
import { nextTurn } from "@millrace/raft";
import type { Clock } from "@millrace/runtime";
import { Offset } from "@millrace/vocabulary";
import { recordsPerTurn } from "./bounds.ts";

/** Folds what the quorum hands over into images, in steps that leave the loop free in between. */
export class MetadataFollower {
  readonly #clock: Clock;
  readonly #watchers = new Set<(delta: MetadataDelta) => void>();
  #image: MetadataImage = emptyImage();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Everything that has been handed over. */
  get image(): MetadataImage {
    return this.#image;
  }

  /** Calls back after each fold, until the function it returns is called. */
  watch(watcher: (delta: MetadataDelta) => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  /** Begins anew from a snapshot. Throws LEVEL_UNKNOWN, DATA_DAMAGED. */
  async restore(offset: Offset, term: number, chunks: AsyncIterable<Buffer>): Promise<void> {
    const restore = new SnapshotRestore();
    for await (const chunk of chunks) restore.add(chunk);
    this.#publish(restore.finish(this.#image, { offset, term }));
  }

  /** Takes over a snapshot that came in pieces. */
  takeOver(restore: SnapshotRestore, at: { readonly offset: Offset; readonly term: number }): void {
    this.#publish(restore.finish(this.#image, at));
  }

  /** Folds records that were proposed together. Nobody sees some without the others. Throws LEVEL_UNKNOWN, DATA_DAMAGED. */
  async fold(offset: Offset, term: number, records: readonly Buffer[]): Promise<void> {
    const draft = new ImageDraft(this.#image);
    for (const [index, record] of records.entries()) {
      draft.apply(decodeRecord(record), Offset(offset + index));
      if ((index + 1) % recordsPerTurn === 0) await nextTurn(this.#clock);
    }
    this.#publish(draft.finish({ offset: Offset(offset + records.length - 1), term }));
  }

  #publish(delta: MetadataDelta): void {
    this.#image = delta.image;
    for (const watcher of this.#watchers) watcher(delta);
  }
}
