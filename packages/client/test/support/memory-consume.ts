import { decodeMessage, type Draft, encodeConsumeResponse, failureOf } from "@millrace/contracts";
import { ConsumeRequest, type Leader, Log, type Subscribe } from "@millrace/contracts/log";
import type { PeerMethod, PeerStream } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";
import type { MemoryLog } from "./memory-log.ts";

/** Where partitions are found. */
export interface Places {
  locate(broker: number, named: { readonly topic: string; readonly topicId: Buffer; readonly partition: number }): MemoryLog;
  sentBytes: number;
  /** What the partitions' other brokers do reaches one that stands still, too, since they share them: it says nothing of it. */
  isPaused(broker: number): boolean;
  leaderDraft(log: MemoryLog): Draft<Leader>;
}

/** Log.Consume of one broker. */
export function consumeMethod(cluster: Places, broker: number): PeerMethod {
  return { kind: "stream", path: Log.consume.path, handle: (stream) => void new MemoryConsume(cluster, broker, stream) };
}

interface Subscription {
  readonly log: MemoryLog;
  readonly full: number;
  credit: number;
  next: number;
  release(): void;
}

class MemoryConsume {
  readonly #cluster: Places;
  readonly #broker: number;
  readonly #stream: PeerStream;
  readonly #subscriptions = new Map<number, Subscription>();

  constructor(cluster: Places, broker: number, stream: PeerStream) {
    this.#cluster = cluster;
    this.#broker = broker;
    this.#stream = stream;
    stream.receive({
      message: (message) => this.#message(message),
      ended: () => stream.end(),
      drained: () => {},
      closed: () => this.#close(),
    });
  }

  #message(message: Buffer): void {
    const { unsubscribe, subscribe, credit } = decodeMessage(ConsumeRequest, message);
    for (const number of unsubscribe) this.#remove(number);
    for (const asked of subscribe) this.#subscribe(asked);
    for (const { subscription, bytes } of credit) {
      const granted = this.#subscriptions.get(subscription);
      if (granted === undefined) continue;
      granted.credit += bytes;
      this.#pump(subscription, granted);
    }
  }

  #subscribe({ subscription, from, creditBytes, ...asked }: Subscribe): void {
    try {
      const log = this.#cluster.locate(this.#broker, asked);
      const release = log.watch(() => {
        const its = this.#subscriptions.get(subscription);
        if (its !== undefined && !this.#cluster.isPaused(this.#broker)) this.#pump(subscription, its);
      });
      const its = { log, full: creditBytes, credit: creditBytes, next: from, release };
      this.#subscriptions.set(subscription, its);
      if (!this.#pump(subscription, its)) this.#say(subscription, its, []);
    } catch (error) {
      this.#fail(subscription, error as MillraceError);
    }
  }

  #pump(number: number, its: Subscription): boolean {
    if (its.log.leader !== this.#broker) {
      this.#fail(number, new MillraceError("NOT_LEADER_OR_FOLLOWER"), its.log);
      return true;
    }
    if (its.next < its.log.logStart || its.next > its.log.end) {
      this.#fail(number, new MillraceError("OFFSET_OUT_OF_RANGE", { offset: its.next }));
      return true;
    }
    const { batches, next } = its.log.read(its.next, its.credit, its.credit >= its.full);
    if (batches.length === 0) return false;
    its.next = next;
    its.credit -= batches.reduce((sum, { length }) => sum + length, 0);
    this.#cluster.sentBytes += batches.reduce((sum, { length }) => sum + length, 0);
    this.#say(number, its, batches);
    return true;
  }

  #say(subscription: number, { log, next }: Subscription, batches: Buffer[]): void {
    const bounds = { logStart: log.logStart, highWatermark: log.end, lastStableOffset: log.end, nextOffset: next };
    this.#stream.send(encodeConsumeResponse([{ subscription, ...bounds, batches }]));
  }

  #fail(subscription: number, error: MillraceError, log?: MemoryLog): void {
    this.#remove(subscription);
    const leader = log === undefined ? undefined : this.#cluster.leaderDraft(log);
    this.#stream.send(encodeConsumeResponse([{ subscription, failure: failureOf(error), leader }]));
  }

  #remove(number: number): void {
    this.#subscriptions.get(number)?.release();
    this.#subscriptions.delete(number);
  }

  #close(): void {
    for (const number of this.#subscriptions.keys()) this.#remove(number);
  }
}
