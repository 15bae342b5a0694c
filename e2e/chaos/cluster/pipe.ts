import type { Socket } from "node:net";
import type { Way } from "./network.ts";

/** So many bytes may be on their way with a delay; a sender that is faster waits. */
const underWayBytesMax = 8 * 1024 * 1024;

/** One direction of a connection that goes through a proxy. */
export class Pipe {
  readonly #from: Socket;
  readonly #to: Socket;
  #way: Way = { isCut: false, delayMs: 0 };
  /** When what was sent last arrives: nothing overtakes it. */
  #lastArrivesMs = 0;
  #underWayBytes = 0;

  constructor(from: Socket, to: Socket) {
    this.#from = from;
    this.#to = to;
    from.setNoDelay(true);
    from.on("error", () => {}); // a reset is a close too
    from.on("data", (bytes: Buffer) => this.#carry(bytes));
    from.on("end", () => this.#arrive(0, () => to.end()));
    from.on("close", () => this.#arrive(0, () => to.destroy()));
    to.on("drain", () => this.#flow());
  }

  /** From now on bytes go this way. Those that arrived here while it was cut stay with whoever sent them. */
  follow(way: Way): void {
    this.#way = way;
    this.#flow();
  }

  #carry(bytes: Buffer): void {
    this.#underWayBytes += bytes.length;
    this.#arrive(this.#way.delayMs, () => {
      this.#underWayBytes -= bytes.length;
      if (this.#to.writable) this.#to.write(bytes);
      this.#flow();
    });
    this.#flow();
  }

  #arrive(delayMs: number, act: () => void): void {
    const nowMs = performance.now();
    this.#lastArrivesMs = Math.max(this.#lastArrivesMs, nowMs + delayMs);
    if (this.#lastArrivesMs <= nowMs) act();
    else setTimeout(act, this.#lastArrivesMs - nowMs);
  }

  #flow(): void {
    const mayFlow = !this.#way.isCut && this.#underWayBytes < underWayBytesMax && !this.#to.writableNeedDrain;
    if (mayFlow) this.#from.resume();
    else this.#from.pause();
  }
}
