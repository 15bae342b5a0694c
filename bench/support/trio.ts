import { setTimeout as sleep } from "node:timers/promises";
import { Network } from "../../e2e/chaos/cluster/network.ts";
import { ownerOfPort } from "../../e2e/chaos/cluster/socket-owner.ts";
import { createTopic } from "../../e2e/support/topics.ts";
import { WireClient } from "../../e2e/support/wire-client.ts";
import type { Competitor } from "./alternation.ts";
import type { PeerOptions } from "./peer.ts";
import { PeerProcess } from "./peer-process.ts";
import { prepareTrio, type TrioPeers } from "./trio-peers.ts";

/** What every broker of a cluster says within this time, or it is broken. */
const wholeMaxMs = 120_000;
const lookMs = 100;

/** Three brokers of one cluster, as processes that can be harmed. They end at the latest with this process. */
export class Trio implements Competitor {
  readonly name: string;
  readonly network: Network;
  readonly #peers: TrioPeers;
  readonly #running = new Map<number, PeerProcess>();
  /** Processor time of lives that have ended. */
  #goneCpuMs = 0;

  private constructor(name: string, network: Network, peers: TrioPeers) {
    this.name = name;
    this.network = network;
    this.#peers = peers;
  }

  /** Starts a cluster and resolves when each broker serves. */
  static async start(target: string, options: PeerOptions): Promise<Trio> {
    const pids = () => [...trio.#running].map(([id, { pid }]) => ({ id, pid }));
    const callerOf = (port: number) => {
      const owner = ownerOfPort(
        port,
        pids().map(({ pid }) => pid),
      );
      return pids().find(({ pid }) => pid === owner)?.id;
    };
    const network = new Network(callerOf);
    const trio: Trio = new Trio(target, network, await prepareTrio(target, network, options));
    for (const id of trio.ids) await trio.spawn(id);
    await Promise.all([...trio.#running.values()].map((running) => running.serving()));
    return trio;
  }

  get ids(): number[] {
    return [...this.#peers.keys()];
  }

  /** `host:port` of each, divided by commas. */
  get bootstrap(): string {
    return [...this.#peers.values()].map(({ bootstrap }) => bootstrap).join(",");
  }

  get cpuMs(): number {
    return [...this.#running.values()].reduce((sum, { cpuMs }) => sum + cpuMs, this.#goneCpuMs);
  }

  /** Starts a broker that does not run. */
  async spawn(id: number): Promise<void> {
    await this.network.appear(id);
    this.#running.set(id, PeerProcess.spawn(this.#peers.get(id)!));
  }

  /** Ends a broker as a crash does, or in order. */
  async end(id: number, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const running = this.#running.get(id)!;
    this.#goneCpuMs += running.cpuMs;
    // Who dials a process that is gone is refused; one that stops in order still answers.
    if (signal === "SIGKILL") this.network.vanish(id);
    await running.stop(signal);
    this.network.vanish(id);
    this.#running.delete(id);
  }

  signal(id: number, signal: "SIGSTOP" | "SIGCONT"): void {
    process.kill(this.#running.get(id)!.pid, signal);
  }

  /** Cuts a broker off from the others; clients reach it. */
  isolate(id: number): void {
    for (const other of this.ids.filter((each) => each !== id)) {
      this.network.set(id, other, { isCut: true });
      this.network.set(other, id, { isCut: true });
    }
  }

  async createTopic(name: string, partitions: number): Promise<void> {
    using client = await this.#client();
    await createTopic(client, name, { partitions, replicationFactor: this.ids.length });
  }

  /** By partition: who leads it. */
  async leaders(topic: string): Promise<number[]> {
    using client = await this.#client();
    const { topics } = await client.ask("Metadata", 9, { topics: [{ name: topic }] });
    return topics[0]!.partitions.toSorted((a, b) => a.partitionIndex - b.partitionIndex).map(({ leaderId }) => leaderId);
  }

  /** Resolves when every replica of a topic is in sync. */
  async whole(topic: string): Promise<void> {
    for (const startMs = performance.now(); performance.now() - startMs < wholeMaxMs; await sleep(lookMs)) {
      const isWhole = await this.#isWhole(topic).catch(() => false);
      if (isWhole) return;
    }
    throw new Error(`${this.name}: replicas of ${topic} are not in sync after ${wholeMaxMs} ms`);
  }

  /** The controller that decides. Metadata says only whom clients may ask, which is anybody. */
  async activeController(): Promise<number> {
    return (await this.#quorum()).leaderId;
  }

  /** The term of the controllers, and the leader epochs of a topic's partitions, all together. */
  async epochs(topic: string): Promise<{ readonly term: number; readonly leaderEpochs: number }> {
    using client = await this.#client();
    const { topics } = await client.ask("Metadata", 9, { topics: [{ name: topic }] });
    const leaderEpochs = topics[0]!.partitions.reduce((sum, { leaderEpoch }) => sum + leaderEpoch, 0);
    return { term: (await this.#quorum()).leaderEpoch, leaderEpochs };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running.values()].map((running) => running.stop()));
    this.network.close();
  }

  async #isWhole(topic: string): Promise<boolean> {
    using client = await this.#client();
    const { brokers, topics } = await client.ask("Metadata", 9, { topics: [{ name: topic }] });
    return brokers.length === this.ids.length && topics[0]!.partitions.every(({ isrNodes }) => isrNodes.length === this.ids.length);
  }

  async #quorum() {
    using client = await this.#client();
    const partitions = [{ partitionIndex: 0 }];
    const { topics } = await client.ask("DescribeQuorum", 1, { topics: [{ topicName: "__cluster_metadata", partitions }] });
    return topics[0]!.partitions[0]!;
  }

  /** A connection to any broker that runs. */
  async #client(): Promise<WireClient> {
    for (const { peer } of this.#running.values()) {
      const client = await WireClient.connect(peer.bootstrap).catch(() => undefined);
      if (client !== undefined) return client;
    }
    throw new Error(`${this.name}: no broker can be reached`);
  }
}
