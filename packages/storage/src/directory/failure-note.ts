import type { Clock } from "@millrace/runtime";
import { secondMs } from "@millrace/vocabulary";
import type { FailedSyncNote } from "./failed-sync.ts";

/** A disk that takes longer than this to note something is not waited for: the process ends without. */
const noteWithinMs: number = secondMs;

/** Notes once, for the next life, that a write or sync of this one failed. */
export class FailureNote {
  /** Whether the life before did: what lies past the recovery points must be written again. */
  readonly mustWriteAgain: boolean;
  readonly #note: FailedSyncNote;
  readonly #clock: Clock;
  #noted: Promise<void> | undefined;

  constructor(note: FailedSyncNote, clock: Clock, { mustWriteAgain }: { mustWriteAgain: boolean }) {
    this.#note = note;
    this.#clock = clock;
    this.mustWriteAgain = mustWriteAgain;
  }

  /** Resolves when it is noted, or cannot be: a disk that refuses this too leaves nothing that a next life could do. */
  note(): Promise<void> {
    this.#noted ??= new Promise((resolve) => {
      const timer = this.#clock.timer(noteWithinMs, resolve);
      const end = () => {
        timer.cancel();
        resolve();
      };
      this.#note.write().then(end, end);
    });
    return this.#noted;
  }

  /** Waits for what is being noted; after a stop in order there is nothing to tell. */
  async end({ isInOrder }: { isInOrder: boolean }): Promise<void> {
    await this.#noted;
    if (isInOrder && this.mustWriteAgain) await this.#note.remove();
  }
}
