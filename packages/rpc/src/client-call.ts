import type { ClientUnaryCall, ServiceError } from "@grpc/grpc-js";
import type { PeerCloseReason } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";
import { reasonOf } from "./status.ts";

/** One call that is under way, until its one end: answered, failed or aborted. */
export class ClientCall {
  readonly #where: Readonly<Record<string, unknown>>;
  readonly #resolve: (answer: Buffer) => void;
  readonly #reject: (error: MillraceError) => void;
  #call: ClientUnaryCall | undefined;
  #settled: () => void = () => {};

  /** @param where joins the facts of errors */
  constructor(where: Readonly<Record<string, unknown>>, resolve: (answer: Buffer) => void, reject: (error: MillraceError) => void) {
    this.#where = where;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** @param settled called at the end, whatever it is */
  begin(call: ClientUnaryCall, settled: () => void): void {
    this.#call = call;
    this.#settled = settled;
  }

  /** What grpc-js calls back with. */
  readonly answered = (error: ServiceError | null, answer?: Buffer): void => {
    if (error !== null) return this.#fail(reasonOf(error));
    this.#settled();
    this.#resolve(answer!);
  };

  abort(reason: PeerCloseReason): void {
    this.#fail(reason);
    this.#call?.cancel();
  }

  #fail({ code, facts }: PeerCloseReason): void {
    this.#settled();
    this.#reject(new MillraceError(code, { ...facts, ...this.#where }));
  }
}
