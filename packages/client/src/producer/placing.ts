import type { Cluster } from "../cluster/cluster.ts";
import type { TopicView } from "../cluster/view.ts";
import type { MillraceError } from "@millrace/vocabulary";

/** A record that waits for its topic to be known. */
interface Unplaced {
  readonly place: (topic: TopicView) => void;
  readonly failed: (error: MillraceError) => void;
}

/** Keeps records in order until it is known how many partitions their topic has. */
export class Placing {
  readonly #cluster: Cluster;
  readonly #timeoutMs: number;
  readonly #unplaced = new Map<string, Unplaced[]>();
  #closed: MillraceError | undefined;

  /** @param timeoutMs how long a topic is looked for */
  constructor(cluster: Cluster, timeoutMs: number) {
    this.#cluster = cluster;
    this.#timeoutMs = timeoutMs;
  }

  /** Calls `place` with the topic, at once where it is known; `failed` where it cannot be found. */
  whenKnown(topic: string, unplaced: Unplaced): void {
    if (this.#closed !== undefined) return unplaced.failed(this.#closed);
    const known = this.#cluster.view.topic(topic);
    const waiting = this.#unplaced.get(topic);
    if (known !== undefined && waiting === undefined) return unplaced.place(known);
    if (waiting !== undefined) return void waiting.push(unplaced);
    this.#unplaced.set(topic, [unplaced]);
    this.#cluster.topic(topic, { create: true, timeoutMs: this.#timeoutMs }).then(
      (found) => this.#release(topic, (each) => each.place(found)),
      (error: unknown) => this.#release(topic, (each) => each.failed(error as MillraceError)),
    );
  }

  /** Fails what waits, and what comes. */
  close(error: MillraceError): void {
    this.#closed = error;
    for (const topic of this.#unplaced.keys()) this.#release(topic, (each) => each.failed(error));
  }

  #release(topic: string, act: (unplaced: Unplaced) => void): void {
    const waiting = this.#unplaced.get(topic) ?? [];
    this.#unplaced.delete(topic);
    waiting.forEach(act);
  }
}
