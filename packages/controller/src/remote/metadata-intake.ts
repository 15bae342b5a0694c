import type { Committed, FromController, SnapshotBegin } from "@millrace/contracts/session";
import { SnapshotRestore } from "@millrace/metadata";
import { nextTurn } from "@millrace/raft";
import type { Clock } from "@millrace/runtime";
import { MillraceError, Offset } from "@millrace/vocabulary";
import type { MetadataFollower } from "../metadata-follower.ts";
import type { Serial } from "../serial.ts";

/** Messages that may wait to be folded before the stream is held up: half a megabyte of them. */
const waitingMax = 16;

export interface IntakeParts {
  readonly clock: Clock;
  readonly follower: MetadataFollower;
  /** Shared with the intakes of earlier streams: what one of them has begun is finished first. */
  readonly order: Serial;
  readonly flow: { pause(): void; resume(): void };
  /** The metadata cannot be followed. */
  readonly failed: (error: unknown) => void;
}

/** Folds what one stream brings, message by message. */
export class MetadataIntake {
  readonly #parts: IntakeParts;
  #waiting = 0;
  #isEnded = false;
  #snapshot: { readonly restore: SnapshotRestore; readonly begin: SnapshotBegin } | undefined;
  #records: Buffer[] = [];

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  take(message: FromController): void {
    const { order, flow, failed } = this.#parts;
    if (++this.#waiting === waitingMax) flow.pause();
    order
      .run(() => this.#fold(message))
      .catch((error: unknown) => {
        this.#isEnded = true;
        failed(error);
      })
      .finally(() => {
        if (this.#waiting-- === waitingMax) flow.resume();
      });
  }

  /** The stream is over: what waits is dropped, since the next one brings it again. */
  end(): void {
    this.#isEnded = true;
  }

  async #fold({ snapshotBegin, snapshotChunk, snapshotEnd, committed }: FromController): Promise<void> {
    if (this.#isEnded) return;
    if (committed !== null) return this.#commit(committed);
    if (snapshotBegin !== null) this.#begin(snapshotBegin);
    if (snapshotChunk !== null) await this.#add(snapshotChunk.chunk);
    if (snapshotEnd !== null) this.#finish();
  }

  async #commit({ offset, term, records, more }: Committed): Promise<void> {
    for (const record of records) this.#records.push(record);
    if (more) return;
    const all = this.#records;
    this.#records = [];
    if (offset > this.#parts.follower.image.offset) await this.#parts.follower.fold(Offset(offset), term, all);
  }

  #begin(begin: SnapshotBegin): void {
    this.#records = [];
    this.#snapshot = { restore: new SnapshotRestore(), begin };
  }

  async #add(chunk: Buffer): Promise<void> {
    this.#begun().restore.add(chunk);
    await nextTurn(this.#parts.clock);
  }

  #finish(): void {
    const { restore, begin } = this.#begun();
    this.#snapshot = undefined;
    const { follower } = this.#parts;
    if (begin.offset > follower.image.offset) follower.takeOver(restore, { offset: Offset(begin.offset), term: begin.term });
  }

  #begun() {
    if (this.#snapshot === undefined) throw new MillraceError("INVALID_REQUEST", { reason: "a snapshot goes on that did not begin" });
    return this.#snapshot;
  }
}
