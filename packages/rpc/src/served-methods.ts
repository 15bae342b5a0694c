import type { sendUnaryData, Server, ServerDuplexStream, ServerUnaryCall } from "@grpc/grpc-js";
import type { Encoded, Logger, PeerMethod } from "@millrace/runtime";
import { assert, MillraceError } from "@millrace/vocabulary";
import type { AcceptedConnection } from "./connection.ts";
import type { Grpc } from "./grpc.ts";
import { asIs, messageBytes } from "./message-bytes.ts";
import { ServedCall } from "./served-call.ts";
import { ServedStream } from "./served-stream.ts";
import { errorToTell, statusOf } from "./status.ts";

type UnaryHandler = Extract<PeerMethod, { kind: "unary" }>["handle"];
type StreamHandler = Extract<PeerMethod, { kind: "stream" }>["handle"];

/** Runs handlers for calls as they arrive, and knows which are under way. */
export class ServedMethods {
  readonly #grpc: Grpc;
  readonly #connectionOf: (peer: string) => AcceptedConnection | undefined;
  readonly #logger: Logger | undefined;
  /** How to end each call that is under way. */
  readonly #underWay = new Set<(error: MillraceError) => void>();
  #idle: () => void = () => {};

  constructor(grpc: Grpc, connectionOf: (peer: string) => AcceptedConnection | undefined, logger: Logger | undefined) {
    this.#grpc = grpc;
    this.#connectionOf = connectionOf;
    this.#logger = logger;
  }

  register(server: Server, method: PeerMethod): void {
    const isNew =
      method.kind === "unary"
        ? server.register<Buffer, Encoded>(method.path, this.#unary(method.path, method.handle), messageBytes, asIs, "unary")
        : server.register<Buffer, Encoded>(method.path, this.#stream(method.path, method.handle), messageBytes, asIs, "bidi");
    assert(isNew, "a method is offered once", { path: method.path });
  }

  /** Resolves when nothing is under way, or `graceMs` have passed. */
  idleWithin(graceMs: number): Promise<void> {
    if (this.#underWay.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timeout = setTimeout(resolve, graceMs);
      this.#idle = () => {
        clearTimeout(timeout);
        resolve();
      };
    });
  }

  /** Ends every call that is under way. */
  endAll(error: MillraceError): void {
    for (const end of this.#underWay) end(error);
  }

  #unary(path: string, handle: UnaryHandler) {
    return (call: ServerUnaryCall<Buffer, Encoded>, answer: sendUnaryData<Encoded>) => {
      const its = new ServedCall(call, this.#connectionOf(call.getPeer()));
      const finish = (error: MillraceError | undefined, response?: Encoded) => {
        if (!its.isOpen) return;
        its.answered();
        if (error === undefined) answer(null, response);
        else answer(statusOf(this.#grpc, error));
        this.#done(end);
      };
      const end = (error: MillraceError) => finish(error);
      this.#underWay.add(end);
      call.on("cancelled", () => {
        its.gone();
        this.#done(end);
      });
      this.#run(handle, call.request, its).then(
        (response) => finish(undefined, response),
        (error: unknown) => finish(this.#told(path, error)),
      );
    };
  }

  /** So that a handler that throws rejects. */
  async #run(handle: UnaryHandler, request: Buffer, call: ServedCall): Promise<Encoded> {
    return handle(request, call);
  }

  #stream(path: string, handle: StreamHandler) {
    return (call: ServerDuplexStream<Buffer, Encoded>) => {
      const its = new ServedCall(call, this.#connectionOf(call.getPeer()));
      const stream = new ServedStream(this.#grpc, call, its);
      const end = (error: MillraceError) => stream.reset(error);
      this.#underWay.add(end);
      call.on("close", () => this.#done(end));
      try {
        handle(stream, its);
      } catch (error) {
        stream.reset(this.#told(path, error));
      }
    };
  }

  #done(end: (error: MillraceError) => void): void {
    this.#underWay.delete(end);
    if (this.#underWay.size === 0) this.#idle();
  }

  #told(path: string, thrown: unknown): MillraceError {
    if (!(thrown instanceof MillraceError)) this.#logger?.error("a method failed", { path, error: thrown });
    return errorToTell(thrown);
  }
}
