import type { StoredRecord } from "@millrace/records";
import type { Ending } from "../ending.ts";
import { Fifo } from "../fifo.ts";
import type { AnyTopic } from "../topic.ts";
import type { Feed } from "./feed.ts";
import { Progress } from "./progress.ts";

/** A partition of which more records than this are handed out and not done gives no more until some are. */
const openMax = 100_000;

/** A partition that this consumer reads, until it is lost. */
export interface HeldPartition {
  readonly topic: AnyTopic;
  readonly partition: number;
  readonly feed: Feed;
  /** Undefined: nothing is committed. */
  readonly progress: Progress | undefined;
  /** It is given back or lost. */
  readonly lost: Ending;
}

/** A record and where it comes from. */
export interface Item {
  readonly held: HeldPartition;
  readonly stored: StoredRecord;
}

/** Hands out the records that have been fetched, of one partition after the other, and knows which are done. */
export class Source {
  readonly #refill: (feed: Feed) => void;
  #held = new Map<string, HeldPartition>();
  /** Partitions that may have something. */
  #ready = new Fifo<HeldPartition>();
  #inReady = new Set<HeldPartition>();
  #isSuspended = false;

  /** @param refill told after something of a feed was read */
  constructor(refill: (feed: Feed) => void) {
    this.#refill = refill;
  }

  get held(): Iterable<HeldPartition> {
    return this.#held.values();
  }

  /** Takes partitions, in place of those before. */
  hold(held: readonly HeldPartition[]): void {
    this.#isSuspended = false;
    this.#held = new Map(held.map((each) => [nameOf(each.topic.name, each.partition), each]));
    this.#ready = new Fifo();
    this.#inReady = new Set();
    for (const each of held) this.#isReady(each);
  }

  /** Hands out no more, until it holds other partitions. */
  suspend(): void {
    this.#isSuspended = true;
  }

  /** Something of this feed has been fetched. */
  arrived(feed: Feed): void {
    const held = this.#held.get(nameOf(feed.topic, feed.partition));
    if (held?.feed === feed) this.#isReady(held);
  }

  /** The next record. Undefined: there is none for now. CORRUPT_MESSAGE where a batch is broken. */
  take(): Item | undefined {
    if (this.#isSuspended) return undefined;
    for (let held = this.#ready.shift(); held !== undefined; held = this.#ready.shift()) {
      this.#inReady.delete(held);
      if ((held.progress?.open ?? 0) >= openMax) continue;
      const stored = held.feed.buffer.next();
      this.#refill(held.feed);
      if (stored === undefined) {
        held.progress?.skippedTo(held.feed.buffer.position);
        continue;
      }
      if (held.progress !== undefined && stored.offset < held.progress.position) held.progress.restart(stored.offset);
      held.progress?.handedOut(stored.offset);
      this.#isReady(held);
      return { held, stored };
    }
    return undefined;
  }

  done(topic: string, partition: number, offset: number): void {
    const held = this.#held.get(nameOf(topic, partition));
    held?.progress?.done(offset);
    if (held !== undefined) this.#isReady(held);
  }

  #isReady(held: HeldPartition): void {
    if (this.#inReady.has(held)) return;
    this.#inReady.add(held);
    this.#ready.push(held);
  }
}

function nameOf(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}
