import { connect, type Mill, MillraceError, text, topic, type Producer } from "@millrace/client";
import type { WireClient } from "../support/wire-client.ts";
import { recordsOfPartition } from "../support/partition-scan.ts";
import type { History, Sighting } from "./history.ts";

/** Records that one producer has under way, at most. */
const inFlightMax = 300;
/** Longer than any broker here is away: nothing is given up while the story lasts. */
const deliveryTimeoutMs = 300_000;

export interface LoadOptions {
  readonly bootstrap: string;
  readonly topic: string;
  readonly partitions: number;
  /** One producer each. */
  readonly acks: readonly ("all" | "leader")[];
  /** Bytes of a value. */
  readonly valueBytes: number;
  /** Records that all producers together send a second; undefined: as many as there is room for. */
  readonly recordsPerSecond?: number;
}

/** Idempotent producers that send to all partitions in turn until stopped, whatever becomes of the broker. */
export class Load {
  readonly #options: LoadOptions;
  readonly #history: History;
  readonly #mill: Mill;
  readonly #described: ReturnType<typeof describe>;
  readonly #running: Promise<void>[];
  #isStopped = false;
  /** Codes of the errors that sends ended with. */
  readonly failures = new Map<string, number>();

  constructor(options: LoadOptions, history: History) {
    this.#options = options;
    this.#history = history;
    this.#described = describe(options.topic);
    this.#mill = connect(options.bootstrap, { signals: false });
    this.#running = options.acks.map((acks, number) => this.#run(number, this.#mill.producer({ acks, deliveryTimeoutMs })));
  }

  /** Sends no more, and resolves when everything that was sent has its answer. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#running);
    await this.#mill.close();
  }

  async #run(producer: number, by: Producer): Promise<void> {
    const underWay = new Set<Promise<void>>();
    const { acks, recordsPerSecond = Infinity } = this.#options;
    const pauseMs = (inFlightMax * 1000 * acks.length) / recordsPerSecond;
    for (let count = 0; !this.#isStopped;) {
      for (let index = 0; index < inFlightMax; index++) {
        const sending = this.#send(by, producer, count++ % this.#options.partitions).finally(() => underWay.delete(sending));
        underWay.add(sending);
      }
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      while (underWay.size > inFlightMax / 2) await Promise.race(underWay);
    }
    await Promise.all(underWay);
  }

  async #send(by: Producer, producer: number, partition: number): Promise<void> {
    const sequence = this.#history.send(partition, producer);
    const value = `${producer} ${sequence} `.padEnd(this.#options.valueBytes, "x");
    try {
      const { offset } = await by.send(this.#described, { partition, value });
      this.#history.acknowledge(partition, producer, sequence, offset!);
    } catch (error) {
      const code = error instanceof MillraceError ? error.code : String(error);
      this.failures.set(code, (this.failures.get(code) ?? 0) + 1);
    }
  }
}

function describe(name: string) {
  return topic(name, { value: text });
}

/** What such producers left in a partition. */
export async function* sightings(client: WireClient, name: string, partition: number): AsyncGenerator<Sighting> {
  for await (const { offset, value } of recordsOfPartition(client, name, { partition })) {
    const [producer, sequence] = value!.toString("latin1").split(" ", 2).map(Number) as [number, number];
    yield { producer, sequence, offset };
  }
}
