import type { Address, Clock, Timer } from "@millrace/runtime";
import { printAddress, secondMs } from "@millrace/vocabulary";
import type { Cluster } from "../cluster/cluster.ts";
import type { ProducerSettings } from "./options.ts";
import { ProduceStream, type Sending } from "./produce-stream.ts";

/** A broker that has not answered after so long may lead no more: others are asked who does. */
const patienceMs: number = secondMs;
/** From then on others are asked so often. */
const askAgainMs = 200;

interface LeaderStream {
  readonly address: Address;
  readonly stream: ProduceStream;
}

export interface LeaderStreamsOptions {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly settings: ProducerSettings;
}

/**
 * A Produce stream to each broker that leads something. One that stands still, or is cut off from its cluster, does not say so: its
 * connection stays, and nothing is answered. What waits there is given up as soon as another broker is known to lead instead.
 */
export class LeaderStreams {
  readonly #options: LeaderStreamsOptions;
  readonly #streams = new Map<string, LeaderStream>();
  #timer: Timer | undefined;

  constructor(options: LeaderStreamsOptions) {
    this.#options = options;
  }

  send(address: Address, sendings: readonly Sending[]): void {
    this.#to(address).send(sendings, this.#options.clock.monotonicMs());
    this.#timer ??= this.#options.clock.timer(patienceMs, () => this.#look());
  }

  close(): void {
    this.#timer?.cancel();
    for (const { stream } of this.#streams.values()) stream.end();
  }

  #to(address: Address): ProduceStream {
    const name = printAddress(address);
    const existing = this.#streams.get(name);
    if (existing !== undefined) return existing.stream;
    const { cluster, settings } = this.#options;
    const { headers } = cluster.connections;
    const stream = new ProduceStream(cluster.connections.to(address), headers, settings, () => void this.#streams.delete(name));
    this.#streams.set(name, { address, stream });
    return stream;
  }

  #look(): void {
    this.#timer = undefined;
    const streams = [...this.#streams.values()];
    for (const each of streams) this.#lookAt(each);
    if (streams.some(({ stream }) => stream.isWaiting)) this.#timer = this.#options.clock.timer(askAgainMs, () => this.#look());
  }

  #lookAt({ address, stream }: LeaderStream): void {
    const { cluster, clock } = this.#options;
    const { view } = cluster;
    const overdue = new Set(stream.waitingSince(clock.monotonicMs() - patienceMs));
    if (overdue.size === 0) return;
    cluster.suspect(address);
    // What comes of it is seen the next time.
    for (const name of new Set([...overdue].map(({ topic }) => topic))) cluster.refresh(name).catch(() => {});
    stream.giveUp((sending) => overdue.has(sending) && view.isLedElsewhere(sending.topic, sending.entry.partition, address));
  }
}
