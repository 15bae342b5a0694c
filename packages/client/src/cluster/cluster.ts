import type { Draft, UnaryMethod } from "@millrace/contracts";
import { Log } from "@millrace/contracts/log";
import { callMethod } from "@millrace/rpc";
import type { Address, Clock } from "@millrace/runtime";
import { codeOf, type ErrorCode, MillraceError, printAddress, secondMs } from "@millrace/vocabulary";
import { Ending } from "../ending.ts";
import { Liveness } from "../liveness.ts";
import { backoff, sleep, within } from "../waiting.ts";
import type { ClientWorld } from "../world.ts";
import { Connections } from "./connections.ts";
import { Turns } from "./turns.ts";
import { ClusterView, type TopicView } from "./view.ts";

export interface ClusterOptions {
  readonly seeds: readonly Address[];
  readonly clientId: string;
  /** How long a request is tried, at one broker after another. */
  readonly requestTimeoutMs: number;
}

/** How a request is tried. */
export interface Asking<Response> {
  /** For the first try; each further one is given twice as long, up to what any is given. */
  readonly firstTimeoutMs?: number;
  /** What a second try is refused with where the first one, whose answer got lost, has done it; and the answer to give then. */
  readonly done?: { readonly code: ErrorCode; readonly answer: Response };
}

/** One broker is given so long to answer before the next one is asked. */
const attemptTimeoutMs: number = 5 * secondMs;
/** What a broker knows by heart it answers in milliseconds; the second one is given twice as long, and so on. */
const knowledgeTimeoutMs: number = secondMs;
/** Knowledge is not asked for more often than this, whoever wants it. */
const refreshIntervalMs = 100;
const retryBackoff = { firstMs: 50, lastMs: secondMs } as const;

/** The way to the brokers: who they are, who leads what, and how to ask any of them. */
export class Cluster {
  readonly view = new ClusterView();
  readonly connections: Connections;
  readonly liveness: Liveness;
  /** The client closes. */
  readonly ending = new Ending();
  readonly #clock: Clock;
  readonly #options: ClusterOptions;
  readonly #backoffMs: (failures: number) => number;
  /** Names to ask for, and whether they may be created. */
  readonly #wanted = new Map<string, boolean>();
  #refresh: Promise<void> | undefined;
  #refreshedMs = -Infinity;
  readonly #turns: Turns;

  constructor(world: ClientWorld, options: ClusterOptions) {
    this.#clock = world.clock;
    this.#options = options;
    this.#backoffMs = backoff(world.random.stream("client cluster"), retryBackoff);
    this.#turns = new Turns(world.clock, this.view, options.seeds);
    this.liveness = new Liveness(world);
    this.connections = new Connections(world.peers, options.clientId);
  }

  /** Resolves when a broker has answered; rejects with CONNECTION_FAILED once each seed has been tried. */
  async ready(): Promise<void> {
    const failures: unknown[] = [];
    for (const seed of this.#options.seeds) {
      try {
        const options = { timeoutMs: attemptTimeoutMs, headers: this.connections.headers };
        return this.view.fold(await callMethod(this.connections.to(seed), Log.describeTopics, {}, options));
      } catch (error) {
        if (this.ending.hasEnded) throw error;
        failures.push(error);
      }
    }
    throw new MillraceError("CONNECTION_FAILED", { addresses: this.#options.seeds.map(printAddress) }, { cause: failures.at(-1) });
  }

  /**
   * A topic, once it is known to exist; UNKNOWN_TOPIC_OR_PARTITION, or why the cluster could not be asked, after `timeoutMs`.
   *
   * @param options.create lets the cluster create it, where it does so by itself
   */
  async topic(name: string, options: { create: boolean; timeoutMs: number }): Promise<TopicView> {
    const deadlineMs = this.#clock.monotonicMs() + options.timeoutMs;
    for (let failures = 0; ; failures++) {
      const known = this.view.topic(name);
      if (known !== undefined) return known;
      const asked = this.refresh(name, options.create).then(() => this.view.errorOf(name), asError);
      const trouble = await within(this.#clock, deadlineMs - this.#clock.monotonicMs(), asked, undefined);
      if (this.view.topic(name) !== undefined) continue;
      const error = trouble ?? new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", { topic: name });
      const waitMs = this.#backoffMs(failures);
      if (!error.retriable || this.#clock.monotonicMs() + waitMs > deadlineMs) throw error;
      await sleep(this.#clock, waitMs, this.ending);
    }
  }

  /** Asks for a topic anew; what many ask for at about the same time is asked once. */
  refresh(name: string, create = false): Promise<void> {
    this.#wanted.set(name, create || this.#wanted.get(name) === true);
    this.#refresh ??= this.#refreshSoon();
    return this.#refresh;
  }

  /** A broker lets somebody wait for what others may know: for a while these are asked before it. */
  suspect(broker: Address): void {
    this.#turns.suspect(broker);
  }

  /**
   * Tries something, again and again while it may pass, until `timeoutMs` (`requestTimeoutMs`) are over. Rejects with what was thrown
   * last; at once with what another try would not change.
   *
   * @param options.firstTimeoutMs for the first attempt; each further one is given twice as long, up to what any attempt is given
   */
  async persist<Value>(
    attempt: (timeoutMs: number) => Promise<Value>,
    options: { readonly firstTimeoutMs?: number | undefined; readonly timeoutMs?: number | undefined } = {},
  ): Promise<Value> {
    const { firstTimeoutMs = attemptTimeoutMs, timeoutMs = this.#options.requestTimeoutMs } = options;
    this.liveness.enter();
    try {
      return await this.#persist(attempt, firstTimeoutMs, this.#clock.monotonicMs() + timeoutMs);
    } finally {
      this.liveness.leave();
    }
  }

  /**
   * Asks any broker, one after the other, until one answers or `requestTimeoutMs` have passed. Rejects with what the last one
   * said; at once where that says that another try would be no different.
   */
  ask<Request, Response>(
    method: UnaryMethod<Request, Response>,
    request: Draft<Request>,
    { firstTimeoutMs, done }: Asking<Response> = {},
  ): Promise<Response> {
    let isAgain = false;
    const attempt = async (timeoutMs: number) => {
      const options = { timeoutMs, headers: this.connections.headers };
      try {
        return await callMethod(this.connections.to(this.#turns.next), method, request, options);
      } catch (error) {
        if (isAgain && done !== undefined && codeOf(error) === done.code) return done.answer;
        isAgain = true;
        this.#turns.pass();
        throw error;
      }
    };
    return this.persist(attempt, { firstTimeoutMs });
  }

  close(): void {
    this.ending.end(new MillraceError("CLOSED"));
    this.connections.close();
  }

  async #persist<Value>(attempt: (timeoutMs: number) => Promise<Value>, firstTimeoutMs: number, deadlineMs: number): Promise<Value> {
    for (let failures = 0; ; failures++) {
      try {
        return await attempt(Math.min(firstTimeoutMs * 2 ** failures, attemptTimeoutMs, deadlineMs - this.#clock.monotonicMs()));
      } catch (error) {
        const waitMs = this.#backoffMs(failures);
        if (this.ending.hasEnded || !mayPass(error) || this.#clock.monotonicMs() + waitMs >= deadlineMs) throw error;
        await sleep(this.#clock, waitMs, this.ending);
      }
    }
  }

  async #refreshSoon(): Promise<void> {
    const waitMs = this.#refreshedMs + refreshIntervalMs - this.#clock.monotonicMs();
    if (waitMs > 0) await sleep(this.#clock, waitMs, this.ending);
    else await Promise.resolve(); // so that what is asked for in this turn goes along
    this.#refresh = undefined;
    this.#refreshedMs = this.#clock.monotonicMs();
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    for (const createMissing of [true, false]) {
      const names = wanted.filter(([, create]) => create === createMissing).map(([name]) => name);
      if (names.length > 0)
        this.view.fold(await this.ask(Log.describeTopics, { names, createMissing }, { firstTimeoutMs: knowledgeTimeoutMs }));
    }
  }
}

/** Whether the same request may succeed at another broker, or later. CLOSED comes from a broker that stops. */
export function mayPass(error: unknown): boolean {
  return error instanceof MillraceError && (error.retriable || error.code === "CLOSED");
}

function asError(error: unknown): MillraceError {
  if (error instanceof MillraceError) return error;
  throw error;
}
