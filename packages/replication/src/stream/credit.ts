import type { MemoryAccount } from "@millrace/runtime";
import { creditBytesMax } from "./pace.ts";

/** What a leader may send on one stream before the follower has written what came before, and the memory that this holds meanwhile. */
export class Credit {
  readonly #account: MemoryAccount;
  #chargedBytes = 0;
  #grantedBytes = 0;

  constructor(account: MemoryAccount) {
    this.#account = account;
  }

  /** A stream begins, with nothing on its way. */
  begin(): void {
    this.#grantedBytes = creditBytesMax;
  }

  /** Bytes have come. */
  charge(bytes: number): void {
    this.#chargedBytes += bytes;
    this.#account.charge(bytes);
  }

  /** They count no more: they are written, or were dropped. */
  free(bytes: number): void {
    const freed = Math.min(bytes, this.#chargedBytes);
    this.#chargedBytes -= freed;
    this.#account.release(freed);
    this.#grantedBytes += freed;
  }

  /** Bytes that the leader may send beyond those it knows of, once. */
  take(): number {
    const bytes = this.#grantedBytes;
    this.#grantedBytes = 0;
    return bytes;
  }

  /** The stream is broken: what came on it is another matter from now on. */
  end(): void {
    this.#account.release(this.#chargedBytes);
    this.#chargedBytes = 0;
  }
}
