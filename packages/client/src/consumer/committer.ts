import type { Clock, Timer } from "@millrace/runtime";
import { type ErrorCode, MillraceError } from "@millrace/vocabulary";
import { mayPass } from "../cluster/cluster.ts";
import { events } from "../events.ts";
import type { GroupCalls } from "../group/group-calls.ts";
import { within } from "../waiting.ts";
import type { Source } from "./source.ts";

export interface CommitterOptions {
  readonly clock: Clock;
  readonly group: string;
  readonly source: Source;
  readonly calls: GroupCalls;
  readonly intervalMs: number;
  /** What is done cannot be committed, and never will be. */
  readonly failed: (error: MillraceError) => void;
}

/** The group has gone on: the membership finds that out by itself, and what was not committed comes again. */
const superseded: ReadonlySet<ErrorCode> = new Set([
  "REBALANCE_IN_PROGRESS",
  "ILLEGAL_GENERATION",
  "UNKNOWN_MEMBER_ID",
  "FENCED_INSTANCE_ID",
]);

/** Commits what is done, from time to time. */
export class Committer {
  readonly #options: CommitterOptions;
  #timer: Timer | undefined;
  #committing: Promise<void> | undefined;

  constructor(options: CommitterOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = this.#options.clock.timer(this.#options.intervalMs, () => void this.#commitAndGoOn());
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  /** Commits what is done now. Rejects with what the coordinator said. */
  async commit(timeoutMs?: number): Promise<void> {
    await this.#committing?.catch(() => {}); // told to whoever asked for it
    this.#committing = this.#commit(timeoutMs);
    await this.#committing;
  }

  /**
   * Commits what is done for the last time, and tries again while that may pass: the coordinator may just be moving. Resolves at the
   * latest after `timeoutMs`; what is not committed then comes again.
   */
  async commitLast(timeoutMs: number): Promise<void> {
    if (this.#due.length === 0) return;
    const { clock, calls } = this.#options;
    const committed = calls.persist((attemptMs) => this.commit(attemptMs), timeoutMs);
    await within(
      clock,
      timeoutMs,
      committed.catch(() => {}),
      undefined,
    );
  }

  get #due() {
    return [...this.#options.source.held].flatMap(({ topic, partition, progress }) => {
      const offset = progress?.toCommit;
      return offset === undefined ? [] : [{ topic: topic.name, partition, offset, progress: progress! }];
    });
  }

  async #commit(timeoutMs: number | undefined): Promise<void> {
    const { calls, group } = this.#options;
    const due = this.#due;
    if (due.length === 0) return;
    const offsets = due.map(({ topic, partition, offset }) => ({ topic, partition, offset }));
    await calls.commit(offsets, timeoutMs);
    for (const { progress, offset } of due) progress.committed(offset);
    if (events.committed.hasSubscribers) events.committed.publish({ group, offsets });
  }

  async #commitAndGoOn(): Promise<void> {
    try {
      await this.commit();
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      if (!mayPass(error) && !superseded.has(error.code)) return this.#options.failed(error);
    }
    if (this.#timer !== undefined) this.start();
  }
}
