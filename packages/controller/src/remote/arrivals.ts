import type { Clock, PeerChannel } from "@millrace/runtime";
import { MillraceError, type Offset } from "@millrace/vocabulary";

/** Something that is waited for. */
interface Waiting {
  /** True: it has come, and whoever waited was told. */
  look(): boolean;
  fail(error: MillraceError): void;
}

/** Lets requests wait for a session with the controller, and for metadata up to an offset. */
export class Arrivals {
  readonly #clock: Clock;
  readonly #offset: () => Offset;
  readonly #channel: () => PeerChannel | undefined;
  readonly #waiting = new Set<Waiting>();
  #closed: MillraceError | undefined;

  constructor(clock: Clock, offset: () => Offset, channel: () => PeerChannel | undefined) {
    this.#clock = clock;
    this.#offset = offset;
    this.#channel = channel;
  }

  /** The channel to the controller, once there is a session. Rejects with NOT_CONTROLLER after `timeoutMs`. */
  channel(timeoutMs: number): Promise<PeerChannel> {
    return this.#wait(this.#channel, timeoutMs, new MillraceError("NOT_CONTROLLER", { reason: "no session with a controller", timeoutMs }));
  }

  /** Resolves when the metadata up to this offset is here. Rejects with REQUEST_TIMED_OUT after `timeoutMs`; Infinity: never. */
  async offset(offset: Offset, timeoutMs: number): Promise<void> {
    const late = new MillraceError("REQUEST_TIMED_OUT", { awaitedOffset: offset, timeoutMs });
    await this.#wait(() => (this.#offset() >= offset ? offset : undefined), timeoutMs, late);
  }

  /** Something may have come. */
  look(): void {
    for (const waiting of this.#waiting) if (waiting.look()) this.#waiting.delete(waiting);
  }

  /** Nothing comes any more. */
  close(error: MillraceError): void {
    this.#closed = error;
    for (const waiting of this.#waiting) waiting.fail(error);
    this.#waiting.clear();
  }

  #wait<Value>(find: () => Value | undefined, timeoutMs: number, late: MillraceError): Promise<Value> {
    const found = find();
    if (found !== undefined) return Promise.resolve(found);
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        look: () => {
          const value = find();
          if (value === undefined) return false;
          timer?.cancel();
          resolve(value);
          return true;
        },
        fail: (error) => {
          timer?.cancel();
          this.#waiting.delete(waiting);
          reject(error);
        },
      };
      const timer = timeoutMs === Infinity ? undefined : this.#clock.timer(timeoutMs, () => waiting.fail(late));
      this.#waiting.add(waiting);
    });
  }
}
