import type { QuorumFollower, Role } from "@millrace/raft";
import { Offset } from "@millrace/vocabulary";

/** Who looks over a keeper's shoulder. What it throws is its own matter: nothing of it may reach the quorum. */
export interface KeeperWatcher {
  restored(keeper: Keeper, offset: Offset): void;
  folded(keeper: Keeper, offset: Offset, term: number, records: readonly string[]): void;
}

/** A record of a run: a key gets a value that nobody has written before. Padding makes some of them long. */
export function recordOf(key: string, value: string, paddingBytes: number): Buffer {
  return Buffer.from(`${key}=${value}${" ".repeat(paddingBytes)}`);
}

/** State that is folded from the log of a quorum: the last value of each key, and how many records there were. */
export class Keeper implements QuorumFollower {
  readonly #watcher: KeeperWatcher;
  #values = new Map<string, string>();
  #records = 0;
  /** Everything below is folded in, as far as records go. */
  end: Offset = Offset(0);

  constructor(watcher: KeeperWatcher) {
    this.#watcher = watcher;
  }

  value(key: string): string | undefined {
    return this.#values.get(key);
  }

  /** The whole state as text: equal where states are. */
  get digest(): string {
    const values = [...this.#values].map(([key, value]) => `${key}=${value}`).sort();
    return `${this.#records} ${values.join()}`;
  }

  async restore(offset: Offset, _term: number, chunks: AsyncIterable<Buffer>): Promise<void> {
    const parts: Buffer[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    const [records, ...values] = parts.map((part) => JSON.parse(part.toString())) as [number, ...[string, string][]];
    this.#records = records;
    this.#values = new Map(values);
    this.end = Offset(offset + 1);
    this.#watcher.restored(this, offset);
  }

  committed(offset: Offset, term: number, records: readonly Buffer[]): void {
    const texts = records.map((record) => record.toString().trimEnd());
    for (const text of texts) {
      const [key, value] = text.split("=") as [string, string];
      this.#values.set(key, value);
    }
    this.#records += records.length;
    this.end = Offset(offset + records.length);
    this.#watcher.folded(this, offset, term, texts);
  }

  roleChanged(_role: Role): void {}

  /** The state of this moment as chunks of a snapshot. */
  chunks(): AsyncIterable<Buffer> {
    const parts = [this.#records, ...this.#values].map((part) => Buffer.from(JSON.stringify(part)));
    return (async function* () {
      yield* parts;
    })();
  }
}

/** The state before the first record. */
export const bootstrap: readonly Buffer[] = [Buffer.from("0")];
