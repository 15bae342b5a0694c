import { type ApiName, apis, decodeResponse, encodeRequest, type TypeOf } from "@millrace/protocol";
import { BatchView, encodeBatch, readRecords, recordsOf } from "@millrace/records";
import type { Socket } from "@millrace/runtime";
import type { SimulatedWorld } from "@millrace/runtime/simulated";
import { codeOfWire, type ErrorCode, zeroUuid } from "@millrace/vocabulary";

/** Of the acknowledgements that Produce can ask for. */
export type Acks = -1 | 0 | 1;

/** Kafka's protocol from inside a simulated world: one connection, requests one after the other or many at once. */
export class SimulatedClient {
  readonly #world: SimulatedWorld;
  readonly #socket: Socket;
  readonly #waiting: { answered(frame: Buffer): void; closed(): void }[] = [];
  #received: Buffer = Buffer.alloc(0);
  #correlationId = 0;
  #isClosed = false;

  constructor(world: SimulatedWorld, socket: Socket) {
    this.#world = world;
    this.#socket = socket;
    socket.receive({
      data: (chunk) => this.#take(chunk),
      ended: () => socket.end(),
      drained: () => {},
      closed: () => {
        this.#isClosed = true;
        for (const { closed } of this.#waiting.splice(0)) closed();
      },
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Sends a request; the promise settles while the world is driven, and rejects where the connection closes first. */
  send<Name extends ApiName>(name: Name, version: number, request: object): Promise<TypeOf<(typeof apis)[Name]["response"]>> {
    const header = { apiVersion: version, correlationId: ++this.#correlationId, clientId: "simulated" };
    this.#socket.write(encodeRequest(apis[name] as never, header, request as never).parts);
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        answered: (frame) => resolve(decodeResponse(apis[name] as never, version, frame)),
        closed: () => reject(new Error(`the connection closed before ${name} was answered`)),
      });
    });
  }

  /** Sends bytes as they are. */
  sendBytes(bytes: Uint8Array): void {
    this.#socket.write([bytes]);
  }

  /** Sends a request and lets time pass until it is answered. */
  ask<Name extends ApiName>(name: Name, version: number, request: object): Promise<TypeOf<(typeof apis)[Name]["response"]>> {
    return this.#world.drive(this.send(name, version, request));
  }

  async createTopic(name: string, configs: Readonly<Record<string, string>> = {}, replicationFactor = 1): Promise<void> {
    const entries = Object.entries(configs).map(([key, value]) => ({ name: key, value }));
    const { topics } = await this.ask("CreateTopics", 7, {
      topics: [{ name, numPartitions: 1, replicationFactor, assignments: [], configs: entries }],
    });
    if (topics[0]!.errorCode !== 0) throw new Error(`${name}: ${codeOfWire(topics[0]!.errorCode)} ${topics[0]!.errorMessage}`);
  }

  /** Sends one record to partition 0. With acks=0 there is no answer: the promise never settles. */
  async produce(topic: string, value: string, acks: Acks): Promise<{ code: ErrorCode; offset: number }> {
    const records = encodeBatch([{ key: null, value: Buffer.from(value), timestamp: 1_000 }]);
    const { responses } = await this.send("Produce", 9, {
      acks,
      timeoutMs: 10_000,
      topicData: [{ name: topic, partitionData: [{ index: 0, records }] }],
    });
    const { errorCode, baseOffset } = responses[0]!.partitionResponses[0]!;
    return { code: codeOfWire(errorCode), offset: baseOffset };
  }

  /** Every value of partition 0 by its offset, as a consumer that begins at the start gets them. */
  async readAll(topic: string): Promise<Map<number, string>> {
    const values = new Map<number, string>();
    for (let offset = 0; ;) {
      const { responses } = await this.ask("Fetch", 12, {
        // In a synced topic the high watermark comes back a sync after the broker.
        maxWaitMs: 500,
        minBytes: 1,
        maxBytes: 1 << 20,
        topics: [{ topic, topicId: zeroUuid, partitions: [{ partition: 0, fetchOffset: offset, partitionMaxBytes: 1 << 20 }] }],
      });
      const { errorCode, records } = responses[0]!.partitions[0]!;
      if (errorCode !== 0) throw new Error(codeOfWire(errorCode));
      if (records === null || records.length === 0) return values;
      const view = new BatchView(records);
      for (let at = 0; at < records.length; at += view.sizeBytes) {
        view.moveTo(at);
        for (const record of readRecords(view, recordsOf(view))) values.set(record.offset, record.value!.toString());
        offset = view.nextOffset;
      }
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    while (this.#received.length >= 4) {
      const end = 4 + this.#received.readInt32BE(0);
      if (this.#received.length < end) return;
      this.#waiting.shift()!.answered(this.#received.subarray(4, end));
      this.#received = this.#received.subarray(end);
    }
  }
}
