import type { ApiName } from "@millrace/protocol";
import type { Runtime } from "@millrace/runtime";
import type { Chance } from "@millrace/runtime/simulated";
import { codeOf } from "@millrace/vocabulary";
import { type AnswerTo, Connection, Unanswered } from "../brokers/clients/connection.ts";
import type { BrokerNode } from "../brokers/cluster/broker-node.ts";
import { drawByWeight } from "../plan.ts";
import type { ReplicatedPartition } from "./model/replicated-partition.ts";
import { replicasOperations } from "./operations/index.ts";
import { ReplicaProducer } from "./replica-producer.ts";
import type { ReplicasStage } from "./stage.ts";

/** How long a client waits to be let in, and for an answer. */
const connectTimeoutMs = 1_000;
const answerTimeoutMs = 5_000;

/** Who leads a partition as far as a client knows, and in which epoch. */
export interface KnownLeader {
  readonly node: BrokerNode;
  readonly leaderEpoch: number;
}

/** One client: a process on a machine of its own, with a connection to each broker, that does one operation after the other. */
export class ReplicaClient {
  readonly name: string;
  readonly stage: ReplicasStage;
  readonly runtime: Runtime;
  readonly chance: Chance;
  readonly producer: ReplicaProducer = new ReplicaProducer();
  readonly #connections = new Map<BrokerNode, Connection>();
  readonly #leaders = new Map<string, KnownLeader>();
  readonly #positions = new Map<string, number>();
  #isStopped = false;

  constructor(stage: ReplicasStage, name: string) {
    this.stage = stage;
    this.name = name;
    this.runtime = stage.world.process(name);
    this.chance = stage.chanceOf(name);
  }

  /** Goes on until it is stopped. A violation ends the run. */
  start(): void {
    this.#goOn().catch((error: unknown) => this.stage.run.fail(error));
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Asks a broker; rejects with Unanswered. */
  async ask<Name extends ApiName>(node: BrokerNode, name: Name, version: number, request: object): Promise<AnswerTo<Name>> {
    return (await this.#connect(node)).ask(name, version, request, answerTimeoutMs);
  }

  /** Any broker. */
  anyNode(): BrokerNode {
    return this.chance.pick(this.stage.cluster.nodes);
  }

  /** Who leads a partition, as this client knows it or is told; undefined: nobody that anybody knows of. */
  async leaderOf({ topicId, index, name }: ReplicatedPartition): Promise<KnownLeader | undefined> {
    const known = this.#leaders.get(name);
    if (known !== undefined) return known;
    const { topics } = await this.ask(this.anyNode(), "Metadata", 12, { topics: [{ topicId, name: null }] });
    const found = topics[0]?.partitions.find(({ partitionIndex }) => partitionIndex === index);
    const node = found && this.stage.cluster.node(found.leaderId);
    if (node === undefined) return undefined;
    const leader = { node, leaderEpoch: found!.leaderEpoch };
    this.#leaders.set(name, leader);
    return leader;
  }

  /** Another one may lead by now. */
  forgetLeader({ name }: ReplicatedPartition): void {
    this.#leaders.delete(name);
  }

  position({ name }: ReplicatedPartition): number {
    return this.#positions.get(name) ?? 0;
  }

  moveTo({ name }: ReplicatedPartition, offset: number): void {
    this.#positions.set(name, offset);
  }

  pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => void this.runtime.clock.timer(delayMs, resolve));
  }

  note(operation: string, outcome: string, number = 0): void {
    const { hash, marks } = this.stage.run;
    hash.note(`${this.name} ${operation} ${outcome}`);
    hash.noteNumber(number);
    marks.hit(`${operation}: ${outcome}`);
  }

  async #connect(node: BrokerNode): Promise<Connection> {
    const standing = this.#connections.get(node);
    if (standing?.isClosed === false) return standing;
    try {
      const socket = await this.runtime.sockets.connect({ host: node.name, port: node.port }, { timeoutMs: connectTimeoutMs });
      const connection = new Connection(socket, this.runtime.clock);
      this.#connections.set(node, connection);
      return connection;
    } catch (error) {
      if (codeOf(error) !== "CONNECTION_FAILED") throw error;
      throw new Unanswered("connect", false);
    }
  }

  async #goOn(): Promise<void> {
    const { plan, run } = this.stage;
    while (!this.#isStopped) {
      await this.pause(this.chance.within(plan.pauseMs));
      if (this.#isStopped) return;
      const operation = drawByWeight(plan.weights, this.chance);
      run.operations++;
      try {
        await replicasOperations[operation](this);
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error;
        this.note(operation, "unanswered");
      }
    }
  }
}
