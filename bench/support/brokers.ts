import type { Competitor } from "./alternation.ts";
import type { Peer } from "./peer.ts";
import { PeerProcess } from "./peer-process.ts";
import { type ProcessFigures, together } from "./process-figures.ts";

/** What is started together and measured as one: a broker, or those of a cluster. They end at the latest with this process. */
export class Brokers implements Competitor {
  readonly name: string;
  readonly #processes: readonly PeerProcess[];

  private constructor(name: string, processes: readonly PeerProcess[]) {
    this.name = name;
    this.#processes = processes;
  }

  /** Starts the processes all at once, and waits for nothing. */
  static spawn(name: string, peers: readonly Peer[]): Brokers {
    return new Brokers(
      name,
      peers.map((peer) => PeerProcess.spawn(peer)),
    );
  }

  /** `host:port` of each, with commas between them. */
  get bootstrap(): string {
    return this.#processes.map(({ peer }) => peer.bootstrap).join(",");
  }

  get directories(): readonly string[] {
    return this.#processes.map(({ peer }) => peer.directory);
  }

  get metrics(): readonly string[] {
    return this.#processes.flatMap(({ peer }) => peer.metrics ?? []);
  }

  get cpuMs(): number {
    return this.figures.cpuMs;
  }

  get figures(): ProcessFigures {
    return together(this.#processes.map(({ figures }) => figures));
  }

  /** Throws, with the last it said, when a process has ended. */
  checkAlive(): void {
    for (const each of this.#processes) each.checkAlive();
  }

  /** Resolves when each broker serves. */
  async serving(): Promise<void> {
    await Promise.all(this.#processes.map((each) => each.serving()));
  }

  /** Stops all processes in order. */
  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((each) => each.stop()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
