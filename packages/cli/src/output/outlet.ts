import { write } from "node:fs";

/** Pieces are gathered up to this size before they are written. */
const chunkBytes = 64 * 1024;
/** Beyond this much that is not written yet, `hasRoom` is false. */
const waitingBytesMax: number = 4 * chunkBytes;
/** How long to wait where whoever reads lets nothing in at the moment. */
const retryMs = 5;

/**
 * Bytes on their way to stdout. They are written in the background, so that a reader that stands still (`| less`) holds up
 * nothing else: not the heartbeats of a group. Once the reader is gone (`| head`), what comes is dropped.
 */
export class Outlet {
  readonly #descriptor: number;
  #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  /** To be called once the bytes before them are written. */
  #written: (() => void)[] = [];
  #writing: Promise<void> | undefined;
  #isScheduled = false;
  #isBroken = false;
  #failure: Error | undefined;

  /** @param descriptor 1: stdout */
  constructor(descriptor = 1) {
    this.#descriptor = descriptor;
  }

  /** Whether whoever read is gone. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Whether more may be written without waiting for `flush`. */
  get hasRoom(): boolean {
    return this.#gatheredBytes < waitingBytesMax;
  }

  /** @param written called once the piece, and all before it, are out; never where the reader has gone before */
  write(piece: Uint8Array | string, written?: () => void): void {
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    this.#gathered.push(bytes);
    this.#gatheredBytes += bytes.length;
    if (written !== undefined) this.#written.push(written);
    if (this.#gatheredBytes >= chunkBytes) this.#start();
    else this.#startSoon();
  }

  /** Resolves when everything is out, or the reader is gone. Rejects where the output cannot be written, a full disk for one. */
  async flush(): Promise<void> {
    while (this.#gathered.length > 0 || this.#writing !== undefined) {
      this.#start();
      await this.#writing;
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  #startSoon(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#start();
    });
  }

  #start(): void {
    if (this.#gathered.length > 0) this.#writing ??= this.#writeGathered();
  }

  async #writeGathered(): Promise<void> {
    while (this.#gathered.length > 0) {
      const bytes = Buffer.concat(this.#gathered);
      const written = this.#written;
      this.#gathered = [];
      this.#gatheredBytes = 0;
      this.#written = [];
      if (!this.#isBroken && (await this.#writeAll(bytes))) for (const call of written) call();
    }
    this.#writing = undefined;
  }

  /** Whether they are out. */
  async #writeAll(bytes: Buffer): Promise<boolean> {
    for (let from = 0; from < bytes.length;) {
      const outcome = await writeOnce(this.#descriptor, bytes.subarray(from));
      if (typeof outcome === "number") from += outcome;
      else if (outcome.code === "EAGAIN") await new Promise((next) => setTimeout(next, retryMs));
      else return this.#break(outcome);
    }
    return true;
  }

  #break(error: NodeJS.ErrnoException): false {
    this.#isBroken = true;
    if (error.code !== "EPIPE") this.#failure = error;
    return false;
  }
}

function writeOnce(descriptor: number, bytes: Buffer): Promise<number | NodeJS.ErrnoException> {
  return new Promise((resolve) => write(descriptor, bytes, (error, count) => resolve(error ?? count)));
}

/** Writes to stdout and waits until it is out. */
export async function print(text: string): Promise<void> {
  const outlet = new Outlet();
  outlet.write(text);
  await outlet.flush();
}
