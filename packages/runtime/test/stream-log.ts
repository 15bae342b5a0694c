import type { PeerCloseReason, PeerStreamReceiver, SocketReceiver } from "../src/index.ts";

/** Tells of each event of a stream or socket in a word: the bytes, `ended`, `drained`, `closed CODE`. */
export class StreamLog implements PeerStreamReceiver, SocketReceiver {
  readonly #tell: (event: string) => void;

  constructor(tell: (event: string) => void) {
    this.#tell = tell;
  }

  message(message: Buffer): void {
    this.#tell(message.toString());
  }

  data(chunk: Buffer): void {
    this.#tell(chunk.toString());
  }

  ended(): void {
    this.#tell("ended");
  }

  drained(): void {
    this.#tell("drained");
  }

  closed(reason: Pick<PeerCloseReason, "code"> | undefined): void {
    this.#tell(reason === undefined ? "closed" : `closed ${reason.code}`);
  }
}
