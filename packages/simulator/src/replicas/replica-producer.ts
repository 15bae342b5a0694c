import { Unanswered } from "../brokers/clients/connection.ts";
import type { ReplicatedPartition } from "./model/replicated-partition.ts";
import type { ReplicaClient } from "./replica-client.ts";

interface ProducerIdentity {
  readonly id: number;
  readonly epoch: number;
}

/** The idempotent producer of one client: its id and, by partition, the sequence that comes next. */
export class ReplicaProducer {
  readonly #sequences = new Map<string, number>();
  #identity: ProducerIdentity | undefined;

  /** Its id, asked for where it has none. Rejects with Unanswered where none was given. */
  async identity(client: ReplicaClient): Promise<ProducerIdentity> {
    if (this.#identity !== undefined) return this.#identity;
    const request = { transactionalId: null, transactionTimeoutMs: 60_000 };
    const { errorCode, producerId, producerEpoch } = await client.ask(client.anyNode(), "InitProducerId", 4, request);
    if (errorCode !== 0) throw new Unanswered("InitProducerId", false);
    this.#sequences.clear();
    this.#identity = { id: producerId, epoch: producerEpoch };
    return this.#identity;
  }

  /** The sequence of the next record for a partition. */
  sequence({ name }: ReplicatedPartition): number {
    return this.#sequences.get(name) ?? 0;
  }

  /** So many records have got their sequences, whatever becomes of them. */
  advance(partition: ReplicatedPartition, records: number): void {
    this.#sequences.set(partition.name, this.sequence(partition) + records);
  }

  /** Goes on as another one: what it sent under its id is settled, or never will be. */
  renew(): void {
    this.#identity = undefined;
  }
}
