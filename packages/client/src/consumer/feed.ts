import type { Draft } from "@millrace/contracts";
import type { PartitionBatches, Subscribe } from "@millrace/contracts/log";
import type { ConsumeStream, Subscriber } from "./consume-stream.ts";
import { PartitionBuffer } from "./partition-buffer.ts";

/** What is fetched of one partition. */
export interface Feed {
  readonly topic: string;
  readonly partition: number;
  readonly buffer: PartitionBuffer;
}

/** A feed and the subscription that fills it. */
export class LiveFeed implements Feed {
  readonly topic: string;
  readonly partition: number;
  readonly creditBytes: number;
  /** In a row. */
  failures = 0;
  #buffer: PartitionBuffer;
  #stream: ConsumeStream | undefined;
  #subscription = 0;
  /** Where the next batch to be fetched begins. */
  #fetchFrom: number;
  /** What came by former subscriptions and has not been read: the present one does not owe it. */
  #formerBytes = 0;

  constructor(topic: string, partition: number, buffer: PartitionBuffer, creditBytes: number) {
    this.topic = topic;
    this.partition = partition;
    this.creditBytes = creditBytes;
    this.#buffer = buffer;
    this.#fetchFrom = buffer.position;
  }

  get buffer(): PartitionBuffer {
    return this.#buffer;
  }

  get fetchFrom(): number {
    return this.#fetchFrom;
  }

  connectTo(
    stream: ConsumeStream,
    { asked, ...subscriber }: { readonly asked: Draft<Omit<Subscribe, "subscription">> } & Subscriber,
  ): void {
    this.#stream = stream;
    this.#formerBytes = this.#buffer.sizeBytes;
    this.#subscription = stream.subscribe(asked, subscriber);
  }

  isFedBy(stream: ConsumeStream): boolean {
    return this.#stream === stream;
  }

  disconnect(): void {
    this.#stream?.unsubscribe(this.#subscription);
    this.#stream = undefined;
  }

  took(said: PartitionBatches): void {
    this.#buffer.add(said);
    this.#fetchFrom = said.nextOffset;
  }

  restartAt(offset: number): void {
    this.#buffer = new PartitionBuffer(offset);
    this.#fetchFrom = offset;
  }

  refill(): void {
    const freedBytes = this.#buffer.takeFreedBytes();
    const formerBytes = Math.min(freedBytes, this.#formerBytes);
    this.#formerBytes -= formerBytes;
    if (freedBytes > formerBytes) this.#stream?.grant(this.#subscription, freedBytes - formerBytes);
  }
}
