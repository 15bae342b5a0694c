import { connect, type Mill, text, topic } from "@millrace/client";

/**
 * A member of a group that reads a topic from the start for as long as it is let. Offsets of a partition come without a gap, since
 * nothing is compacted or transactional here; after a crash some may come again.
 */
export class GroupReader {
  readonly #mill: Mill;
  readonly #running: Promise<void>;
  readonly #consumer: ReturnType<typeof consumerOf>;
  /** By partition, the greatest offset that came. */
  readonly #newest = new Map<number, number>();
  received = 0;
  repeated = 0;
  /** What was wrong, in words. */
  readonly faults: string[] = [];

  constructor(bootstrap: string, name: string) {
    this.#mill = connect(bootstrap, { signals: false });
    this.#consumer = consumerOf(this.#mill, name);
    this.#running = this.#consumer
      .run(({ partition, offset }) => this.#take(partition, offset))
      .catch((error: unknown) => void this.faults.push(String(error)));
  }

  /** Resolves when every partition has been read to its end, or after so long. */
  async caughtUp(ends: readonly number[], timeoutMs: number): Promise<void> {
    const isRead = () => ends.every((end, partition) => end === 0 || (this.#newest.get(partition) ?? -1) >= end - 1);
    for (let waitedMs = 0; !isRead() && waitedMs < timeoutMs; waitedMs += 50) await new Promise((resolve) => setTimeout(resolve, 50));
    if (!isRead()) this.faults.push(`not read to the end after ${timeoutMs} ms`);
  }

  async stop(): Promise<void> {
    await this.#mill.close();
    await this.#running;
  }

  #take(partition: number, offset: number): void {
    const newest = this.#newest.get(partition) ?? -1;
    this.received++;
    if (offset <= newest) this.repeated++;
    else this.#newest.set(partition, offset);
    if (offset > newest + 1) this.faults.push(`partition ${partition}: ${offset} came after ${newest}`);
  }
}

function consumerOf(mill: Mill, name: string) {
  return mill.consumer([topic(name, { value: text })], { group: "readers", from: "earliest" });
}
