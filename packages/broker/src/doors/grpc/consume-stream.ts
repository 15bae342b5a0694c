import { decodeMessage, encodeConsumeResponse, type PartitionBatchesDraft } from "@millrace/contracts";
import { ConsumeRequest, Log, type Subscribe } from "@millrace/contracts/log";
import type { Partition } from "@millrace/replication";
import type { MemoryAccount, PeerMethod, PeerStream, PeerStreamReceiver } from "@millrace/runtime";
import { MiB, MillraceError } from "@millrace/vocabulary";
import type { Broker } from "../../broker.ts";
import { Guard } from "../../guard.ts";
import { Subscription } from "./subscription.ts";
import { contextOf } from "./unary.ts";

/** The most partitions that one stream may read. */
const subscriptionsMax = 100_000;

/** What one turn reads for one stream: more would hold the loop, and memory that the socket cannot take anyway. */
const turnBytesMax = 4 * MiB;

/** Log.Consume: partitions are read as long as their credit lasts; what is found in one turn goes out in one message. */
export function consumeMethod(broker: Broker, listener: string): PeerMethod {
  return {
    kind: "stream",
    path: Log.consume.path,
    handle(stream, call) {
      const guard = new Guard({ resource: "topic", access: "read", quota: "fetch" }, broker, contextOf(broker, listener, call));
      stream.receive(new ConsumeStream(broker, stream, guard));
    },
  };
}

class ConsumeStream implements PeerStreamReceiver {
  readonly #broker: Broker;
  readonly #stream: PeerStream;
  readonly #guard: Guard;
  readonly #account: MemoryAccount;
  readonly #subscriptions = new Map<number, Subscription>();
  /** Which subscription reads a partition: a stream reads each once. */
  readonly #readers = new Map<Partition, number>();
  #pending: PartitionBatchesDraft[] = [];
  #pendingBytes = 0;
  #blockedBytes = 0;
  #isBlocked = false;
  #isClosed = false;

  constructor(broker: Broker, stream: PeerStream, guard: Guard) {
    this.#broker = broker;
    this.#stream = stream;
    this.#guard = guard;
    this.#account = broker.memory.account("response");
  }

  message(bytes: Buffer): void {
    try {
      const { unsubscribe, subscribe, credit } = decodeMessage(ConsumeRequest, bytes);
      for (const number of unsubscribe) this.#remove(number);
      for (const asked of subscribe) this.#subscribe(asked);
      for (const { subscription, bytes: granted } of credit) this.#subscriptions.get(subscription)?.grant(granted);
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      this.#stream.reset(error);
      this.closed();
    }
  }

  #subscribe(asked: Subscribe): void {
    const number = asked.subscription;
    if (this.#subscriptions.size >= subscriptionsMax) throw new MillraceError("INVALID_REQUEST", { subscriptionsMax });
    if (this.#subscriptions.has(number)) throw new MillraceError("INVALID_REQUEST", { subscription: number, reason: "in use" });
    const subscription = new Subscription(asked, {
      broker: this.#broker,
      guard: this.#guard,
      isBlocked: () => this.#isBlocked || this.#pendingBytes >= turnBytesMax,
      send: (draft, bytes) => this.#send(draft, bytes),
      found: (partition) => this.#takeOver(partition, number),
      ended: () => this.#remove(number),
    });
    this.#subscriptions.set(number, subscription);
    subscription.begin();
  }

  /** A newer subscription to a partition ends the one before. */
  #takeOver(partition: Partition, number: number): void {
    const former = this.#readers.get(partition);
    if (former !== undefined) this.#remove(former);
    this.#readers.set(partition, number);
  }

  #remove(number: number): void {
    const subscription = this.#subscriptions.get(number);
    if (subscription === undefined) return;
    subscription.end();
    this.#subscriptions.delete(number);
    if (subscription.partition !== undefined) this.#readers.delete(subscription.partition);
  }

  #send(draft: PartitionBatchesDraft, bytes: number): void {
    this.#pending.push(draft);
    this.#pendingBytes += bytes;
    this.#account.charge(bytes);
    if (this.#pending.length === 1) this.#broker.clock.afterTurn(() => this.#flush());
  }

  #flush(): void {
    const [pending, bytes] = [this.#pending, this.#pendingBytes];
    this.#pending = [];
    this.#pendingBytes = 0;
    if (!this.#isClosed && !this.#stream.send(encodeConsumeResponse(pending))) {
      this.#isBlocked = true;
      this.#blockedBytes += bytes;
      return;
    }
    this.#account.release(bytes);
    if (bytes >= turnBytesMax) this.#pumpAll();
  }

  #pumpAll(): void {
    for (const subscription of this.#subscriptions.values()) subscription.pump();
  }

  drained(): void {
    this.#account.release(this.#blockedBytes);
    this.#blockedBytes = 0;
    this.#isBlocked = false;
    this.#pumpAll();
  }

  ended(): void {
    this.closed();
  }

  closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const number of this.#subscriptions.keys()) this.#remove(number);
    this.#account.release(this.#blockedBytes);
    this.#blockedBytes = 0;
    this.#stream.end();
  }
}
