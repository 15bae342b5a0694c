import net from "node:net";
import {
  apiOf,
  decodeRequest,
  type Encoded,
  encodeResponse,
  type NamedApi,
  readRequestHeader,
  type RequestHeader,
  type RequestOf,
} from "@millrace/protocol";
import { Offset } from "@millrace/vocabulary";
import { type Answered, BareTopics } from "./topics.ts";
import { FrameCutter } from "./frame-cutter.ts";

/** What a bare broker does with batches. */
export interface BareLogs {
  /** Takes a batch of a partition (`topic-index`) and calls back, at once or later, when its producer may be told. */
  append(partition: string, batch: Buffer, appended: (baseOffset: number) => void): void;
  /** Removes a topic's partitions. */
  remove(topic: string): void;
}

/** Serves producers on a port of 127.0.0.1 and says `ready`, as a broker does. Nothing is checked that `logs` does not check. */
export function serveBareBroker(port: number, logs: BareLogs): void {
  const topics = new BareTopics((topic) => logs.remove(topic));
  const server = net.createServer({ noDelay: true }, (socket) => new BareConnection(socket, topics, logs));
  server.listen(port, "127.0.0.1", () => console.log(`ready 127.0.0.1:${(server.address() as net.AddressInfo).port}`));
}

/** The place of an answer in the order of its requests. */
interface Place {
  answer: Encoded | undefined;
}

class BareConnection {
  readonly #socket: net.Socket;
  readonly #topics: BareTopics;
  readonly #logs: BareLogs;
  #places: Place[] = [];

  constructor(socket: net.Socket, topics: BareTopics, logs: BareLogs) {
    this.#socket = socket;
    this.#topics = topics;
    this.#logs = logs;
    const cutter = new FrameCutter();
    socket.on("error", () => {}); // a client that was killed; the close follows
    socket.on("data", (chunk: Buffer) => cutter.add(chunk, (frame) => this.#serve(frame)));
  }

  #serve(frame: Buffer): void {
    const header = readRequestHeader(frame);
    const api = apiOf(header.apiKey)!;
    const request: unknown = decodeRequest(api, header, frame);
    if (api.name === "Produce") this.#produce(request as RequestOf<"Produce">, api, header);
    else this.#answer(this.#place(), api, header, this.#topics.answer(api.name as Answered, request as never, this.#socket.localPort!));
  }

  #produce({ acks, topicData }: RequestOf<"Produce">, api: NamedApi, header: RequestHeader): void {
    const place = acks === 0 ? undefined : this.#place();
    let waiting = topicData.reduce((sum, { partitionData }) => sum + partitionData.length, 0);
    const responses = topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index }) => ({ index, errorCode: 0, baseOffset: Offset(-1) })),
    }));
    topicData.forEach(({ name, partitionData }, topic) =>
      partitionData.forEach(({ index, records }, number) =>
        this.#logs.append(`${name}-${index}`, records!, (baseOffset) => {
          responses[topic]!.partitionResponses[number]!.baseOffset = Offset(baseOffset);
          if (--waiting === 0 && place !== undefined) this.#answer(place, api, header, { responses });
        }),
      ),
    );
  }

  #place(): Place {
    const place: Place = { answer: undefined };
    this.#places.push(place);
    return place;
  }

  /** Answers go out in the order of their requests. */
  #answer(place: Place, api: NamedApi, { apiVersion, correlationId }: RequestHeader, response: unknown): void {
    place.answer = encodeResponse(api, apiVersion, correlationId, response);
    const ready = this.#places.findIndex(({ answer }) => answer === undefined);
    const going = this.#places.splice(0, ready === -1 ? this.#places.length : ready);
    const parts = going.flatMap(({ answer }) => answer!.parts);
    if (parts.length > 0 && !this.#socket.destroyed) this.#socket.write(parts.length === 1 ? parts[0]! : Buffer.concat(parts));
  }
}
