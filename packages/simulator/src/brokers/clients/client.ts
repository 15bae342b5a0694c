import type { ApiName } from "@millrace/protocol";
import type { Runtime } from "@millrace/runtime";
import type { Chance } from "@millrace/runtime/simulated";
import { codeOf } from "@millrace/vocabulary";
import type { PartitionModel } from "../model/partition-model.ts";
import type { Send } from "../model/send.ts";
import { drawByWeight } from "../../plan.ts";
import { chanceOf, type Stage } from "../stage.ts";
import { type AnswerTo, Connection, Unanswered } from "./connection.ts";
import { Producer } from "./producer.ts";

/** How long a client waits to be let in, and for an answer. */
const connectTimeoutMs = 2_000;
const answerTimeoutMs = 4_000;
/** How long it waits before it tries to connect again. */
const reconnectMs = 200;

/** A produce request as it travelled, on a connection that may be closed by now. */
export interface SentProduce {
  readonly frame: readonly Uint8Array[];
  readonly send: Send;
  readonly isIdempotent: boolean;
  /** Of the model, when it was sent. */
  readonly age: number;
}

/** One client: a process on a machine of its own that does one operation after the other, each drawn by chance. */
export class Client {
  readonly name: string;
  readonly stage: Stage;
  readonly runtime: Runtime;
  readonly chance: Chance;
  /** Its idempotent producer. */
  readonly producer: Producer;
  /** What it sent last, to be sent once more. */
  lastProduce: SentProduce | undefined;
  readonly #positions = new Map<string, number>();
  #connection: Connection | undefined;
  #isStopped = false;

  /** @param life so that each life of a client's process draws anew */
  constructor(stage: Stage, name: string, life: number) {
    this.stage = stage;
    this.name = name;
    this.runtime = life === 0 ? stage.world.process(name) : stage.world.restart(name);
    this.chance = chanceOf(stage, `${name}, life ${life}`);
    this.producer = new Producer(this);
  }

  /** Goes on until it is stopped. A violation ends the run. */
  start(): void {
    this.#run().catch((error: unknown) => this.stage.fail(error));
  }

  /** Begins no more operations. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Asks, and notes what came of it; rejects with Unanswered. */
  async ask<Name extends ApiName>(name: Name, version: number, request: object, timeoutMs = answerTimeoutMs): Promise<AnswerTo<Name>> {
    const connection = await this.connect();
    return connection.ask(name, version, request, timeoutMs);
  }

  /** The connection that stands, or another. */
  async connect(): Promise<Connection> {
    if (this.#connection?.isClosed === false) return this.#connection;
    const [node] = this.stage.cluster.nodes;
    try {
      const address = { host: node!.name, port: node!.port };
      const socket = await this.runtime.sockets.connect(address, { timeoutMs: connectTimeoutMs });
      this.#connection = new Connection(socket, this.runtime.clock);
      return this.#connection;
    } catch (error) {
      if (codeOf(error) !== "CONNECTION_FAILED") throw error;
      await this.pause(reconnectMs);
      throw new Unanswered("connect", false);
    }
  }

  /** Where it reads a partition next. */
  position({ name }: PartitionModel): number {
    return this.#positions.get(name) ?? 0;
  }

  moveTo({ name }: PartitionModel, offset: number): void {
    this.#positions.set(name, offset);
  }

  /** Gives the connection up. */
  disconnect(): void {
    this.#connection?.close();
  }

  pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => void this.runtime.clock.timer(delayMs, resolve));
  }

  /** Notes an answer: for the hash of the run, and as a mark. */
  note(operation: string, outcome: string, number = 0): void {
    const { hash, marks } = this.stage;
    hash.note(`${this.name} ${operation} ${outcome}`);
    hash.noteNumber(number);
    marks.hit(`${operation}: ${outcome}`);
  }

  async #run(): Promise<void> {
    const { plan, operations } = this.stage;
    while (!this.#isStopped) {
      await this.pause(this.chance.within(plan.pauseMs));
      if (this.#isStopped) break;
      const operation = drawByWeight(plan.weights, this.chance);
      this.stage.begun();
      try {
        await operations[operation]!(this);
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error;
        this.note(operation, "unanswered");
      }
    }
  }
}
