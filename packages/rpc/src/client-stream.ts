import type { ClientDuplexStream, StatusObject } from "@grpc/grpc-js";
import type { Encoded, PeerCloseReason } from "@millrace/runtime";
import { MessageStream } from "./message-stream.ts";
import { reasonOf } from "./status.ts";

/** The calling side's end of a stream. It takes messages before the connection stands, or grpc-js is loaded. */
export class ClientStream extends MessageStream {
  readonly #closed: (stream: ClientStream) => void;
  #call: ClientDuplexStream<Encoded, Buffer> | undefined;
  #stopWaiting: () => void = () => {};
  #hasEnded = false;
  #status: StatusObject | undefined;

  /** @param closed told when the stream has closed, whatever the reason */
  constructor(closed: (stream: ClientStream) => void) {
    super();
    this.#closed = closed;
  }

  /**
   * Gives the stream its call.
   *
   * @param stopWaiting stops the wait for a connection
   */
  begin(call: ClientDuplexStream<Encoded, Buffer>, stopWaiting: () => void): void {
    this.#call = call;
    this.#stopWaiting = stopWaiting;
    this.open(call);
    call.on("end", () => {
      this.#hasEnded = true;
      this.#closeInOrder();
    });
    call.on("error", () => {}); // its status follows
    call.on("status", (status) => {
      this.#status = status;
      if (status.code !== 0) this.close(reasonOf(status));
      else this.#closeInOrder();
    });
  }

  /** Ends the stream for a reason of this side's own. */
  fail(reason: PeerCloseReason): void {
    this.close(reason);
    this.#call?.cancel();
  }

  protected override abandon(): void {
    this.#call?.cancel();
  }

  protected override close(reason: PeerCloseReason | undefined): void {
    super.close(reason);
    this.#stopWaiting();
    this.#closed(this);
  }

  /** The good status may overtake messages that nobody has taken yet. */
  #closeInOrder(): void {
    if (this.#hasEnded && this.#status?.code === 0) this.close(undefined);
  }
}
