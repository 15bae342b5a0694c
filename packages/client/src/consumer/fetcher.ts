import { errorOf } from "@millrace/contracts";
import { Isolation, type PartitionBatches } from "@millrace/contracts/log";
import type { Address, Clock } from "@millrace/runtime";
import { type ErrorCode, KiB, type MillraceError, printAddress, secondMs } from "@millrace/vocabulary";
import { type Cluster, mayPass } from "../cluster/cluster.ts";
import { backoff } from "../waiting.ts";
import type { ClientWorld } from "../world.ts";
import { ConsumeStream } from "./consume-stream.ts";
import { type Feed, LiveFeed } from "./feed.ts";
import { PartitionBuffer } from "./partition-buffer.ts";
import { type LeaderStream, SilentLeaders } from "./silent-leaders.ts";

/** A partition is granted this much at least, however many there are: less would come in drops. */
const creditBytesMin: number = 64 * KiB;
const retryBackoff = { firstMs: 50, lastMs: secondMs } as const;

/** Another broker may know better. */
const elsewhere: ReadonlySet<ErrorCode> = new Set(["UNKNOWN_TOPIC_ID", "UNKNOWN_TOPIC_OR_PARTITION", "CLOSED"]);

export interface FetcherOptions {
  readonly isolation: "read_committed" | "read_uncommitted";
  /** What all partitions together may have fetched ahead. */
  readonly prefetchBytesMax: number;
  /** Something has been fetched. */
  readonly arrived: (feed: Feed) => void;
  /** What is asked for lies outside the log: says where to go on instead, or rejects. */
  readonly outOfRange: (feed: Feed) => Promise<number>;
  /** A partition cannot be read. */
  readonly failed: (feed: Feed, error: MillraceError) => void;
}

/** Fetches partitions ahead of their reader, from whoever leads them, as far as credit goes. */
export class Fetcher {
  readonly #cluster: Cluster;
  readonly #clock: Clock;
  readonly #options: FetcherOptions;
  readonly #backoffMs: (failures: number) => number;
  readonly #feeds = new Set<LiveFeed>();
  readonly #streams = new Map<string, LeaderStream>();
  readonly #silent: SilentLeaders;

  constructor(cluster: Cluster, world: ClientWorld, options: FetcherOptions) {
    this.#cluster = cluster;
    this.#clock = world.clock;
    this.#options = options;
    this.#backoffMs = backoff(world.random.stream("client fetcher"), retryBackoff);
    this.#silent = new SilentLeaders({
      cluster,
      clock: world.clock,
      streams: () => this.#streams.values(),
      fedBy: (stream) => [...this.#feeds].filter((feed) => feed.isFedBy(stream)),
      moved: (feed) => this.#move(feed),
    });
  }

  /** Begins to fetch partitions, each from an offset. They share what may be fetched ahead. */
  add(partitions: readonly { readonly topic: string; readonly partition: number; readonly from: number }[]): Feed[] {
    const creditBytes = Math.max(creditBytesMin, Math.floor(this.#options.prefetchBytesMax / Math.max(1, partitions.length)));
    const feeds = partitions.map(({ topic, partition, from }) => new LiveFeed(topic, partition, new PartitionBuffer(from), creditBytes));
    for (const feed of feeds) {
      this.#feeds.add(feed);
      this.#connect(feed);
    }
    return feeds;
  }

  /** Ends everything that is fetched; what was, stays in its buffers. */
  clear(): void {
    for (const feed of this.#feeds) feed.disconnect();
    this.#feeds.clear();
    for (const { stream } of this.#streams.values()) stream.end();
    this.#streams.clear();
    this.#silent.rest();
  }

  /** Lets the broker send as much as has been read of the partition. */
  refill(feed: Feed): void {
    (feed as LiveFeed).refill();
  }

  #connect(feed: LiveFeed): void {
    if (!this.#feeds.has(feed)) return;
    const { view } = this.#cluster;
    const leader = view.leaderOf(feed.topic, feed.partition);
    const id = view.topic(feed.topic)?.id;
    if (leader === undefined || id === undefined) return this.#reconnect(feed);
    feed.connectTo(this.#streamTo(leader.address), {
      asked: {
        topicId: id,
        partition: feed.partition,
        from: feed.fetchFrom,
        isolation: this.#options.isolation === "read_committed" ? Isolation.READ_COMMITTED : Isolation.READ_UNCOMMITTED,
        leaderEpoch: leader.leaderEpoch < 0 ? undefined : leader.leaderEpoch,
        creditBytes: feed.creditBytes,
      },
      said: (said) => this.#said(feed, said),
      interrupted: (error) => this.#retry(feed, error),
    });
  }

  #streamTo(address: Address): ConsumeStream {
    const name = printAddress(address);
    const existing = this.#streams.get(name);
    if (existing !== undefined) return existing.stream;
    const { connections } = this.#cluster;
    const stream: ConsumeStream = new ConsumeStream(this.#clock, connections.to(address), connections.headers, () => {
      if (this.#streams.get(name)?.stream === stream) this.#streams.delete(name);
    });
    this.#streams.set(name, { address, stream });
    this.#silent.watch();
    return stream;
  }

  #said(feed: LiveFeed, said: PartitionBatches): void {
    if (!this.#feeds.has(feed)) return;
    if (said.failure !== null) return this.#failed(feed, errorOf(said.failure), said);
    feed.failures = 0;
    feed.took(said);
    this.#options.arrived(feed);
  }

  #failed(feed: LiveFeed, error: MillraceError, { leader }: PartitionBatches): void {
    feed.disconnect();
    const isHinted = leader !== null && this.#cluster.view.learn(feed.topic, feed.partition, leader);
    if (error.code === "OFFSET_OUT_OF_RANGE") return void this.#restart(feed);
    // Each hint that is followed is of a later leader epoch, so that two brokers cannot send a reader back and forth (KIP-951).
    if (isHinted) this.#connect(feed);
    else this.#retry(feed, error);
  }

  /** Goes on at the broker that leads now. */
  #move(feed: LiveFeed): void {
    feed.disconnect();
    this.#connect(feed);
  }

  async #restart(feed: LiveFeed): Promise<void> {
    try {
      feed.restartAt(await this.#options.outOfRange(feed));
      this.#connect(feed);
    } catch (error) {
      if (this.#feeds.has(feed)) this.#options.failed(feed, error as MillraceError);
    }
  }

  #retry(feed: LiveFeed, error: MillraceError): void {
    feed.disconnect();
    if (mayPass(error) || elsewhere.has(error.code)) this.#reconnect(feed);
    else if (this.#feeds.has(feed)) this.#options.failed(feed, error);
  }

  /** Asks anew who leads, and connects after a while. */
  #reconnect(feed: LiveFeed): void {
    if (this.#cluster.ending.hasEnded) return;
    this.#cluster.refresh(feed.topic).catch(() => {}); // seen when it is connected
    this.#clock.timer(this.#backoffMs(feed.failures++), () => this.#connect(feed));
  }
}
