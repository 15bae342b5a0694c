import type { Kv, KvChange } from "@millrace/runtime";
import { MiB } from "@millrace/vocabulary";

/**
 * One commit holds less than this and its last write: a few milliseconds of copying, so that what comes next does not wait for
 * long.
 */
const commitBytes = 4 * MiB;

/** What is to be changed; as a function where that depends on what the writes before leave in the store. */
export type Changes = readonly KvChange[] | (() => readonly KvChange[]);

interface Write {
  readonly changes: Changes;
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
  write(changes: Changes, stored: () => void): void {
    if (this.#isStopped) return;
    const bytes = typeof changes === "function" ? 0 : changes.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
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
    await this.#kv.commit(group.flatMap(({ changes }) => (typeof changes === "function" ? changes() : changes)));
    for (const { stored } of group) if (!this.#isStopped) stored();
  }

  /** Those that share the next commit. What depends on the store begins one of its own: all before it are there then. */
  #take(): Write[] {
    let count = 0;
    for (let bytes = 0; count < this.#waiting.length && bytes < commitBytes; count++) {
      const { changes, bytes: more } = this.#waiting[count]!;
      if (count > 0 && typeof changes === "function") break;
      bytes += more;
    }
    return this.#waiting.splice(0, count);
  }
}
