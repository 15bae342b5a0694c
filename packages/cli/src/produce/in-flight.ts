import { MiB, MillraceError } from "@millrace/vocabulary";

/** Enough for 100 MB/s of records of 1 KiB over a round trip of 20 ms; more would only be garbage that has grown old. */
const bytesMax: number = 4 * MiB;
/** Once they are full, sending goes on when they are down to this: for a stretch, not for a record each time one is acknowledged. */
const bytesLow: number = bytesMax / 2;
/** What a record takes beside its own bytes until it is acknowledged: the client's account of it, and ours. */
const overheadBytes = 640;

/** Records that have been sent and are not acknowledged: as many as their bytes allow. */
export class InFlight {
  #bytes = 0;
  #count = 0;
  #failure: unknown;
  #wake: () => void = () => {};

  /** Whether the next record may be sent without waiting for `room`. */
  get hasRoom(): boolean {
    return this.#bytes < bytesMax && this.#failure === undefined;
  }

  /** Takes a record along until `sending` settles. */
  add<Sent>(sending: Promise<Sent>, line: number, recordBytes: number, sent: (sent: Sent) => void): void {
    const bytes = recordBytes + overheadBytes;
    this.#bytes += bytes;
    this.#count++;
    const settled = () => {
      this.#bytes -= bytes;
      this.#count--;
      if (this.#bytes <= bytesLow || this.#failure !== undefined) this.#wake();
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
    await this.#until(() => this.#bytes <= bytesLow || this.#failure !== undefined);
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Resolves when nothing is in flight. Rejects as `room` does, but only then. */
  async settled(): Promise<void> {
    await this.#until(() => this.#count === 0);
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((wake) => void (this.#wake = wake));
  }
}
