import { MiB, MillraceError } from "@millrace/vocabulary";

/** Enough for 200 MB/s over a round trip of 20 ms; more would only hold memory. */
const bytesMax: number = 4 * MiB;
/** What a record takes beside its own bytes. */
const overheadBytes = 128;

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
      this.#wake();
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
    await this.#until(() => this.hasRoom || this.#failure !== undefined);
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
