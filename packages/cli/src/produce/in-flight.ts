import { MiB, MillraceError } from "@millrace/vocabulary";

/** Enough for 200 MB/s over a round trip of 20 ms; more would only hold memory. */
const bytesMax: number = 4 * MiB;
/**
 * Enough for 50,000 small records a second over a round trip of 20 ms. With four times as many, what the client holds for each of them
 * outgrows the young generation of the garbage collector, and a million lines cost half as much again.
 */
const recordsMax = 1024;

/**
 * Records that have been sent and are not acknowledged: as many as the bounds allow. Once a bound is reached, sending goes on when half
 * of it is free: for a stretch, not for a record each time one is acknowledged.
 */
export class InFlight {
  #bytes = 0;
  #count = 0;
  #failure: unknown;
  #wake: () => void = () => {};

  /** Whether the next record may be sent without waiting for `room`. */
  get hasRoom(): boolean {
    return this.#bytes < bytesMax && this.#count < recordsMax && this.#failure === undefined;
  }

  /** Takes a record along until `sending` settles. */
  add<Sent>(sending: Promise<Sent>, line: number, bytes: number, sent: (sent: Sent) => void): void {
    this.#bytes += bytes;
    this.#count++;
    const settled = () => {
      this.#bytes -= bytes;
      this.#count--;
      if (this.#isHalfFree || this.#failure !== undefined) this.#wake();
    };
    sending.then(
      (place) => {
        sent(place);
        settled();
      },
      (error: unknown) => {
        this.#failure ??=
          error instanceof MillraceError ? new MillraceError(error.code, { ...error.facts, line }, { cause: error }) : error;
        settled();
      },
    );
  }

  /** Resolves when another record may be sent. Rejects with what the first one to fail failed with, and its line. */
  async room(): Promise<void> {
    await this.#until(() => this.#isHalfFree || this.#failure !== undefined);
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Resolves when nothing is in flight. Rejects as `room` does, but only then. */
  async settled(): Promise<void> {
    await this.#until(() => this.#count === 0);
    if (this.#failure !== undefined) throw this.#failure;
  }

  get #isHalfFree(): boolean {
    return this.#bytes <= bytesMax / 2 && this.#count <= recordsMax / 2;
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((wake) => void (this.#wake = wake));
  }
}
