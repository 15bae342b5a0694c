import { recordBodyBytes, type RecordToWrite } from "@millrace/records";
import type { Clock } from "@millrace/runtime";
import { MiB, MillraceError, secondMs } from "@millrace/vocabulary";
import type { Cluster } from "../cluster/cluster.ts";
import type { TopicView } from "../cluster/view.ts";
import type { Liveness } from "../liveness.ts";
import type { AnyTopic, Message } from "../topic.ts";
import { backoff, within } from "../waiting.ts";
import type { ClientWorld } from "../world.ts";
import { BufferRoom } from "./buffer-room.ts";
import { Era } from "./era.ts";
import { Failures } from "./failures.ts";
import type { ProducerSettings } from "./options.ts";
import { encodeRecord } from "./outgoing-record.ts";
import { Partitioner } from "./partitioner.ts";
import type { PendingRecord, Sent } from "./pending-record.ts";
import { Placing } from "./placing.ts";
import { Sender } from "./sender.ts";

/** The largest record that is taken: beyond, it would not fit a message to the broker. */
const recordBytesMax: number = 8 * MiB;
/** What a record takes of the buffer beside its bytes. */
const overheadBytes = 64;
const retryBackoff = { firstMs: 50, lastMs: secondMs } as const;
const closeTimeoutMs: number = 30 * secondMs;

/**
 * Sends records. With acks `all` or `leader` it is idempotent: however often the connection breaks, a record is appended once, and
 * those of one partition in the order in which they were sent.
 */
export class Producer implements AsyncDisposable {
  readonly #clock: Clock;
  readonly #liveness: Liveness;
  readonly #settings: ProducerSettings;
  readonly #room: BufferRoom;
  readonly #placing: Placing;
  readonly #partitioner: Partitioner;
  readonly #sender: Sender;
  readonly #failures = new Failures();
  #era = new Era();
  /** Resolves when everything up to the last flush is settled. */
  #flushed: Promise<unknown> = Promise.resolve();
  /** Records whose codecs are asynchronous, and those behind them. */
  #encoding: Promise<unknown> | undefined;
  #closing: Promise<void> | undefined;
  readonly #closed: () => void;

  /** @param closed told when the producer has closed */
  constructor(cluster: Cluster, world: ClientWorld, settings: ProducerSettings, closed: () => void) {
    this.#closed = closed;
    this.#clock = world.clock;
    this.#liveness = cluster.liveness;
    this.#settings = settings;
    const random = world.random.stream("client producer");
    this.#room = new BufferRoom(settings.bufferBytesMax);
    this.#placing = new Placing(cluster, settings.deliveryTimeoutMs);
    this.#partitioner = new Partitioner(random);
    this.#sender = new Sender({
      cluster,
      clock: world.clock,
      settings,
      backoffMs: backoff(random, retryBackoff),
      batchClosed: (topic, partition) => this.#partitioner.batchClosed(topic, partition),
    });
  }

  /**
   * Sends a record and resolves when it is acknowledged. Rejects with RECORD_INVALID where its schema refuses it, with BUFFER_FULL
   * where the buffer has no room, with REQUEST_TIMED_OUT after `deliveryTimeoutMs` (it may be in the log or not), and with what
   * the broker refused it for.
   */
  async send<Of extends AnyTopic>(topic: Of, message: Message<Of>): Promise<Sent> {
    const era = this.#join();
    let bufferBytes = 0;
    try {
      const record = await this.#inTurn(encodeRecord(topic, message, this.#clock.wallMs()));
      const needed = bufferBytesOf(topic, record);
      if (!this.#room.take(needed)) throw this.#room.full(needed);
      bufferBytes = needed;
      return await new Promise<Sent>((delivered, failed) => {
        this.#deliver(topic.name, message.partition, era, { record, bufferBytes: needed, delivered, failed });
      });
    } finally {
      this.#room.release(bufferBytes);
      this.#leave(era);
    }
  }

  /**
   * Takes a record and resolves when there is room for it. Rejects with RECORD_INVALID where its schema refuses it, and with
   * CLOSED. What happens to it later is told by `flush`.
   */
  async enqueue<Of extends AnyTopic>(topic: Of, message: Message<Of>): Promise<void> {
    const era = this.#join();
    try {
      const record = await this.#inTurn(encodeRecord(topic, message, this.#clock.wallMs()));
      const bufferBytes = bufferBytesOf(topic, record);
      if (!this.#room.take(bufferBytes)) await this.#room.wait(bufferBytes);
      const settled = () => {
        this.#room.release(bufferBytes);
        this.#leave(era);
      };
      const failed = (error: MillraceError) => {
        this.#failures.add({ topic: topic.name, key: record.key, error });
        settled();
      };
      this.#deliver(topic.name, message.partition, era, { record, bufferBytes, delivered: settled, failed });
    } catch (error) {
      this.#leave(era);
      throw error;
    }
  }

  /**
   * Sends what was taken before, and resolves when all of it is acknowledged. Rejects with one DELIVERY_FAILED that names every
   * record which was enqueued since the last flush and could not be delivered.
   */
  async flush(): Promise<void> {
    await this.#settled();
    this.#failures.raise();
  }

  /**
   * Flushes, within `timeoutMs` (30 s), and gives up the rest with CLOSED. Takes no more records. Rejects as `flush` does.
   * Ends in time whether brokers answer or not; harmless when closed already.
   */
  close(options: { readonly timeoutMs?: number } = {}): Promise<void> {
    this.#closing ??= this.#close(options.timeoutMs ?? closeTimeoutMs);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(timeoutMs: number): Promise<void> {
    const closed = new MillraceError("CLOSED", { timeoutMs });
    this.#room.close(closed);
    await within(this.#clock, timeoutMs, this.#settled(), undefined);
    this.#placing.close(closed);
    this.#sender.close(closed);
    await this.#flushed;
    this.#closed();
    this.#failures.raise();
  }

  /** A record is on its way, until it leaves its era. */
  #join(): Era {
    if (this.#closing !== undefined) throw new MillraceError("CLOSED");
    this.#liveness.enter();
    this.#era.recordOpened();
    return this.#era;
  }

  #leave(era: Era): void {
    this.#liveness.leave();
    era.recordSettled();
  }

  /** Records keep the order of their calls, though one be encoded later than the next. */
  #inTurn(encoded: RecordToWrite | Promise<RecordToWrite>): RecordToWrite | Promise<RecordToWrite> {
    if (this.#encoding === undefined && !(encoded instanceof Promise)) return encoded;
    const before = this.#encoding;
    const turn = (async () => {
      await before?.catch(() => {}); // told to whoever sent it
      return encoded;
    })();
    this.#encoding = turn;
    const over = () => {
      if (this.#encoding === turn) this.#encoding = undefined;
    };
    turn.then(over, over);
    return turn;
  }

  /** Sends what is here now, and resolves when it is settled. */
  #settled(): Promise<unknown> {
    const era = this.#era;
    this.#era = new Era();
    era.end();
    this.#sender.flush();
    this.#flushed = Promise.all([this.#flushed, era.settled]);
    return this.#flushed;
  }

  /** @param asked the partition, where it was named */
  #deliver(topic: string, asked: number | undefined, era: Era, destined: Omit<PendingRecord, "deadlineMs">): void {
    const pending = { ...destined, deadlineMs: this.#clock.monotonicMs() + this.#settings.deliveryTimeoutMs };
    const place = (view: TopicView) => {
      this.#add(view, asked, pending);
      if (era.isOver) this.#sender.flush();
    };
    this.#placing.whenKnown(topic, { place, failed: pending.failed });
  }

  #add(view: TopicView, asked: number | undefined, pending: PendingRecord): void {
    try {
      this.#sender.add(view.name, this.#partitioner.choose(view, pending.record.key, asked), pending);
    } catch (error) {
      pending.failed(error as MillraceError);
    }
  }
}

function bufferBytesOf(topic: AnyTopic, record: RecordToWrite): number {
  const bytes = recordBodyBytes(record, 0, 0) + overheadBytes;
  if (bytes > recordBytesMax) throw new MillraceError("MESSAGE_TOO_LARGE", { topic: topic.name, recordBytes: bytes, recordBytesMax });
  return bytes;
}
