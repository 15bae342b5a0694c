import { setTimeout as sleep } from "node:timers/promises";
import { connect, type Mill, text, topic } from "@millrace/client";

const paceMs = 5;

/** An application that writes numbers to a topic, one after the other, and counts what it was told. */
export class Writer {
  readonly acknowledged: string[] = [];
  /** Errors that the application saw, in words. */
  readonly errors: string[] = [];
  readonly #mill: Mill;
  readonly #running: Promise<void>;
  #isStopped = false;

  constructor(addresses: readonly string[], name: string) {
    this.#mill = connect(addresses.join(","), { signals: false });
    this.#running = this.#run(name);
  }

  /** Resolves when so many more are acknowledged that were sent from now on. */
  async goesOn(count = 50): Promise<void> {
    const from = this.acknowledged.length + 1; // one may have been sent before
    while (this.acknowledged.length < from + count) await sleep(paceMs);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
    await this.#mill.close();
  }

  async #run(name: string): Promise<void> {
    const written = topic(name, { key: text, value: text });
    const producer = this.#mill.producer();
    for (let number = 0; !this.#isStopped; number++) {
      const value = String(number);
      // Keys spread over all partitions, so that whoever is lost is missed soon.
      await producer.send(written, { key: value, value }).then(
        () => this.acknowledged.push(value),
        (error: unknown) => this.errors.push(String(error)),
      );
      await sleep(paceMs);
    }
  }
}
