import { encodeBatch } from "@millrace/records";
import { encodeMessage } from "@millrace/contracts";
import { ConsumeRequest } from "@millrace/contracts/log";
import type { Partition } from "@millrace/replication";
import { MemoryBudget, type PeerStream, type PeerStreamReceiver } from "@millrace/runtime";
import { simulatedWorld } from "@millrace/runtime/simulated";
import { permissiveAuthorizer, unlimitedQuotas } from "@millrace/security";
import { MiB, MillraceError } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import type { Broker } from "../src/broker.ts";
import { consumeMethod } from "../src/doors/grpc/consume-stream.ts";
import { ledPartitions } from "./support/led-partitions.ts";

/** One stream of Log.Consume, to a broker that leads three partitions of `orders`. */
class ConsumedStream {
  readonly resets: string[] = [];
  /** How many observers each partition has. */
  readonly observers = [0, 0, 0];
  /** Messages to the client. */
  sent = 0;
  partitions: readonly Partition[] = [];
  readonly world = simulatedWorld(1);
  #receiver!: PeerStreamReceiver;

  static async open(): Promise<ConsumedStream> {
    const stream = new ConsumedStream();
    const runtime = stream.world.process("broker");
    const partitions = await ledPartitions(stream.world, runtime, "orders", stream.observers.length);
    stream.partitions = partitions;
    for (const partition of partitions) stream.#count(partition);
    const broker = {
      clock: runtime.clock,
      memory: new MemoryBudget(() => 64 * MiB),
      authorizer: permissiveAuthorizer,
      quotas: unlimitedQuotas,
      image: { topics: { byName: () => ({ id: partitions[0]!.topicId, name: "orders", partitions }) }, brokers: new Map() },
      replicas: { partition: (_: unknown, index: number) => partitions[index] },
    };
    const method = consumeMethod(broker as never as Broker, "PLAINTEXT");
    if (method.kind === "stream") method.handle(stream.#peer(), { headers: new Map() } as never);
    return stream;
  }

  subscribe(subscription: number, partition: number, creditBytes = 1000): void {
    const subscribe = [{ subscription, topic: "orders", partition, from: 0, creditBytes }];
    this.#receiver.message(encodeMessage(ConsumeRequest, { subscribe }));
  }

  grant(subscription: number, bytes: number): void {
    this.#receiver.message(encodeMessage(ConsumeRequest, { credit: [{ subscription, bytes }] }));
  }

  #count(partition: Partition): void {
    const observe = partition.observe.bind(partition);
    partition.observe = (observer) => {
      const release = observe(observer);
      this.observers[partition.index]!++;
      return () => {
        this.observers[partition.index]!--;
        release();
      };
    };
  }

  #peer(): PeerStream {
    return {
      receive: (receiver) => (this.#receiver = receiver),
      send: () => ++this.sent > 0,
      unsentBytes: 0,
      pause: () => {},
      resume: () => {},
      end: () => {},
      reset: (error: MillraceError) => this.resets.push(error.code),
    } as PeerStream;
  }
}

test("a partition that is subscribed to again is read for the newer subscription alone", async () => {
  const stream = await ConsumedStream.open();
  stream.subscribe(1, 0);
  stream.subscribe(2, 1);
  stream.subscribe(3, 0);
  expect([stream.observers, stream.resets]).toEqual([[1, 1, 0], []]);
});

test("a stream that gives one number to two subscriptions ends, and nothing of it stays behind", async () => {
  const stream = await ConsumedStream.open();
  stream.subscribe(1, 0);
  stream.subscribe(1, 1);
  expect([stream.observers, stream.resets]).toEqual([[0, 0, 0], ["INVALID_REQUEST"]]);
});

test("credit that comes while a read is under way, which found too little of it, brings what follows", async () => {
  const stream = await ConsumedStream.open();
  const [partition] = stream.partitions as [Partition];
  const batch = () => encodeBatch([{ key: null, value: Buffer.alloc(50), timestamp: 1 }]);
  for (let count = 0; count < 2; count++) partition.append(batch(), { acks: 1, origin: "client" });
  await stream.world.settle();
  const { log } = partition;
  const ends: (() => void)[] = [];
  const readFromMemory = log.read.bind(log);
  log.read = (from, options) => {
    const read = readFromMemory(from, options);
    return new Promise((resolve) => ends.push(() => resolve(read)));
  };
  const endRead = async () => {
    ends.shift()!();
    await stream.world.settle();
  };
  const bytes = batch().length;
  stream.subscribe(1, 0, bytes + 1);
  await endRead();
  stream.grant(1, bytes);
  await endRead();
  expect([stream.sent, ends.length]).toEqual([1, 1]);
  await endRead();
  expect(stream.sent).toBe(2);
});
