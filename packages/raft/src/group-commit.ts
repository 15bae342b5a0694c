import type { Kv, KvChange } from "@millrace/runtime";
import { MiB } from "@millrace/vocabulary";

/**
 * One commit holds less than this and its last write: a few milliseconds of copying, so that what comes next does not wait for
 * long.
 */
const commitBytes = 4 * MiB;

interface Write {
  readonly changes: readonly KvChange[];
  readonly bytes: number;
  readonly stored: () => void;
}

/**
 * Writes in the order of their calls. One commit is under way; what comes meanwhile shares the next one, and its sync. After
 * a commit was rejected nothing is written and nothing is told to be stored any more.
 */
export class GroupCommit {
  readonly #kv: Kv;
  readonly #onFailure: (error: unknown) => void;
  #waiting: Write[] = [];
  #running: Promise<void> | undefined;
  #isStopped = false;

  constructor(kv: Kv, onFailure: (error: unknown) => void) {
    this.#kv = kv;
    this.#onFailure = onFailure;
  }

  /** Makes the changes together; calls `stored` when they are durable, after those of earlier writes. */
  write(changes: readonly KvChange[], stored: () => void): void {
    if (this.#isStopped) return;
    const bytes = changes.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
    this.#waiting.push({ changes, bytes, stored });
    this.#running ??= this.#run();
  }

  /** Ends: what waits is dropped. Resolves when the commit that is under way has come to its end, of which nobody is told. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#waiting = [];
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#waiting.length > 0) await this.#commit(this.#take());
    } catch (error) {
      const wasStopped = this.#isStopped;
      this.#isStopped = true;
      if (!wasStopped) this.#onFailure(error);
    } finally {
      this.#running = undefined;
    }
  }

  async #commit(group: readonly Write[]): Promise<void> {
    await this.#kv.commit(group.flatMap(({ changes }) => changes));
    for (const { stored } of group) if (!this.#isStopped) stored();
  }

  #take(): Write[] {
    let count = 0;
    for (let bytes = 0; count < this.#waiting.length && bytes < commitBytes; count++) bytes += this.#waiting[count]!.bytes;
    return this.#waiting.splice(0, count);
  }
}
