import type { Clock } from "@millrace/runtime";
import { MillraceError, secondMs } from "@millrace/vocabulary";
import type { Cluster } from "../cluster/cluster.ts";
import type { Liveness } from "../liveness.ts";
import { withDefaults } from "../options.ts";
import type { Producer } from "../producer/producer.ts";
import type { AnyTopic } from "../topic.ts";
import { within } from "../waiting.ts";
import type { ClientWorld } from "../world.ts";
import { DeadLetters } from "./dead-letters.ts";
import { Decoder } from "./decoder.ts";
import type { Ordering } from "./dispatcher.ts";
import { GroupHolding } from "./group-holding.ts";
import type { HandlerContext } from "./handler-run.ts";
import type { Holding } from "./holding.ts";
import { Iteration } from "./iteration.ts";
import { type ConsumerOptions, consumerSettings, type ConsumerSettings } from "./options.ts";
import { PartitionHolding } from "./partition-holding.ts";
import { Reading } from "./reading.ts";
import { type Decision, type HandlerFailure, RunLoop } from "./run-loop.ts";

/** How `run` handles records. */
export interface RunOptions<Each> {
  /** Records that are handled at once. Default 1. */
  readonly concurrency?: number | undefined;
  /**
   * What is handled in order: the records of a `partition` (default), those of a `key`, or `none`. A record without a key is
   * in order with nothing under `key`.
   */
  readonly ordering?: Ordering | undefined;
  /** Says what to do with a record whose handler failed. Default: `stop`. */
  readonly onError?: ((failure: HandlerFailure<Each>) => Decision | Promise<Decision>) | undefined;
}

/** What a consumer needs of its client. */
export interface ConsumerParts {
  readonly cluster: Cluster;
  readonly world: ClientWorld;
  readonly topics: readonly AnyTopic[];
  readonly options: ConsumerOptions;
  readonly requestTimeoutMs: number;
  /** For dead letters. */
  readonly producer: () => Producer;
  /** Told when the consumer has closed. */
  readonly closed: () => void;
}

const closeTimeoutMs: number = 30 * secondMs;
/** Of the time to close, this much is kept for what comes after handlers have ended. */
const farewellShare = 0.25;
const concurrencyMax = 100_000;

/**
 * Reads records, by a loop over it or by `run`. What is done is committed, and nothing else: of each partition, as far as there
 * is no gap. What was not done comes again, to this consumer or to whoever has the partition then.
 */
export class Consumer<Each extends { readonly topic: string; readonly partition: number; readonly offset: number }>
  implements AsyncIterable<Each>, AsyncDisposable
{
  readonly #clock: Clock;
  readonly #liveness: Liveness;
  readonly #settings: ConsumerSettings;
  readonly #reading: Reading;
  readonly #holding: Holding;
  readonly #deadLetters: DeadLetters;
  readonly #decoder: Decoder;
  /** Who takes records at the moment. */
  #reader: Pick<RunLoop, "pump" | "stop" | "drain"> | undefined;
  #hasStarted = false;
  #closing: Promise<void> | undefined;
  /** Why the consumer cannot go on. */
  #failure: { readonly error: unknown } | undefined;
  /** Tells `run` that it is over. */
  #over: () => void = () => {};
  readonly #closed: () => void;

  constructor(parts: ConsumerParts) {
    const { cluster, world, topics, options } = parts;
    this.#clock = world.clock;
    this.#liveness = cluster.liveness;
    this.#closed = parts.closed;
    this.#settings = consumerSettings(options);
    this.#deadLetters = new DeadLetters(parts.producer);
    this.#decoder = new Decoder(this.#settings.undecodable, this.#deadLetters);
    this.#reading = new Reading(cluster, world, {
      topics,
      settings: this.#settings,
      isTracked: "group" in options,
      arrived: () => this.#reader?.pump(),
      failed: (error) => void this.#fail(error),
    });
    this.#holding = this.#holdingOf(parts);
  }

  /**
   * Calls the handler for each record, until the consumer closes. A record is done when the handler has returned; when it throws,
   * `onError` decides. Rejects, once the consumer has closed, with what stopped it: what a handler threw, RECORD_UNDECODABLE,
   * HANDLER_BLOCKED_EVENT_LOOP, or what the cluster refused it for.
   */
  async run(handle: (record: Each, context: HandlerContext) => unknown, options: RunOptions<Each> = {}): Promise<void> {
    const given = { concurrency: options.concurrency };
    const { concurrency } = withDefaults<{ concurrency: number }>(given, { concurrency: 1 }, { concurrency: [1, concurrencyMax] });
    this.#read(
      new RunLoop({
        clock: this.#clock,
        source: this.#reading.source,
        decoder: this.#decoder,
        deadLetters: this.#deadLetters,
        handle,
        onError: options.onError ?? (() => "stop"),
        concurrency,
        ordering: options.ordering ?? "partition",
        handlerTimeoutMs: this.#settings.handlerTimeoutMs,
        failed: (error) => void this.#fail(error),
      }),
    );
    await new Promise<void>((resolve) => void (this.#over = resolve));
    const failure = await this.#whyClosed();
    if (failure !== undefined) throw failure.error;
  }

  /**
   * Hands out one record after the other. Each is to be told `done`. Leaving the loop commits what is done; a new loop goes on
   * after the last record. Throws, once the consumer has closed, what stopped it.
   */
  [Symbol.asyncIterator](): AsyncIterator<Each, undefined> {
    const iteration = new Iteration({
      clock: this.#clock,
      source: this.#reading.source,
      decoder: this.#decoder,
      handlerTimeoutMs: this.#settings.handlerTimeoutMs,
      left: () => this.#left(iteration),
      failed: (error) => void this.#fail(error),
      closed: () => this.#whyClosed(),
    });
    this.#read(iteration);
    return iteration as unknown as AsyncIterator<Each, undefined>;
  }

  /** A record is done, and may be committed once those before it are. Harmless for one that is done, or of a partition that was lost. */
  done(record: Each): void {
    this.#reading.source.done(record.topic, record.partition, record.offset);
  }

  /** Commits what is done now; it is committed by itself from time to time, too. Rejects with what the coordinator says. */
  commit(): Promise<void> {
    return this.#holding.commit();
  }

  /**
   * Hands out no more, aborts the signals of handlers and waits for these to end, commits what is done, and leaves the group: all
   * within `timeoutMs` (30 s), whether brokers answer or not. Harmless when closed already.
   */
  close(options: { readonly timeoutMs?: number } = {}): Promise<void> {
    this.#closing ??= this.#close(options.timeoutMs ?? closeTimeoutMs);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #holdingOf({ cluster, world, topics, options, requestTimeoutMs }: ConsumerParts): Holding {
    const names = topics.map(({ name }) => name);
    const failed = (error: MillraceError) => void this.#fail(error);
    const settings = this.#settings;
    if (!("group" in options))
      return new PartitionHolding(cluster, this.#reading, {
        topics: names,
        partitions: options.partitions,
        settings,
        timeoutMs: requestTimeoutMs,
        failed,
      });
    const session = { ...settings, group: options.group, instanceId: options.instanceId, topics: names };
    const drained = () => this.#reader?.drain() ?? Promise.resolve();
    return new GroupHolding(cluster, world, this.#reading, { session, settings, drained, failed });
  }

  /** Lets a reader take records, and starts with the first one. */
  #read(reader: Pick<RunLoop, "pump" | "stop" | "drain">): void {
    if (this.#closing !== undefined) throw new MillraceError("CLOSED");
    if (this.#reader !== undefined) throw new MillraceError("INVALID_REQUEST", { reason: "the consumer is being read already" });
    this.#reader = reader;
    this.#liveness.enter();
    if (!this.#hasStarted) this.#holding.start();
    this.#hasStarted = true;
    reader.pump();
  }

  async #left(reader: Iteration): Promise<void> {
    if (this.#reader !== reader || this.#closing !== undefined) return;
    this.#reader = undefined;
    this.#liveness.leave();
    await this.#holding.commit().catch(() => {}); // tried again by the next commit
  }

  /** Resolves when the consumer has closed; to why, once, where that is to be thrown. */
  async #whyClosed(): Promise<{ readonly error: unknown } | undefined> {
    await this.#closing;
    const failure = this.#failure;
    this.#failure = undefined;
    return failure;
  }

  /** Closes, and tells the reader why. */
  #fail(error: unknown): Promise<void> {
    if (this.#closing === undefined) this.#failure = { error };
    return this.close().catch(() => {}); // what failed first is told
  }

  async #close(timeoutMs: number): Promise<void> {
    this.#reader?.stop();
    this.#reading.interrupt(new MillraceError("CLOSED"));
    const drained = this.#reader?.drain() ?? Promise.resolve();
    await within(this.#clock, timeoutMs * (1 - farewellShare), drained, undefined);
    if (this.#hasStarted) await this.#holding.end(timeoutMs * farewellShare);
    this.#reading.end();
    this.#over();
    this.#closed();
    if (this.#reader !== undefined) this.#liveness.leave();
  }
}
