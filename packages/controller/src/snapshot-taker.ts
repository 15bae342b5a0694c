import { type MetadataImage, snapshotChunks } from "@millrace/metadata";
import { nextTurn, type Quorum } from "@millrace/raft";
import type { Clock, Logger } from "@millrace/runtime";
import { type Configuration, MillraceError } from "@millrace/vocabulary";

export interface SnapshotTakerOptions {
  readonly quorum: Quorum;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly configuration: Configuration;
}

/** Takes a snapshot after every `metadata.log.max.record.bytes.between.snapshots` bytes of records; one at a time. */
export class SnapshotTaker {
  readonly #options: SnapshotTakerOptions;
  #bytes = 0;
  #isTaking = false;

  constructor(options: SnapshotTakerOptions) {
    this.#options = options;
  }

  /** So many bytes of records were folded into the image. */
  folded(image: MetadataImage, bytes: number): void {
    this.#bytes += bytes;
    const bytesBetween = this.#options.configuration.get("metadata.log.max.record.bytes.between.snapshots");
    if (this.#bytes >= bytesBetween && !this.#isTaking) void this.#take(image);
  }

  /** An image does not change, so it is written while others follow it. */
  async #take(image: MetadataImage): Promise<void> {
    const { quorum, logger } = this.#options;
    this.#isTaking = true;
    this.#bytes = 0;
    try {
      await quorum.snapshot(image.offset, this.#chunks(image));
      logger.info("metadata snapshot taken", { offset: image.offset, term: image.term });
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      if (error.code !== "CLOSED") logger.error("metadata snapshot failed", { offset: image.offset, error });
    } finally {
      this.#isTaking = false;
    }
  }

  async *#chunks(image: MetadataImage): AsyncGenerator<Buffer> {
    for (const chunk of snapshotChunks(image)) {
      yield chunk;
      await nextTurn(this.#options.clock);
    }
  }
}
