import { type Draft, encodeFromLeader, type PushDraft } from "@millrace/contracts";
import type { Answer, LeaderHello } from "@millrace/contracts/replication";
import type { Clock, MemoryAccount, PeerStream, Timer } from "@millrace/runtime";
import { catchUpBytesMax, creditBytesMax, entriesPerMessage, newsDelayMs, readBytesMax, readsMax, turnBytesMax } from "./pace.ts";
import { PushQueue } from "./push-queue.ts";
import type { PushedPartition } from "./pushed-partition.ts";

export interface PusherParts {
  readonly stream: PeerStream;
  readonly clock: Clock;
  /** Holds what has been taken from logs and not been sent. */
  readonly account: MemoryAccount;
}

/**
 * What goes out on one stream to a follower. What is found in one turn of all partitions leaves in one message, within the credit
 * and as long as the transport takes it; those in sync come first, and who catches up has half of the credit at most.
 */
export class Pusher {
  readonly #parts: PusherParts;
  readonly #queue = new PushQueue<PushedPartition>();
  readonly #holding = new Set<PushedPartition>();
  #hello: Draft<LeaderHello> | undefined;
  #answers: Draft<Answer>[] = [];
  readonly #news = new Set<PushedPartition>();
  #newsTimer: Timer | undefined;
  #creditBytes = 0;
  #blockedBytes = 0;
  #isBlocked = false;
  #isAsked = false;
  #isClosed = false;
  #sentSinceExchange = false;

  constructor(parts: PusherParts) {
    this.#parts = parts;
  }

  greet(hello: Draft<LeaderHello>): void {
    this.#hello = hello;
    this.#ask();
  }

  answer(answer: Draft<Answer>): void {
    this.#answers.push(answer);
    this.#ask();
  }

  /** The follower takes so many bytes more. */
  grant(bytes: number): void {
    if (bytes <= 0) return;
    this.#creditBytes = Math.min(this.#creditBytes + bytes, creditBytesMax);
    this.#ask();
  }

  wants(pushed: PushedPartition): void {
    this.#queue.add(pushed, pushed.isFirst);
    this.#ask();
  }

  forget(pushed: PushedPartition): void {
    this.#queue.remove(pushed);
    this.#news.delete(pushed);
    this.#letGo(pushed);
  }

  /** The marks of a partition have moved: the follower hears of it with the next batches, or soon without. */
  hasNews(pushed: PushedPartition): void {
    this.#news.add(pushed);
    this.#newsTimer ??= this.#parts.clock.timer(newsDelayMs, () => {
      this.#newsTimer = undefined;
      this.#tellNews();
    });
  }

  /** Says that this side is there, where it said nothing lately. */
  exchange(): void {
    if (!this.#isBlocked && !this.#sentSinceExchange) this.#send([], 0);
    this.#sentSinceExchange = false;
  }

  /** The transport takes more again. */
  drained(): void {
    this.#parts.account.release(this.#blockedBytes);
    this.#blockedBytes = 0;
    this.#isBlocked = false;
    this.#ask();
  }

  close(): void {
    this.#isClosed = true;
    this.#parts.account.release(this.#blockedBytes);
    this.#blockedBytes = 0;
    this.#newsTimer?.cancel();
    for (const pushed of this.#holding) this.#letGo(pushed);
  }

  #tellNews(): void {
    const marks: PushDraft[] = [];
    for (const pushed of this.#news) {
      if (this.#isBlocked || marks.length >= entriesPerMessage) break;
      this.#news.delete(pushed);
      if (pushed.hasNews) marks.push(pushed.marks());
    }
    if (marks.length > 0) this.#send(marks, 0);
    const [next] = this.#news;
    if (next !== undefined) this.hasNews(next);
  }

  #ask(): void {
    if (this.#isAsked || this.#isClosed) return;
    this.#isAsked = true;
    this.#parts.clock.afterTurn(() => {
      this.#isAsked = false;
      if (!this.#isClosed) this.#flush();
    });
  }

  #flush(): void {
    const pushes: PushDraft[] = [];
    let bytes = 0;
    while (bytes < turnBytesMax && pushes.length < entriesPerMessage) {
      const pushed = this.#next();
      if (pushed === undefined) return this.#send(pushes, bytes);
      const sent = pushed.push(Math.min(readBytesMax, turnBytesMax - bytes, this.#creditBytes));
      this.#hold(pushed);
      if (pushed.isDue) this.#queue.add(pushed, pushed.isFirst);
      if (sent === undefined) continue;
      pushes.push(sent.draft);
      bytes += sent.bytes;
      this.#creditBytes -= sent.bytes;
    }
    this.#send(pushes, bytes);
    this.#ask();
  }

  #next(): PushedPartition | undefined {
    if (this.#isBlocked || this.#creditBytes <= 0) return undefined;
    return this.#queue.take(this.#creditBytes > creditBytesMax - catchUpBytesMax && this.#holding.size < readsMax);
  }

  #send(pushes: readonly PushDraft[], bytes: number): void {
    const [hello, answers] = [this.#hello, this.#answers];
    if (pushes.length === 0 && answers.length === 0 && hello === undefined && this.#sentSinceExchange) return;
    this.#hello = undefined;
    this.#answers = [];
    this.#sentSinceExchange = true;
    // Answers stand before pushes: what is pushed to a subscription follows its acceptance.
    const message = { ...(hello !== undefined && { hello }), answers, pushes };
    if (this.#parts.stream.send(encodeFromLeader(message))) return;
    this.#isBlocked = true;
    this.#blockedBytes += bytes;
    this.#parts.account.charge(bytes);
  }

  #hold(pushed: PushedPartition): void {
    if (!pushed.isHolding) return this.#letGo(pushed);
    if (this.#holding.has(pushed)) return;
    this.#holding.add(pushed);
    this.#parts.account.charge(readBytesMax);
  }

  #letGo(pushed: PushedPartition): void {
    if (this.#holding.delete(pushed)) this.#parts.account.release(readBytesMax);
  }
}
