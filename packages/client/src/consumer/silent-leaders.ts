import { type Address, type Clock, type Timer } from "@millrace/runtime";
import { secondMs } from "@millrace/vocabulary";
import type { Cluster } from "../cluster/cluster.ts";
import type { ConsumeStream } from "./consume-stream.ts";
import type { LiveFeed } from "./feed.ts";

/** A leader of whom nothing has been heard for so long may lead no more: others are asked who does. */
const patienceMs: number = secondMs;
/** From then on others are asked so often: no more than a client that polls would ask for records. */
const askAgainMs = 500;

/** A stream to a broker that leads something. */
export interface LeaderStream {
  readonly address: Address;
  readonly stream: ConsumeStream;
}

export interface SilentLeadersOptions {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly streams: () => Iterable<LeaderStream>;
  /** What a stream feeds. */
  readonly fedBy: (stream: ConsumeStream) => readonly LiveFeed[];
  /** Another broker is known to lead this one. */
  readonly moved: (feed: LiveFeed) => void;
}

/**
 * Leaves leaders that stand still, or are cut off from their cluster: these do not say so, their connection stays, and nothing comes. A
 * partition without new records looks the same, so others are asked before anything is done.
 */
export class SilentLeaders {
  readonly #options: SilentLeadersOptions;
  #timer: Timer | undefined;

  constructor(options: SilentLeadersOptions) {
    this.#options = options;
  }

  /** Something is being fetched. */
  watch(): void {
    this.#timer ??= this.#options.clock.timer(patienceMs, () => this.#look());
  }

  /** Nothing is fetched any more. */
  rest(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #look(): void {
    this.#timer = this.#options.clock.timer(askAgainMs, () => this.#look());
    for (const leader of this.#options.streams()) this.#lookAt(leader);
  }

  #lookAt({ address, stream }: LeaderStream): void {
    const { cluster, clock, fedBy } = this.#options;
    if (!stream.isSilentSince(clock.monotonicMs() - patienceMs)) return;
    cluster.suspect(address);
    const leave = () => this.#leave(address, fedBy(stream));
    // Where nobody answers the next look asks again.
    for (const name of new Set(fedBy(stream).map(({ topic }) => topic))) cluster.refresh(name).then(leave, () => {});
  }

  #leave(address: Address, feeds: readonly LiveFeed[]): void {
    const { cluster, moved } = this.#options;
    for (const feed of feeds) if (cluster.view.isLedElsewhere(feed.topic, feed.partition, address)) moved(feed);
  }
}
