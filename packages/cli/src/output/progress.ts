import { MiB, secondMs } from "@millrace/vocabulary";
import { isatty } from "node:tty";

/** What takes less is not worth a line. */
const patienceMs: number = secondMs;
const intervalMs = 200;

/**
 * How far something has come: a line on stderr that is written over, shown while it takes more than a second. Nothing is shown
 * where stderr is no terminal.
 */
export class Progress {
  #records = 0;
  #bytes = 0;
  readonly #verb: string;
  readonly #startMs = performance.now();
  readonly #timer: NodeJS.Timeout | undefined;
  #isShown = false;

  /** @param verb what is done with records: `produced` */
  constructor(verb: string, { isWanted }: { readonly isWanted: boolean }) {
    this.#verb = verb;
    if (isWanted && isatty(2)) this.#timer = setInterval(() => this.#show(), intervalMs);
  }

  advance(bytes: number): void {
    this.#records++;
    this.#bytes += bytes;
  }

  /** Takes the line away. */
  end(): void {
    clearInterval(this.#timer);
    if (this.#isShown) process.stderr.write("\r\u001b[K");
  }

  #show(): void {
    const elapsedMs = performance.now() - this.#startMs;
    if (elapsedMs < patienceMs) return;
    this.#isShown = true;
    process.stderr.write(`\r\u001b[K${progressLine(this.#verb, this.#records, this.#bytes, elapsedMs)}`);
  }
}

/** `produced 1,200,000 records, 120.5 MiB, 24.1 MiB/s` */
function progressLine(verb: string, records: number, bytes: number, elapsedMs: number): string {
  const size = mebibytes(bytes);
  const rate = mebibytes(bytes / (elapsedMs / secondMs));
  return `${verb} ${grouped(records)} records, ${size} MiB, ${rate} MiB/s`;
}

function mebibytes(bytes: number): string {
  return (bytes / MiB).toFixed(1);
}

/** `1,200,000` */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
