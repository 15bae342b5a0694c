import { decodeProduceRequest, encodeMessage } from "@millrace/contracts";
import { Log, ProduceResponse, type ProduceRequest, type ProduceResult } from "@millrace/contracts/log";
import type { Draft } from "@millrace/contracts";
import type { MemoryAccount, PeerMethod, PeerStream, PeerStreamReceiver } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";
import type { Broker } from "../../broker.ts";
import { Guard } from "../../guard.ts";
import { nowhere, produce, type Produced } from "../../operations/produce.ts";
import { failureDraft, leaderDraft, topicRef } from "./drafts.ts";
import { contextOf } from "./unary.ts";

/** `Acks` of log.proto, by number. */
const acksByNumber = [-1, 1, 0] as const;
const synced = 2;
/** Bytes of one stream's requests that may wait for their acknowledgement; it pauses beyond. */
const unacknowledgedBytesMax = 32 * 1024 * 1024;

/** Log.Produce: batches in as they come, results out as they are acknowledged, those of one turn in one message. */
export function produceMethod(broker: Broker, listener: string): PeerMethod {
  return {
    kind: "stream",
    path: Log.produce.path,
    handle(stream, call) {
      const guard = new Guard({ resource: "topic", access: "write", quota: "produce" }, broker, contextOf(broker, listener, call));
      stream.receive(new ProduceStream(broker, stream, guard));
    },
  };
}

class ProduceStream implements PeerStreamReceiver {
  readonly #broker: Broker;
  readonly #stream: PeerStream;
  readonly #guard: Guard;
  readonly #account: MemoryAccount;
  #results: Draft<ProduceResult>[] = [];
  #unacknowledgedBytes = 0;
  #isPaused = false;
  #hasEnded = false;

  constructor(broker: Broker, stream: PeerStream, guard: Guard) {
    this.#broker = broker;
    this.#stream = stream;
    this.#guard = guard;
    this.#account = broker.memory.account("request");
  }

  message(bytes: Buffer): void {
    try {
      this.#produce(decodeProduceRequest(bytes), bytes.length);
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      this.#stream.reset(error);
    }
  }

  ended(): void {
    this.#hasEnded = true;
    this.#endIfDone();
  }

  drained(): void {}

  /** What is being appended goes on; nobody hears of it any more. */
  closed(): void {}

  #produce(request: ProduceRequest, requestBytes: number): void {
    const acks = acksByNumber[request.acks];
    if (acks === undefined) throw new MillraceError("INVALID_REQUIRED_ACKS", { acks: request.acks });
    const { entries } = request;
    let open = entries.length;
    if (open === 0) return;
    const finish = this.#broker.requests.begin("grpc", "Produce", requestBytes);
    this.#hold(requestBytes);
    const options = {
      acks,
      timeoutMs: request.timeoutMs > 0 ? request.timeoutMs : this.#broker.configuration.get("request.timeout.ms"),
      durability: request.durability === synced ? ("synced" as const) : ("replicated" as const),
      allowsZstd: true,
      isInternal: false,
      transactionRefusal: "INVALID_TXN_STATE" as const,
      guard: this.#guard,
      targets: entries.map(({ topic, topicId, partition, batch }) => ({ topic: topicRef(topic, topicId), partition, batch })),
    };
    produce(this.#broker, options, (index, produced) => {
      if (acks !== 0 || produced.error !== undefined) this.#answer(entries[index]!.entry, produced);
      if (--open > 0) return;
      finish({ failed: false, responseBytes: 0 });
      this.#release(requestBytes);
    });
  }

  #answer(entry: number, { error, baseOffset, logAppendTimeMs, logStart }: Produced): void {
    this.#results.push(
      error === undefined
        ? { entry, baseOffset, logStart, logAppendTimeMs: logAppendTimeMs === nowhere.logAppendTimeMs ? undefined : logAppendTimeMs }
        : { entry, failure: failureDraft(error), baseOffset, logStart, leader: leaderDraft(this.#broker, this.#guard.context, error) },
    );
    if (this.#results.length === 1) this.#broker.clock.afterTurn(() => this.#flush());
  }

  #flush(): void {
    const results = this.#results;
    this.#results = [];
    this.#stream.send([encodeMessage(ProduceResponse, { results })]);
    this.#endIfDone();
  }

  #hold(bytes: number): void {
    this.#account.charge(bytes);
    this.#unacknowledgedBytes += bytes;
    this.#throttle();
  }

  #release(bytes: number): void {
    this.#account.release(bytes);
    this.#unacknowledgedBytes -= bytes;
    this.#throttle();
    this.#endIfDone();
  }

  #throttle(): void {
    const mustPause =
      this.#unacknowledgedBytes >= unacknowledgedBytesMax || (this.#unacknowledgedBytes > 0 && this.#broker.memory.pressure !== "none");
    if (mustPause === this.#isPaused) return;
    this.#isPaused = mustPause;
    if (mustPause) this.#stream.pause();
    else this.#stream.resume();
  }

  #endIfDone(): void {
    if (this.#hasEnded && this.#unacknowledgedBytes === 0 && this.#results.length === 0) this.#stream.end();
  }
}
