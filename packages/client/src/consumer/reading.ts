import type { Clock } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";
import type { Cluster } from "../cluster/cluster.ts";
import { Ending } from "../ending.ts";
import type { AnyTopic } from "../topic.ts";
import type { ClientWorld } from "../world.ts";
import type { Feed } from "./feed.ts";
import { Fetcher } from "./fetcher.ts";
import type { ConsumerSettings } from "./options.ts";
import { Progress } from "./progress.ts";
import { type HeldPartition, Source } from "./source.ts";
import { type Beginning, beginningOffsets } from "./starting.ts";

export interface ReadingOptions {
  readonly topics: readonly AnyTopic[];
  readonly settings: ConsumerSettings;
  /** Whether it is tracked what is done, to be committed. */
  readonly isTracked: boolean;
  /** There may be something to take. */
  readonly arrived: () => void;
  /** A partition cannot be read. */
  readonly failed: (error: MillraceError) => void;
}

/** What a consumer reads at the moment: partitions that are held, fetched ahead, and handed out by `source`. */
export class Reading {
  readonly source: Source;
  readonly #cluster: Cluster;
  readonly #clock: Clock;
  readonly #options: ReadingOptions;
  readonly #fetcher: Fetcher;

  constructor(cluster: Cluster, world: ClientWorld, options: ReadingOptions) {
    this.#cluster = cluster;
    this.#clock = world.clock;
    this.#options = options;
    this.source = new Source((feed) => this.#fetcher.refill(feed));
    this.#fetcher = new Fetcher(cluster, world, {
      isolation: options.settings.isolation,
      prefetchBytesMax: options.settings.prefetchBytesMax,
      arrived: (feed) => {
        this.source.arrived(feed);
        options.arrived();
      },
      outOfRange: (feed) => this.#restartingAt(feed),
      failed: (_, error) => options.failed(error),
    });
  }

  /**
   * Begins to read partitions, in place of those before. Rejects where it cannot be found out where to begin.
   *
   * @param isWanted asked before anything is changed, since that may take a while
   */
  async begin(beginnings: readonly Beginning[], isWanted: () => boolean): Promise<void> {
    const offsets = await beginningOffsets(this.#cluster, this.#clock, beginnings, this.#isReadCommitted);
    if (!isWanted()) return;
    const feeds = this.#fetcher.add(offsets);
    this.source.hold(feeds.map((feed, index) => this.#hold(feed, offsets[index]!.from)));
    this.#options.arrived();
  }

  /** Fetches and hands out no more, and tells those who work on records why. What is done may still be committed. */
  interrupt(reason: MillraceError): void {
    this.source.suspend();
    this.#fetcher.clear();
    for (const { lost } of this.source.held) lost.end(reason);
  }

  /** Lets go of the partitions. */
  end(): void {
    this.#fetcher.clear();
    this.source.hold([]);
  }

  get #isReadCommitted(): boolean {
    return this.#options.settings.isolation === "read_committed";
  }

  #hold(feed: Feed, from: number): HeldPartition {
    const topic = this.#options.topics.find(({ name }) => name === feed.topic)!;
    const progress = this.#options.isTracked ? new Progress(from) : undefined;
    return { topic, partition: feed.partition, feed, progress, lost: new Ending() };
  }

  /** What was to be read is not there: by the rule for where to begin. */
  async #restartingAt({ topic, partition, buffer }: Feed): Promise<number> {
    const { from } = this.#options.settings;
    if (from === "none") throw new MillraceError("OFFSET_OUT_OF_RANGE", { topic, partition, offset: buffer.position });
    const [beginning] = await beginningOffsets(this.#cluster, this.#clock, [{ topic, partition, from }], this.#isReadCommitted);
    return beginning!.from;
  }
}
