import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type ApiName, apis, decodeResponse, encodeRequest, readCorrelationId, type InputOf, type TypeOf } from "@millrace/protocol";

/** A request as a test gives it: what the version lacks may be left out, and numbers and texts need no names of their own. */
export type RequestInput<Name extends ApiName> = Loose<InputOf<(typeof apis)[Name]["request"]>>;
type Loose<Value> = Value extends number
  ? number
  : Value extends string
    ? string
    : Value extends Buffer
      ? Buffer
      : Value extends readonly (infer Element)[]
        ? readonly Loose<Element>[]
        : Value extends object
          ? { readonly [Field in keyof Value]?: Loose<Value[Field]> | undefined }
          : Value;
/** A response as a client gets it. */
export type ResponseValue<Name extends ApiName> = TypeOf<(typeof apis)[Name]["response"]>;

/** A client that says exactly what it is told, in exactly the version it is told, over one connection. */
export class WireClient {
  readonly #socket: Socket;
  readonly #waiting: ((frame: Buffer) => void)[] = [];
  /** Frames that nobody has waited for yet. */
  readonly #early: Buffer[] = [];
  #received: Buffer = Buffer.alloc(0);
  #correlationId = 0;
  /** Resolves when the broker, or this client, has closed the connection. */
  readonly closed: Promise<void>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once("close", () => resolve()));
    socket.on("error", () => {}); // a reset is a close too
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
  }

  static async connect(bootstrap: string): Promise<WireClient> {
    const [host, port] = bootstrap.split(":");
    const socket = connect({ host: host!, port: Number(port), noDelay: true });
    await once(socket, "connect");
    return new WireClient(socket);
  }

  /** Sends a request and resolves to its answer; rejects where the connection closes first. */
  async ask<Name extends ApiName>(
    name: Name,
    version: number,
    request: RequestInput<Name>,
    clientId = "wire-client",
  ): Promise<ResponseValue<Name>> {
    const frame = this.frame();
    this.tell(name, version, request, clientId);
    return decodeResponse<ResponseValue<Name>>(apis[name] as never, version, await frame);
  }

  /** Sends a request that has no answer, or whose answer `frame` takes. Gives its correlation id. */
  tell<Name extends ApiName>(name: Name, version: number, request: RequestInput<Name>, clientId: string | null = "wire-client"): number {
    const correlationId = ++this.#correlationId;
    const { parts } = encodeRequest(apis[name] as never, { apiVersion: version, correlationId, clientId }, request as never);
    for (const part of parts) this.#socket.write(part);
    return correlationId;
  }

  /** Sends bytes as they are. */
  send(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  /** The next frame that comes, without its length. */
  async frame(): Promise<Buffer> {
    const early = this.#early.shift();
    if (early !== undefined) return early;
    const coming = new Promise<Buffer>((resolve) => this.#waiting.push(resolve));
    const frame = await Promise.race([coming, this.closed]);
    if (frame === undefined) throw new Error("the connection was closed");
    return frame;
  }

  /** The correlation id of the next answer. */
  async nextAnswer(): Promise<number> {
    return readCorrelationId(await this.frame());
  }

  /** Says that no more requests come. */
  end(): void {
    this.#socket.end();
  }

  close(): void {
    this.#socket.destroy();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #take(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    while (this.#received.length >= 4) {
      const end = 4 + this.#received.readInt32BE(0);
      if (this.#received.length < end) return;
      const frame = this.#received.subarray(4, end);
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#early.push(frame);
      else waiting(frame);
      this.#received = this.#received.subarray(end);
    }
  }
}
