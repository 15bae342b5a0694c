import type { Log } from "@millrace/storage";
import type { MillraceError, Offset } from "@millrace/vocabulary";
import { CommitQueue, type Committed } from "./commit-queue.ts";

/** Who waits until records of a partition are written, synced, or committed. */
export class Waits {
  readonly #log: Log;
  readonly #forWrite = new CommitQueue();
  readonly #forCommit = new CommitQueue();
  readonly #forSync = new CommitQueue();

  constructor(log: Log) {
    this.#log = log;
  }

  /** Whether the next sync is waited for. */
  get needSync(): boolean {
    return this.#forSync.length > 0;
  }

  forWrite(offset: Offset, settle: Committed): () => void {
    return offset <= this.#log.logEnd ? atOnce(settle) : this.#forWrite.wait(offset, settle);
  }

  forSync(offset: Offset, syncedEnd: Offset, settle: Committed): () => void {
    return offset <= syncedEnd ? atOnce(settle) : this.#forSync.wait(offset, settle);
  }

  forCommit(offset: Offset, highWatermark: Offset, settle: Committed): () => void {
    return offset <= highWatermark ? atOnce(settle) : this.#forCommit.wait(offset, settle);
  }

  written(): void {
    this.#forWrite.advance(this.#log.logEnd);
  }

  synced(syncedEnd: Offset): void {
    this.#forSync.advance(syncedEnd);
  }

  committed(highWatermark: Offset): void {
    this.#forCommit.advance(highWatermark);
  }

  /** Tells those who wait for others that these may not be waiting for this broker any more. */
  refuseCommits(error: MillraceError): void {
    for (const queue of [this.#forCommit, this.#forSync]) queue.fail(error);
  }

  /** Tells everybody that it will not come about here. */
  refuse(error: MillraceError): void {
    for (const queue of [this.#forWrite, this.#forCommit, this.#forSync]) queue.fail(error);
  }
}

const nobody = () => {};

function atOnce(settle: Committed): () => void {
  settle(undefined);
  return nobody;
}
