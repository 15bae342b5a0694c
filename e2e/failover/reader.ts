import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type GroupOffset, type Mill, text, topic } from "@millrace/client";

const paceMs = 5;
const committedChannel = "millrace.client.committed";

/** An application that reads a topic as the only member of a group, from its start, and commits what it has read. */
export class Reader {
  readonly read: string[] = [];
  /** The offsets of what it read, in that order, by partition. */
  readonly offsets = new Map<number, number[]>();
  /** What came although it had been committed, in words. */
  readonly again: string[] = [];
  /** Whatever ended it, in words. */
  readonly errors: string[] = [];
  readonly #mill: Mill;
  readonly #group: string;
  readonly #running: Promise<void>;
  /** What the group has committed through this reader, by partition. */
  readonly #committed = new Map<number, number>();
  #commits = 0;

  constructor(addresses: readonly string[], name: string, group: string) {
    this.#group = group;
    this.#mill = connect(addresses.join(","), { signals: false });
    subscribe(committedChannel, this.#noteCommit);
    this.#running = this.#run(name, group).catch((error: unknown) => void this.errors.push(String(error)));
  }

  /** Resolves when all of these have been read. */
  async has(values: readonly string[]): Promise<void> {
    for (let seen = new Set(this.read); values.some((value) => !seen.has(value)); seen = new Set(this.read)) await sleep(paceMs);
  }

  /** Resolves when something was committed that was sent from now on. */
  async commits(): Promise<void> {
    const from = this.#commits + 1; // one may have been sent before
    while (this.#commits <= from) await sleep(paceMs);
  }

  async stop(): Promise<void> {
    await this.#mill.close();
    await this.#running;
    unsubscribe(committedChannel, this.#noteCommit);
  }

  async #run(name: string, group: string): Promise<void> {
    const consumer = this.#mill.consumer([topic(name, { key: text, value: text })], { group, from: "earliest", commitIntervalMs: 50 });
    for await (const record of consumer) {
      this.#note(record);
      consumer.done(record);
    }
  }

  #note({ partition, offset, value }: { readonly partition: number; readonly offset: number; readonly value: string }): void {
    const committed = this.#committed.get(partition) ?? 0;
    if (offset < committed) this.again.push(`${value} at ${partition}:${offset}, after ${committed} was committed`);
    const offsets = this.offsets.get(partition) ?? [];
    this.offsets.set(partition, offsets);
    offsets.push(offset);
    this.read.push(value);
  }

  readonly #noteCommit = (message: unknown): void => {
    const { group, offsets } = message as { readonly group: string; readonly offsets: readonly GroupOffset[] };
    if (group !== this.#group) return;
    for (const { partition, offset } of offsets) this.#committed.set(partition, offset);
    this.#commits++;
  };
}
