import { setTimeout as sleep } from "node:timers/promises";
import { connect, type Mill, text, topic } from "@millrace/client";

const paceMs = 5;

/** An application that reads a topic as the only member of a group, from its start, and commits what it has read. */
export class Reader {
  readonly read: string[] = [];
  /** Whatever ended it, in words. */
  readonly errors: string[] = [];
  readonly #mill: Mill;
  readonly #running: Promise<void>;

  constructor(addresses: readonly string[], name: string, group: string) {
    this.#mill = connect(addresses.join(","), { signals: false });
    this.#running = this.#run(name, group).catch((error: unknown) => void this.errors.push(String(error)));
  }

  /** Resolves when all of these have been read. */
  async has(values: readonly string[]): Promise<void> {
    for (let seen = new Set(this.read); values.some((value) => !seen.has(value)); seen = new Set(this.read)) await sleep(paceMs);
  }

  async stop(): Promise<void> {
    await this.#mill.close();
    await this.#running;
  }

  async #run(name: string, group: string): Promise<void> {
    const consumer = this.#mill.consumer([topic(name, { key: text, value: text })], { group, from: "earliest", commitIntervalMs: 50 });
    for await (const record of consumer) {
      this.read.push(record.value);
      consumer.done(record);
    }
  }
}
