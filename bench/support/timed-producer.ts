import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { apis, decodeResponse, encodeRequest, readCorrelationId } from "@millrace/protocol";
import { encodeBatch } from "@millrace/records";
import { codeOfWire, zeroUuid } from "@millrace/vocabulary";
import { FrameCutter } from "../bare/frame-cutter.ts";

/** What each request carries. */
export interface TimedLoad {
  readonly topic: string;
  /** 1 or -1. */
  readonly acks: number;
  /** Records in each request's batch. */
  readonly records: number;
  /** Bytes of each record's value. */
  readonly size: number;
}

/** Every broker here serves it, and it names topics by name. */
const version = 9;
/** Behind the length, the key and the version. */
const correlationIdAt = 8;

/**
 * Produces one batch to partition 0 with each request, over one connection, any number of requests at once. The request is encoded
 * once: sending one costs a copy and a write, so that what is measured is the broker.
 */
export class TimedProducer {
  readonly #socket: Socket;
  readonly #frame: Buffer;
  readonly #waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  #correlationId = 0;

  private constructor(socket: Socket, load: TimedLoad) {
    this.#socket = socket;
    this.#frame = frameOf(load);
    const cutter = new FrameCutter();
    socket.on("data", (chunk: Buffer) => cutter.add(chunk, (frame) => this.#answered(frame)));
    socket.on("error", () => {}); // the close follows
    socket.on("close", () => this.#closed());
  }

  /** Rejects where nobody listens. */
  static async connect(bootstrap: string, load: TimedLoad): Promise<TimedProducer> {
    const [host, port] = bootstrap.split(":");
    const socket = connect({ host: host!, port: Number(port), noDelay: true });
    await once(socket, "connect");
    return new TimedProducer(socket, load);
  }

  /** Resolves when the batch is acknowledged; rejects where it is refused, or the connection closes. */
  send(): Promise<void> {
    const frame = Buffer.from(this.#frame);
    const correlationId = ++this.#correlationId;
    frame.writeInt32BE(correlationId, correlationIdAt);
    this.#socket.write(frame);
    return new Promise((resolve, reject) => this.#waiting.set(correlationId, { resolve, reject }));
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  #answered(frame: Buffer): void {
    const correlationId = readCorrelationId(frame);
    const { resolve, reject } = this.#waiting.get(correlationId)!;
    this.#waiting.delete(correlationId);
    const { errorCode } = decodeResponse(apis.Produce, version, frame).responses[0]!.partitionResponses[0]!;
    if (errorCode === 0) resolve();
    else reject(new Error(`a batch was refused: ${codeOfWire(errorCode)}`));
  }

  #closed(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error("the connection was closed"));
    this.#waiting.clear();
  }
}

function frameOf({ topic, acks, records, size }: TimedLoad): Buffer {
  const value = Buffer.alloc(size, "millrace");
  const batch = encodeBatch(Array.from({ length: records }, () => ({ key: null, value, timestamp: Date.now() })));
  const partitionData = [{ index: 0, records: batch }];
  const request = { acks, timeoutMs: 30_000, topicData: [{ name: topic, topicId: zeroUuid, partitionData }] };
  return Buffer.concat(encodeRequest(apis.Produce, { apiVersion: version, correlationId: 0, clientId: "bench" }, request).parts);
}
