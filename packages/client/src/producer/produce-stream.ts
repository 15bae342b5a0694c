import { decodeMessage, type Draft, encodeProduceRequest, errorOf } from "@millrace/contracts";
import { Acks, Durability, type Leader, Log, type ProduceEntry, ProduceResponse, type ProduceResult } from "@millrace/contracts/log";
import type { PeerChannel, PeerStream } from "@millrace/runtime";
import { MiB, MillraceError } from "@millrace/vocabulary";
import type { ProducerSettings } from "./options.ts";

/** A request is closed when it holds this much; a larger batch goes alone. */
const requestBytesMax: number = MiB;

const acksNumbers = { all: Acks.ALL, leader: Acks.LEADER, none: Acks.NONE } as const;
const durabilityNumbers = { topic: Durability.TOPIC, replicated: Durability.REPLICATED, synced: Durability.SYNCED } as const;

/** What the broker said to one entry. */
export interface EntryAnswer {
  readonly error: MillraceError | undefined;
  readonly baseOffset: number;
  readonly logAppendTimeMs: number | undefined;
  readonly leader: Leader | undefined;
}

type EntryToSend = Draft<Omit<ProduceEntry, "entry">> & { readonly batch: Buffer; readonly partition: number };

/** An entry that is to be sent, and who is told what came of it. */
export interface Sending {
  /** The name of the topic that `entry` names by its id. */
  readonly topic: string;
  readonly entry: EntryToSend;
  readonly answered: (answer: EntryAnswer) => void;
}

/** An entry without an answer. */
interface Waiting {
  readonly sending: Sending;
  readonly sentMs: number;
}

/** A Produce stream to one broker: entries out, an answer back for each. */
export class ProduceStream {
  readonly #stream: PeerStream;
  readonly #settings: ProducerSettings;
  readonly #closed: () => void;
  /** By number, the oldest first. */
  readonly #waiting = new Map<number, Waiting>();
  #nextEntry = 0;
  #isClosed = false;

  /** @param closed told when the stream is of no more use; its entries have been answered by then */
  constructor(channel: PeerChannel, headers: ReadonlyMap<string, string>, settings: ProducerSettings, closed: () => void) {
    this.#settings = settings;
    this.#closed = closed;
    this.#stream = channel.stream(Log.produce.path, { headers });
    this.#stream.receive({
      message: (message) => this.#message(message),
      ended: () => this.#stream.end(),
      drained: () => {},
      closed: (reason) => this.#end(reason === undefined ? new MillraceError("CLOSED") : new MillraceError(reason.code, reason.facts)),
    });
  }

  /** Sends entries; each is answered once, with acks `none` at once. */
  send(sendings: readonly Sending[], nowMs: number): void {
    let [request, requestBytes]: [Draft<ProduceEntry>[], number] = [[], 0];
    for (const sending of sendings) {
      const { entry } = sending;
      if (requestBytes > 0 && requestBytes + entry.batch.length > requestBytesMax) {
        this.#sendRequest(request);
        [request, requestBytes] = [[], 0];
      }
      const number = this.#nextEntry++;
      this.#waiting.set(number, { sending, sentMs: nowMs });
      request.push({ ...entry, entry: number });
      requestBytes += entry.batch.length;
    }
    if (request.length > 0) this.#sendRequest(request);
  }

  /** Whether entries wait for an answer. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** Entries that were sent at or before this time, and wait still. */
  *waitingSince(ms: number): Generator<Sending> {
    for (const { sending, sentMs } of this.#waiting.values()) {
      if (sentMs > ms) return;
      yield sending;
    }
  }

  /** Waits no more for the answers to these entries: their senders are told that the connection failed, whatever comes later. */
  giveUp(isLost: (sending: Sending) => boolean): void {
    const lost = [...this.#waiting].filter(([, { sending }]) => isLost(sending));
    for (const [number] of lost) this.#answer(number, failed(new MillraceError("CONNECTION_FAILED")));
  }

  /** Sends what is waiting, then ends. */
  end(): void {
    this.#stream.end();
  }

  #sendRequest(entries: readonly Draft<ProduceEntry>[]): void {
    const { acks, durability, deliveryTimeoutMs } = this.#settings;
    const settings = { acks: acksNumbers[acks], durability: durabilityNumbers[durability], timeoutMs: Math.ceil(deliveryTimeoutMs) };
    this.#stream.send(encodeProduceRequest({ ...settings, entries }));
    if (acks === "none") for (const { entry } of entries) this.#answer(entry!, appendedSomewhere);
  }

  #message(message: Buffer): void {
    const results = this.#decode(message);
    for (const result of results) this.#answer(result.entry, answerOf(result));
  }

  #decode(message: Buffer): readonly ProduceResult[] {
    try {
      return decodeMessage(ProduceResponse, message).results;
    } catch (error) {
      this.#stream.reset(error as MillraceError);
      return [];
    }
  }

  #answer(entry: number, answer: EntryAnswer): void {
    const waiting = this.#waiting.get(entry);
    this.#waiting.delete(entry);
    waiting?.sending.answered(answer);
  }

  /**
   * Which entry broke the stream is known only where there was one: the others are told that the connection broke, and may be
   * tried again.
   */
  #end(error: MillraceError): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const toldAll = this.#waiting.size > 1 ? new MillraceError("CONNECTION_FAILED", error.facts, { cause: error }) : error;
    this.#closed();
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { sending } of waiting) sending.answered(failed(toldAll));
  }
}

/** With acks `none` that is all that is ever known. */
const appendedSomewhere: EntryAnswer = { error: undefined, baseOffset: -1, logAppendTimeMs: undefined, leader: undefined };

function failed(error: MillraceError): EntryAnswer {
  return { error, baseOffset: -1, logAppendTimeMs: undefined, leader: undefined };
}

function answerOf({ failure, baseOffset, logAppendTimeMs, leader }: ProduceResult): EntryAnswer {
  const error = failure === null ? undefined : errorOf(failure);
  return { error, baseOffset, logAppendTimeMs: logAppendTimeMs ?? undefined, leader: leader ?? undefined };
}
