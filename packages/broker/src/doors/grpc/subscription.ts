import type { PartitionBatchesDraft } from "@millrace/contracts";
import type { Subscribe } from "@millrace/contracts/log";
import type { Isolation, Partition } from "@millrace/replication";
import type { LogRead } from "@millrace/storage";
import { KiB, LeaderEpoch, MillraceError, Offset, unknownLeaderEpoch } from "@millrace/vocabulary";
import type { Broker } from "../../broker.ts";
import type { Guard } from "../../guard.ts";
import { checkOffset } from "../../operations/offset-bounds.ts";
import { locatePartition, type TopicRef } from "../../operations/locate.ts";
import { failureDraft, leaderDraft, topicRef } from "./drafts.ts";

/** One read takes no more, so that partitions of one stream take turns. */
const readBytesMax = 512 * KiB;
const readCommitted = 1;

/** What a subscription asks of its stream. */
export interface SubscriptionSurroundings {
  readonly broker: Broker;
  readonly guard: Guard;
  /** Whether the stream takes no more for now; `pump` is called when it does again. */
  isBlocked(): boolean;
  send(draft: PartitionBatchesDraft, bytes: number): void;
  /** It is about this partition; called before anything is read. */
  found(partition: Partition): void;
  /** It has ended by itself, and said why. */
  ended(): void;
}

/** One partition of one stream: reads on whenever there is something to read, credit to send it, and room in the stream. */
export class Subscription {
  readonly #number: number;
  readonly #topic: TopicRef;
  readonly #index: number;
  readonly #isolation: Isolation;
  readonly #leaderEpoch: LeaderEpoch;
  /** What may be sent while nothing is: the credit of the beginning. */
  readonly #creditBytesFull: number;
  readonly #surroundings: SubscriptionSurroundings;
  #creditBytes: number;
  #next: Offset;
  #partition: Partition | undefined;
  #release = () => {};
  #lastBytes = 0;
  #isReading = false;
  /** Something came while a read was under way that may let the next one bring more: credit, records, room. */
  #isDueAgain = false;
  #hasEnded = false;
  #hasSpoken = false;

  constructor(asked: Subscribe, surroundings: SubscriptionSurroundings) {
    this.#number = asked.subscription;
    this.#topic = topicRef(asked.topic, asked.topicId);
    this.#index = asked.partition;
    this.#isolation = asked.isolation === readCommitted ? "read_committed" : "read_uncommitted";
    this.#leaderEpoch = asked.leaderEpoch === null ? unknownLeaderEpoch : LeaderEpoch(asked.leaderEpoch);
    this.#creditBytesFull = asked.creditBytes;
    this.#creditBytes = asked.creditBytes;
    this.#next = Offset(asked.from);
    this.#surroundings = surroundings;
  }

  /** Starts to read; a subscription that is not possible says so and ends. */
  begin(): void {
    try {
      const { broker, guard } = this.#surroundings;
      const partition = locatePartition(broker, this.#topic, this.#index);
      this.#partition = partition;
      this.#surroundings.found(partition);
      guard.check(partition.topic);
      partition.checkLeader(this.#leaderEpoch);
      this.#release = partition.observe({ advanced: () => this.pump(), lost: (_, error) => this.#fail(error) });
      this.pump();
      if (!this.#hasSpoken && !this.#isReading && !this.#hasEnded) this.#say({}, 0);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** What it is about; undefined where there is no such partition here. */
  get partition(): Partition | undefined {
    return this.#partition;
  }

  grant(bytes: number): void {
    if (bytes > 0) this.#creditBytes += bytes;
    this.pump();
  }

  /** Sends nothing more. */
  end(): void {
    this.#hasEnded = true;
    this.#release();
  }

  /** Reads, if everything that takes is there. */
  pump(): void {
    const partition = this.#partition;
    if (this.#isReading) this.#isDueAgain = true;
    if (partition === undefined || this.#isReading || this.#hasEnded || this.#surroundings.isBlocked()) return;
    const upTo = partition.readableEnd(this.#isolation);
    const firstBatchWhole = this.#creditBytes >= this.#creditBytesFull;
    try {
      checkOffset(this.#surroundings.broker.controller, partition, this.#next);
    } catch (error) {
      return this.#fail(error);
    }
    if (this.#next >= upTo || (this.#creditBytes <= 0 && !firstBatchWhole)) return;
    this.#isReading = true;
    this.#isDueAgain = false;
    void this.#read(partition, { bytesMax: Math.min(Math.max(this.#creditBytes, 0), readBytesMax), upTo, firstBatchWhole });
  }

  async #read(partition: Partition, options: { bytesMax: number; upTo: Offset; firstBatchWhole: boolean }): Promise<void> {
    try {
      const from = this.#next;
      const reading = partition.log.read(from, options);
      const read = reading instanceof Promise ? await reading : reading;
      const isCommittedReader = this.#isolation === "read_committed" && read.bytes > 0;
      const aborted = isCommittedReader ? await partition.log.abortedTransactions(from, read.nextOffset) : [];
      if (!this.#hasEnded) this.#take(read, aborted);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#isReading = false;
    }
    if (!this.#hasEnded && (this.#isDueAgain || this.#hasProgressed(partition))) this.pump();
  }

  /** Whether the last read brought something; a batch that waits for credit would be read in vain. */
  #hasProgressed(partition: Partition): boolean {
    return this.#lastBytes > 0 && this.#next < partition.readableEnd(this.#isolation);
  }

  #take({ parts, bytes, pinnedBytes, nextOffset }: LogRead, aborted: readonly { producerId: number; firstOffset: number }[]): void {
    this.#lastBytes = bytes;
    if (bytes === 0) return;
    this.#next = nextOffset;
    this.#creditBytes -= bytes;
    this.#say(
      { batches: parts, aborted: aborted.map(({ producerId, firstOffset }) => ({ producerId, firstOffset })) },
      Math.max(bytes, pinnedBytes),
    );
  }

  #say(draft: PartitionBatchesDraft, bytes: number): void {
    this.#hasSpoken = true;
    const { log, highWatermark, lastStableOffset } = this.#partition!;
    this.#surroundings.send(
      { subscription: this.#number, logStart: log.logStart, highWatermark, lastStableOffset, nextOffset: this.#next, ...draft },
      bytes,
    );
  }

  #fail(error: unknown): void {
    if (this.#hasEnded) return;
    const failure = failureDraft(error);
    this.end();
    const { broker, guard } = this.#surroundings;
    const leader = leaderDraft(broker, guard.context, error as MillraceError);
    this.#surroundings.send({ subscription: this.#number, failure, leader, nextOffset: this.#next }, 0);
    this.#surroundings.ended();
  }
}
