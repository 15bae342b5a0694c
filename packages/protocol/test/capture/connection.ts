import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type Api, type ApiName, apis } from "../../src/apis.ts";
import type { InputOf, TypeOf } from "../../src/declaration/message.ts";
import { decodeResponse, encodeRequest } from "../../src/frames.ts";
import { FrameSplitter } from "./frame-splitter.ts";
import type { Address } from "./redirect.ts";

type InputOfRequest<Name extends ApiName> = InputOf<(typeof apis)[Name]["request"]>;
type Answer<Name extends ApiName> = TypeOf<(typeof apis)[Name]["response"]>;

/** A client that asks one thing after the other. */
export class Connection {
  readonly #socket: Socket;
  readonly #frames: AsyncGenerator<Buffer, void>;
  #correlationId = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#frames = framesOf(socket);
  }

  static async open({ host, port }: Address): Promise<Connection> {
    const socket = connect(port, host);
    socket.setTimeout(30_000, () => socket.destroy(new Error("no answer")));
    await once(socket, "connect");
    return new Connection(socket);
  }

  async ask<Name extends ApiName>(name: Name, version: number, request: InputOfRequest<Name>): Promise<Answer<Name>> {
    const header = { apiVersion: version, correlationId: ++this.#correlationId, clientId: "captured-every-version" };
    const api: Api = apis[name];
    this.#socket.write(Buffer.concat(encodeRequest(api, header, request).parts));
    const { value: frame } = await this.#frames.next();
    if (frame === undefined) throw new Error(`${name} ${version}: the broker closed the connection`);
    return decodeResponse(api, version, frame) as Answer<Name>;
  }

  close(): void {
    this.#socket.destroy();
  }
}

async function* framesOf(socket: Socket): AsyncGenerator<Buffer, void> {
  const splitter = new FrameSplitter();
  for await (const bytes of socket) yield* splitter.push(bytes as Buffer);
}
