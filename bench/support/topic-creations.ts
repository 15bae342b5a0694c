import { setTimeout as sleep } from "node:timers/promises";
import { codeOfWire } from "@millrace/vocabulary";
import { WireClient } from "../../e2e/support/wire-client.ts";

/** Between two creations: often enough to see every gap, seldom enough that topics do not crowd the broker. */
const paceMs = 25;

/** Creates topics of one partition, one after the other, and keeps note of what became of each. */
export class TopicCreations {
  readonly acknowledged: string[] = [];
  /** Nobody knows what became of them. */
  readonly unknown: string[] = [];
  readonly refused: string[] = [];
  readonly #client: WireClient;
  readonly #running: Promise<void>;
  #isOver = false;
  #pace = new AbortController();
  /** Those that wait for a creation which began after they asked. */
  #waiting: { readonly fromMs: number; readonly acknowledged: () => void }[] = [];

  private constructor(client: WireClient) {
    this.#client = client;
    this.#running = this.#run();
  }

  static async start(bootstrap: string): Promise<TopicCreations> {
    return new TopicCreations(await WireClient.connect(bootstrap));
  }

  /** Begins a creation at once, unless one is under way, and resolves when one is acknowledged that began after this call. */
  async next(): Promise<void> {
    const fromMs = performance.now();
    const next = new Promise<void>((acknowledged) => this.#waiting.push({ fromMs, acknowledged }));
    this.#pace.abort();
    await next;
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    this.#pace.abort();
    await this.#running;
    this.#client.close();
  }

  async #run(): Promise<void> {
    const stem = `made-${Date.now().toString(36)}`;
    for (let number = 0; !this.#isOver; number++) {
      const beganMs = performance.now();
      const code = await this.#create(`${stem}-${number}`);
      if (code === "NONE") this.#tell(beganMs);
      this.#pace = new AbortController();
      const pauseMs = this.#waiting.length > 0 ? 0 : paceMs;
      await sleep(pauseMs, undefined, { signal: this.#pace.signal }).catch(() => {});
    }
  }

  async #create(name: string): Promise<string> {
    const topic = { name, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
    const { topics } = await this.#client.ask("CreateTopics", 7, { topics: [topic], timeoutMs: 30_000 });
    const code = codeOfWire(topics[0]!.errorCode);
    const kept = code === "NONE" ? this.acknowledged : code === "REQUEST_TIMED_OUT" ? this.unknown : this.refused;
    kept.push(name);
    return code;
  }

  #tell(beganMs: number): void {
    const { told = [], left = [] } = Object.groupBy(this.#waiting, ({ fromMs }) => (fromMs <= beganMs ? "told" : "left"));
    this.#waiting = left;
    for (const { acknowledged } of told) acknowledged();
  }
}
