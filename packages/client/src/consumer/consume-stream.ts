import { decodeConsumeResponse, type Draft, encodeMessage } from "@millrace/contracts";
import { ConsumeRequest, type Credit, Log, type PartitionBatches, type Subscribe } from "@millrace/contracts/log";
import type { Clock, PeerChannel, PeerStream } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";

/** Who is told what a subscription says. */
export interface Subscriber {
  said(batches: PartitionBatches): void;
  /** The stream is of no more use. */
  interrupted(error: MillraceError): void;
}

/** What goes out at the end of the turn. */
interface Request {
  readonly unsubscribe: number[];
  readonly subscribe: Draft<Subscribe>[];
  readonly credit: Draft<Credit>[];
}

/** A Consume stream to one broker. What is asked of it in one turn goes out in one message. */
export class ConsumeStream {
  readonly #clock: Clock;
  readonly #stream: PeerStream;
  readonly #closed: () => void;
  readonly #subscribers = new Map<number, Subscriber>();
  #nextSubscription = 1;
  #request: Request | undefined;
  /** When something came, or was asked for, last. */
  #heardMs: number;

  /** @param closed told when the stream is of no more use, before its subscribers are */
  constructor(clock: Clock, channel: PeerChannel, headers: ReadonlyMap<string, string>, closed: () => void) {
    this.#clock = clock;
    this.#closed = closed;
    this.#heardMs = clock.monotonicMs();
    this.#stream = channel.stream(Log.consume.path, { headers });
    this.#stream.receive({
      message: (message) => this.#message(message),
      ended: () => this.#stream.end(),
      drained: () => {},
      closed: (reason) => this.#end(reason === undefined ? new MillraceError("CLOSED") : new MillraceError(reason.code, reason.facts)),
    });
  }

  /** Whether somebody reads, and nothing has come since then, of any partition. */
  isSilentSince(ms: number): boolean {
    return this.#subscribers.size > 0 && this.#heardMs <= ms;
  }

  /** Begins to read; returns the number of the subscription. */
  subscribe(asked: Draft<Omit<Subscribe, "subscription">>, subscriber: Subscriber): number {
    const subscription = this.#nextSubscription++;
    this.#heardMs = this.#clock.monotonicMs();
    this.#subscribers.set(subscription, subscriber);
    this.#ask().subscribe.push({ ...asked, subscription });
    return subscription;
  }

  unsubscribe(subscription: number): void {
    if (this.#subscribers.delete(subscription)) this.#ask().unsubscribe.push(subscription);
  }

  grant(subscription: number, bytes: number): void {
    if (this.#subscribers.has(subscription)) this.#ask().credit.push({ subscription, bytes });
  }

  end(): void {
    this.#stream.end();
  }

  #ask(): Request {
    if (this.#request === undefined) this.#clock.afterTurn(() => this.#send());
    this.#request ??= { unsubscribe: [], subscribe: [], credit: [] };
    return this.#request;
  }

  #send(): void {
    const request = this.#request;
    this.#request = undefined;
    if (request !== undefined) this.#stream.send([encodeMessage(ConsumeRequest, request)]);
  }

  #message(message: Buffer): void {
    this.#heardMs = this.#clock.monotonicMs();
    for (const said of this.#decode(message)) {
      const subscriber = this.#subscribers.get(said.subscription);
      if (said.failure !== null) this.#subscribers.delete(said.subscription);
      subscriber?.said(said);
    }
  }

  #decode(message: Buffer): readonly PartitionBatches[] {
    try {
      return decodeConsumeResponse(message).partitions;
    } catch (error) {
      this.#stream.reset(error as MillraceError);
      return [];
    }
  }

  #end(error: MillraceError): void {
    this.#closed();
    const subscribers = [...this.#subscribers.values()];
    this.#subscribers.clear();
    for (const subscriber of subscribers) subscriber.interrupted(error);
  }
}
