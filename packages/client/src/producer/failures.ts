import { MillraceError } from "@millrace/vocabulary";

/** A record that was enqueued and not delivered. */
export interface FailedRecord {
  readonly topic: string;
  readonly key: Uint8Array | null;
  readonly error: MillraceError;
}

/** Records that one error names; of more, only their number is told. */
const namedMax = 1000;
/** A key is printed as far as this. */
const keyLengthMax = 64;

/** Records that were enqueued and not delivered since the last flush. */
export class Failures {
  #named: FailedRecord[] = [];
  #count = 0;

  add(failed: FailedRecord): void {
    this.#count++;
    if (this.#named.length < namedMax) this.#named.push(failed);
  }

  /** Throws DELIVERY_FAILED, naming them all, if there are any; they are forgotten then. */
  raise(): void {
    if (this.#count === 0) return;
    const records = this.#named.map(({ topic, key, error }) => ({ topic, key: printKey(key), code: error.code, facts: error.facts }));
    const error = new MillraceError("DELIVERY_FAILED", { failed: this.#count, records }, { cause: this.#named[0]!.error });
    this.#named = [];
    this.#count = 0;
    throw error;
  }
}

function printKey(key: Uint8Array | null): string | null {
  return key === null ? null : Buffer.from(key.subarray(0, keyLengthMax)).toString();
}
