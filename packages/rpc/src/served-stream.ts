import type { ServerDuplexStream } from "@grpc/grpc-js";
import type { Encoded } from "@millrace/runtime";
import type { MillraceError } from "@millrace/vocabulary";
import type { Grpc } from "./grpc.ts";
import { MessageStream } from "./message-stream.ts";
import type { ServedCall } from "./served-call.ts";
import { statusOf } from "./status.ts";

/** The serving side's end of a stream. */
export class ServedStream extends MessageStream {
  readonly #grpc: Grpc;
  readonly #call: ServerDuplexStream<Buffer, Encoded>;

  constructor(grpc: Grpc, call: ServerDuplexStream<Buffer, Encoded>, its: ServedCall) {
    super();
    this.#grpc = grpc;
    this.#call = call;
    this.open(call);
    call.on("error", () => {}); // grpc-js makes it the status
    call.on("finish", () => {
      this.close(undefined);
      its.answered();
    });
    // Comes after every end; where it is the first to come, the caller has gone.
    call.on("cancelled", () => {
      this.close({ code: its.hasConnection ? "CLOSED" : "CONNECTION_FAILED", facts: {} });
      its.gone();
    });
  }

  /**
   * The status takes the place of what waits, but follows a message that is with the transport already; where the caller
   * reads no more, it is told when it reads again, or the connection ends.
   */
  protected override abandon(error: MillraceError): void {
    this.#call.emit("error", statusOf(this.#grpc, error));
  }
}
