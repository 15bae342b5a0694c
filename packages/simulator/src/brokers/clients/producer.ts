import type { PartitionModel } from "../model/partition-model.ts";
import type { Client } from "./client.ts";

/** The idempotent producer of one client: its id and, by partition, the sequence that comes next. */
export class Producer {
  readonly #client: Client;
  readonly #sequences = new Map<string, number>();
  /** How often each partition had lost records when this producer first wrote to it. */
  readonly #losses = new Map<string, number>();
  #identity: { readonly id: number; readonly epoch: number; readonly age: number } | undefined;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Its id, asked for where it has none; undefined where none was given. */
  async identity(): Promise<{ readonly id: number; readonly epoch: number } | undefined> {
    const { age } = this.#client.stage.model;
    if (this.#identity?.age === age) return this.#identity;
    const request = { transactionalId: null, transactionTimeoutMs: 60_000 };
    const { errorCode, producerId, producerEpoch } = await this.#client.ask("InitProducerId", 4, request);
    if (errorCode !== 0) return undefined;
    this.#sequences.clear();
    this.#losses.clear();
    this.#identity = { id: producerId, epoch: producerEpoch, age };
    return this.#identity;
  }

  /** The sequence of the next record for a partition. */
  sequence({ name }: PartitionModel): number {
    return this.#sequences.get(name) ?? 0;
  }

  /** So many records have got their sequences, whatever becomes of them. */
  advance(partition: PartitionModel, records: number): void {
    if (!this.#losses.has(partition.name)) this.#losses.set(partition.name, partition.losses);
    this.#sequences.set(partition.name, this.sequence(partition) + records);
  }

  /** Whether a partition may have lost something that this producer wrote to it. */
  mayMiss({ name, losses }: PartitionModel): boolean {
    return this.#losses.get(name) !== losses;
  }

  /** Goes on as another one: what it sent under its id is settled, or never will be. */
  renew(): void {
    this.#identity = undefined;
  }
}
