import type { Clock, Logger, Timer } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";
import type { ShardLog } from "./shard-log.ts";
import { appendEntries } from "./append.ts";
import { Life } from "./life.ts";
import type { Decision, Moment, ShardMachine, Ticket } from "./machine.ts";
import { Replay } from "./replay.ts";

/** Records applied in one turn of the replay: about 2 ms of it. */
const replayedPerTurn = 1_000;
/** Ticks in one turn: most concern one member or one group and take some 10 µs. */
const ticksPerTurn = 500;
/** A shard whose log refused a write is read again after a pause, twice as long each time: the log may refuse the next one too, and reading costs. */
const reloadPauseMsMin = 500;
const reloadPauseMsMax = 8_000;

/** What a shard's shell needs. */
export interface ShardOptions<Machine> {
  readonly log: ShardLog;
  /** Makes a machine without any state. */
  readonly machine: () => Machine;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long a reply may wait for the commit of what it rests on; read for each. */
  readonly commitTimeoutMs: () => number;
  /** Bytes of records that one batch may hold. */
  readonly batchRoomBytes: () => number;
  /** Told after each replay. */
  readonly onLoaded: (records: number, durationMs: number) => void;
}

/**
 * The shell of an event-sourced shard: one machine whose state lives in a log that this broker leads.
 *
 * - The state is what the log says: it is read by replay, then follows what is appended. A record is applied when it is
 *   appended, so that the next decision sees it.
 * - A reply leaves, in the order of the decisions, when everything applied before it is committed: no answer rests on
 *   what may still be lost. Reads and refusals are no exception.
 * - Nothing is undone. When an append fails and there would be something to undo, or the log has dropped what it took, the
 *   machine is discarded with all its open requests and the log is read again; when the leadership is lost, it is discarded
 *   for good.
 */
export class Shard<Request, Stored, Machine extends ShardMachine<Request, Stored>> {
  readonly #options: ShardOptions<Machine>;
  #life: Life<Machine> | undefined;
  /** Why the shard serves no more. */
  #ended: MillraceError | undefined;
  /** Requests of nobody, for when the state has been read. */
  readonly #notices: Request[] = [];
  #timer: Timer | undefined;
  #timerMs = Infinity;
  /** Since the log last took a write. */
  #startsOver = 0;

  constructor(options: ShardOptions<Machine>) {
    this.#options = options;
    options.log.observe({
      advanced: () => this.#release(),
      dropped: (error) => this.#forget(error),
      lost: (error) => this.end(error),
    });
    this.#load();
  }

  /** The machine, while its state is known. */
  get machine(): Machine | undefined {
    return this.#life?.isLoaded ? this.#life.machine : undefined;
  }

  get isLoading(): boolean {
    return this.#ended === undefined && this.machine === undefined;
  }

  /**
   * Decides a request and resolves to its answer. Rejects with
   *
   * - what the machine refuses it with;
   * - COORDINATOR_LOAD_IN_PROGRESS while the log is read, and after the end with what ended the shard;
   * - REQUEST_TIMED_OUT when the commit takes too long, what the log throws when it refuses the records,
   *   UNKNOWN_SERVER_ERROR for a bug, COORDINATOR_NOT_AVAILABLE when another request met one of the last two: what was
   *   asked for may then have happened or not, unless the log has refused it.
   */
  submit<Answer>(request: Request): Promise<Answer> {
    const life = this.#life;
    if (!life?.isLoaded) return Promise.reject(this.#ended ?? new MillraceError("COORDINATOR_LOAD_IN_PROGRESS"));
    return new Promise((resolve, reject) => this.#decide(life, request, life.open({ resolve, reject })));
  }

  /** Decides a request that nobody waits for, at once or when the state has been read. */
  notify(request: Request): void {
    if (this.isLoading) this.#notices.push(request);
    else this.submit(request).catch((error: unknown) => this.#options.logger.warn("notice not carried out", { error }));
  }

  /** Discards the shard for good; what is open, and all that comes, is refused with this error. */
  end(error: MillraceError): void {
    if (this.#ended !== undefined) return;
    this.#ended = error;
    this.#discard(error);
  }

  #load(): void {
    const life = new Life(this.#options.machine());
    this.#life = life;
    this.#read(life).catch((error: unknown) => this.#failToLoad(life, error));
  }

  async #read(life: Life<Machine>): Promise<void> {
    const { log, clock, logger } = this.#options;
    const startMs = clock.monotonicMs();
    const replay = new Replay(life.machine, logger);
    for await (const batch of log.replay()) {
      for (const _ of replay.apply(batch)) if (replay.records % replayedPerTurn === 0) await this.#nextTurn();
      if (life !== this.#life) return;
    }
    if (life !== this.#life) return;
    life.appliedEnd = replay.endOffset;
    this.#begin(life);
    const durationMs = clock.monotonicMs() - startMs;
    logger.info("shard loaded", { records: replay.records, durationMs });
    this.#options.onLoaded(replay.records, durationMs);
  }

  #begin(life: Life<Machine>): void {
    life.isLoaded = true;
    this.#attempt(life, () => this.#carryOut(life, life.machine.loaded(this.#now())));
    for (const request of this.#notices.splice(0)) this.notify(request);
    this.#schedule();
  }

  /** Only another leader, or this one in another epoch, can help. */
  #failToLoad(life: Life<Machine>, error: unknown): void {
    if (life !== this.#life) return;
    this.#options.logger.error("shard cannot be loaded", { error });
    this.end(new MillraceError("NOT_COORDINATOR", {}, { cause: error }));
  }

  #nextTurn(): Promise<void> {
    return new Promise((resolve) => this.#options.clock.afterTurn(resolve));
  }

  #decide(life: Life<Machine>, request: Request, ticket: Ticket<any>): void {
    if (life !== this.#life) return;
    let decision: Decision<Stored> | undefined;
    try {
      decision = life.machine.decide(request, ticket, this.#now());
      this.#carryOut(life, decision);
      if (decision.isUnfinished) this.#options.clock.afterTurn(() => this.#decide(life, request, ticket));
    } catch (error) {
      const isRefusal = decision?.onlyWrites === true && error instanceof MillraceError;
      if (isRefusal) life.reject(ticket, error);
      else this.#startOver(life, error, ticket);
    }
    this.#schedule();
  }

  #carryOut(life: Life<Machine>, { entries, replies }: Decision<Stored>): void {
    const { log, clock, commitTimeoutMs, batchRoomBytes } = this.#options;
    const batch = { timestamp: clock.wallMs(), roomBytes: batchRoomBytes() };
    for (const end of appendEntries(log, life.machine, entries, batch)) {
      life.appliedEnd = end;
      this.#startsOver = 0;
    }
    life.hold(replies, clock.monotonicMs() + commitTimeoutMs());
    this.#release();
  }

  #attempt(life: Life<Machine>, action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#startOver(life, error);
    }
  }

  /** The machine has decided what did not happen: it is discarded, and another one reads the log. */
  #startOver(life: Life<Machine>, error: unknown, ticket?: Ticket<any>): void {
    if (life !== this.#life) return;
    const { logger, clock } = this.#options;
    if (error instanceof MillraceError) logger.warn("shard discarded, to be read again", { error });
    else logger.error("shard discarded for a bug, to be read again", { error });
    const reason = error instanceof MillraceError ? error : new MillraceError("UNKNOWN_SERVER_ERROR", {}, { cause: error });
    if (ticket !== undefined) life.reject(ticket, reason);
    this.#discard(new MillraceError("COORDINATOR_NOT_AVAILABLE", {}, { cause: error }));
    const pauseMs = Math.min(reloadPauseMsMin * 2 ** this.#startsOver++, reloadPauseMsMax);
    clock.timer(pauseMs, () => {
      if (this.#ended === undefined) this.#load();
    });
  }

  /** Records that the machine has applied are gone. One that is still being read has seen only what is written. */
  #forget(error: MillraceError): void {
    const life = this.#life;
    if (life?.isLoaded) this.#startOver(life, error);
  }

  #discard(error: MillraceError): void {
    const life = this.#life;
    this.#life = undefined;
    this.#timer?.cancel();
    this.#timerMs = Infinity;
    life?.rejectAll(error);
  }

  #release(): void {
    if (this.#life?.isLoaded) this.#life.release(this.#options.log.highWatermark);
  }

  #now(): Moment {
    const { clock } = this.#options;
    return { monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() };
  }

  /** One timer for all that waits in this shard. */
  #schedule(): void {
    const life = this.#life;
    if (!life?.isLoaded) return;
    const nextMs = Math.min(life.machine.nextDeadlineMs, life.expiresMs);
    if (nextMs >= this.#timerMs) return;
    this.#timer?.cancel();
    this.#timerMs = nextMs;
    this.#timer = this.#options.clock.timer(nextMs - this.#options.clock.monotonicMs(), () => this.#wake(life));
  }

  #wake(life: Life<Machine>): void {
    if (life !== this.#life) return;
    this.#timerMs = Infinity;
    life.expire(this.#now().monotonicMs);
    this.#attempt(life, () => this.#tick(life));
    this.#schedule();
  }

  #tick(life: Life<Machine>): void {
    for (let ticks = 0; ticks < ticksPerTurn && life === this.#life; ticks++) {
      const now = this.#now();
      if (life.machine.nextDeadlineMs > now.monotonicMs) break;
      this.#carryOut(life, life.machine.tick(now));
    }
  }
}
