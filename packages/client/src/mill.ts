import { type Addresses, MiB, minuteMs, MillraceError, parseAddresses, secondMs } from "@millrace/vocabulary";
import { Admin } from "./admin/admin.ts";
import { Cluster } from "./cluster/cluster.ts";
import { withDefaults } from "./options.ts";
import { Consumer } from "./consumer/consumer.ts";
import type { ConsumerOptions, RecordsOf } from "./consumer/options.ts";
import { type ProducerOptions, producerSettings } from "./producer/options.ts";
import { Producer } from "./producer/producer.ts";
import { realWorld } from "./real-world.ts";
import type { AnyTopic } from "./topic.ts";
import type { ClientWorld } from "./world.ts";

export interface MillOptions {
  /** What the client calls itself: shown by the cluster in groups and metrics. Printable ASCII. Default `millrace`. */
  readonly clientId?: string | undefined;
  /** Closes the client when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** Whether SIGINT and SIGTERM close the client before they end the process. Default true. */
  readonly signals?: boolean | undefined;
  /** How long administration and the like are tried, at one broker after another. Default 30 s. */
  readonly requestTimeoutMs?: number | undefined;
  /** The world it lives in. Default: the real one; for simulations. */
  readonly world?: ClientWorld | undefined;
}

/** A message from a broker may hold this much: more than a broker's turn, and the largest record. */
const messageBytesMax: number = 64 * MiB;
const closeTimeoutMs: number = 30 * secondMs;

/** Something that a client closes with itself. */
interface Closable {
  close(options: { readonly timeoutMs: number }): Promise<void>;
}

/** Connects to a cluster, by any of its brokers. Nothing happens before it is used; `ready` finds out at once whether a broker answers. */
export function connect(addresses: Addresses, options: MillOptions = {}): Mill {
  const { clientId, requestTimeoutMs } = withDefaults<{ clientId: string; requestTimeoutMs: number }>(
    { clientId: options.clientId, requestTimeoutMs: options.requestTimeoutMs },
    { clientId: "millrace", requestTimeoutMs: 30 * secondMs },
    { requestTimeoutMs: [1, 60 * minuteMs] },
  );
  if (!/^[\x20-\x7e]{0,255}$/.test(clientId))
    throw new MillraceError("CONFIGURATION_INVALID", { faults: ["clientId is printable ASCII, up to 255 characters"] });
  const world = options.world ?? realWorld({ messageBytesMax });
  const cluster = new Cluster(world, { seeds: parseAddresses(addresses), clientId, requestTimeoutMs });
  return new Mill(world, cluster, { ...options, requestTimeoutMs });
}

/** A client of one cluster: what its producers and consumers share. */
export class Mill implements AsyncDisposable {
  readonly admin: Admin;
  readonly #world: ClientWorld;
  readonly #cluster: Cluster;
  readonly #parts = new Set<Closable>();
  /** Listens no more to what may close it. */
  readonly #forget: () => void;
  readonly #requestTimeoutMs: number;
  #ownProducer: Producer | undefined;
  #closing: Promise<void> | undefined;

  constructor(
    world: ClientWorld,
    cluster: Cluster,
    { signal, signals = true, requestTimeoutMs }: MillOptions & { requestTimeoutMs: number },
  ) {
    this.#world = world;
    this.#cluster = cluster;
    this.#requestTimeoutMs = requestTimeoutMs;
    this.admin = new Admin(cluster, world.clock);
    const close = () => this.close().catch(() => {}); // told to whoever calls close
    const forgetStop = signals ? world.onStop(close) : () => {};
    signal?.addEventListener("abort", close);
    this.#forget = () => {
      forgetStop();
      signal?.removeEventListener("abort", close);
    };
    if (signal?.aborted === true) void close();
  }

  /** Resolves when a broker has answered. Rejects with CONNECTION_FAILED when none of the addresses does. */
  ready(): Promise<void> {
    return this.#cluster.ready();
  }

  /** A producer of its own: with its own buffer, and an order of its own. CONFIGURATION_INVALID for options out of their bounds. */
  producer(options?: ProducerOptions): Producer {
    const producer: Producer = new Producer(this.#cluster, this.#world, producerSettings(options), () => void this.#parts.delete(producer));
    return this.#with(producer);
  }

  /**
   * A consumer of topics: one of a group, which shares their partitions, or one of the partitions it is told. It begins when it is
   * read. CONFIGURATION_INVALID for options out of their bounds.
   */
  consumer<Of extends AnyTopic, const Options extends ConsumerOptions>(
    topics: readonly Of[],
    options: Options,
  ): Consumer<RecordsOf<Of, Options>> {
    const parts = { cluster: this.#cluster, world: this.#world, requestTimeoutMs: this.#requestTimeoutMs };
    const consumer: Consumer<RecordsOf<Of, Options>> = new Consumer({
      ...parts,
      topics,
      options,
      producer: () => this.#sharedProducer(),
      closed: () => void this.#parts.delete(consumer),
    });
    return this.#with(consumer);
  }

  /**
   * Closes every producer and consumer, within `timeoutMs` (30 s), then the connections. Rejects with what the first of them
   * rejected with. Ends in time whether brokers answer or not; harmless when closed already.
   */
  close(options: { readonly timeoutMs?: number } = {}): Promise<void> {
    this.#closing ??= this.#close(options.timeoutMs ?? closeTimeoutMs);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** For what the client itself sends: dead letters. */
  #sharedProducer(): Producer {
    this.#ownProducer ??= new Producer(this.#cluster, this.#world, producerSettings(undefined), () => {});
    return this.#ownProducer;
  }

  async #close(timeoutMs: number): Promise<void> {
    this.#forget();
    const closed = await Promise.allSettled([...this.#parts].map((part) => part.close({ timeoutMs })));
    await this.#ownProducer?.close({ timeoutMs: 0 }); // whoever sent by it has waited for it
    this.#cluster.close();
    const failed = closed.find((each) => each.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  #with<Part extends Closable>(part: Part): Part {
    if (this.#closing !== undefined) throw new MillraceError("CLOSED");
    this.#parts.add(part);
    return part;
  }
}
