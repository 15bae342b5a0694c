import {
  type ApiName,
  apis,
  decodeResponse,
  encodeRequest,
  frameLengthBytes as lengthBytes,
  readCorrelationId,
  type TypeOf,
} from "@millrace/protocol";
import type { Clock, Socket } from "@millrace/runtime";

/** The answer to a request of an API. */
export type AnswerTo<Name extends ApiName> = TypeOf<(typeof apis)[Name]["response"]>;

/** The answer did not come: the request may have been carried out or not. */
export class Unanswered extends Error {
  readonly api: string;
  readonly isTimeout: boolean;

  constructor(api: string, isTimeout: boolean) {
    super(`${api} was not answered`);
    this.api = api;
    this.isTimeout = isTimeout;
  }
}

/** A request that was sent, as long as nobody has answered it. */
interface Waiting {
  readonly correlationId: number;
  answered(frame: Buffer): void;
  closed(): void;
}

/** Where it lies in a request: behind the length, the API and its version. */
const correlationIdAt = 8;

/** One connection of Kafka's protocol; requests may be sent before earlier ones are answered. */
export class Connection {
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #waiting: Waiting[] = [];
  #received: Buffer = Buffer.alloc(0);
  #correlationId = 0;
  #isClosed = false;

  constructor(socket: Socket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    socket.receive({
      data: (chunk) => this.#take(chunk),
      ended: () => this.close(),
      drained: () => {},
      closed: () => this.#over(),
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Encodes a request as it would travel. */
  encode(name: ApiName, version: number, request: object): readonly Uint8Array[] {
    const header = { apiVersion: version, correlationId: ++this.#correlationId, clientId: "simulated" };
    return encodeRequest(apis[name] as never, header, request as never).parts;
  }

  /** Sends a request; rejects with Unanswered when the connection ends first, or closes it when `timeoutMs` has passed. */
  ask<Name extends ApiName>(name: Name, version: number, request: object, timeoutMs: number): Promise<AnswerTo<Name>> {
    const frame = this.encode(name, version, request);
    return this.askFrame(name, version, frame, timeoutMs);
  }

  /** As `ask`, with a frame that `encode` returned, of this connection or another. */
  askFrame<Name extends ApiName>(name: Name, version: number, frame: readonly Uint8Array[], timeoutMs: number): Promise<AnswerTo<Name>> {
    if (this.#isClosed) return Promise.reject(new Unanswered(name, false));
    this.#socket.write(frame);
    return new Promise((resolve, reject) => {
      const timer = this.#clock.timer(timeoutMs, () => {
        reject(new Unanswered(name, true));
        this.close();
      });
      this.#waiting.push({
        correlationId: Buffer.from(frame[0]!).readInt32BE(correlationIdAt),
        answered: (answer) => {
          timer.cancel();
          resolve(decodeResponse(apis[name] as never, version, answer));
        },
        closed: () => {
          timer.cancel();
          reject(new Unanswered(name, false));
        },
      });
    });
  }

  /** Sends a request that is not answered. */
  tell(name: ApiName, version: number, request: object): void {
    this.#socket.write(this.encode(name, version, request));
  }

  close(): void {
    this.#socket.destroy();
    this.#over();
  }

  #over(): void {
    this.#isClosed = true;
    for (const { closed } of this.#waiting.splice(0)) closed();
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    while (this.#received.length >= lengthBytes + 4) {
      const end = lengthBytes + this.#received.readInt32BE(0);
      if (this.#received.length < end) return;
      const frame = this.#received.subarray(lengthBytes, end);
      this.#received = this.#received.subarray(end);
      this.#answered(frame);
    }
  }

  /** Answers come in the order of their requests. */
  #answered(frame: Buffer): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined || waiting.correlationId !== readCorrelationId(frame))
      throw new Error(`an answer nobody waits for: ${readCorrelationId(frame)}`);
    waiting.answered(frame);
  }
}
