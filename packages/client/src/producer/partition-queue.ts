import type { Compression } from "@millrace/records";
import { MillraceError } from "@millrace/vocabulary";
import { BatchBuilder, type SealedBatch } from "./batch-builder.ts";
import type { DeliveryOptions, Settled } from "./delivery.ts";
import { PartitionDelivery } from "./partition-delivery.ts";
import type { PendingRecord } from "./pending-record.ts";

/** A batch and whose records it holds. */
export interface QueuedBatch {
  readonly sealed: SealedBatch;
  readonly records: readonly PendingRecord[];
  readonly closedMs: number;
}

export interface QueueOptions extends DeliveryOptions {
  readonly compression: Compression;
  readonly batchBytesMax: number;
  readonly lingerMs: number;
  readonly deliveryTimeoutMs: number;
  /** Told when a batch takes no more records. */
  batchClosed(): void;
}

/** The records of one partition: those that still gather in a batch, and the batches on their way. */
export class PartitionQueue {
  readonly topic: string;
  readonly partition: number;
  readonly delivery: PartitionDelivery<QueuedBatch>;
  readonly #options: QueueOptions;
  #builder = new BatchBuilder();
  #records: PendingRecord[] = [];
  #openedMs = 0;
  #isFlushing = false;

  constructor(topic: string, partition: number, options: QueueOptions) {
    this.topic = topic;
    this.partition = partition;
    this.delivery = new PartitionDelivery(options);
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#records.length === 0 && this.delivery.isEmpty;
  }

  add(pending: PendingRecord, nowMs: number): void {
    if (this.#records.length > 0 && this.#builder.sizeBytes + pending.bufferBytes > this.#options.batchBytesMax) this.#close(nowMs);
    if (this.#records.length === 0) this.#openedMs = nowMs;
    this.#builder.append(pending.record);
    this.#records.push(pending);
  }

  /** Lets nothing linger until everything that is here now is on its way. */
  flush(): void {
    this.#isFlushing = this.#records.length > 0;
  }

  /** Closes the open batch where its time has come: it has lingered, and could be sent at once. Full ones are closed already. */
  closeDue(nowMs: number): void {
    const hasLingered = this.#isFlushing || nowMs >= this.#openedMs + this.#options.lingerMs;
    if (this.#records.length > 0 && this.delivery.hasRoom && hasLingered) this.#close(nowMs);
  }

  /** Gives up what is past its deadline. */
  expire(nowMs: number): Settled<QueuedBatch>[] {
    const isOpenExpired = this.#records.length > 0 && this.#records[0]!.deadlineMs <= nowMs;
    if (isOpenExpired) this.#close(nowMs);
    const { topic, partition } = this;
    const { deliveryTimeoutMs } = this.#options;
    return this.delivery.expire(nowMs, () => new MillraceError("REQUEST_TIMED_OUT", { topic, partition, deliveryTimeoutMs }));
  }

  /** Gives up everything. */
  abandon(error: MillraceError, nowMs: number): Settled<QueuedBatch>[] {
    if (this.#records.length > 0) this.#close(nowMs);
    return this.delivery.abandon(error);
  }

  /** When something is due that no event tells; undefined: nothing. */
  get dueMs(): number | undefined {
    const deliveryMs = this.delivery.dueMs;
    if (this.#records.length === 0) return deliveryMs;
    const lingeredMs = this.delivery.hasRoom ? this.#openedMs + this.#options.lingerMs : Infinity;
    return Math.min(deliveryMs ?? Infinity, lingeredMs, this.#records[0]!.deadlineMs);
  }

  #close(nowMs: number): void {
    const records = this.#records;
    const sealed = this.#builder.seal(this.#options.compression);
    this.delivery.add({ sealed, records, closedMs: nowMs }, records.length, records[0]!.deadlineMs);
    this.#builder = new BatchBuilder(this.#builder.sizeBytes);
    this.#records = [];
    this.#isFlushing = false;
    this.#options.batchClosed();
  }
}
