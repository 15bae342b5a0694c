import { setTimeout as sleep } from "node:timers/promises";
import { WireClient } from "../../e2e/support/wire-client.ts";

const groupId = "gap";
const paceMs = 20;
/** A coordinator that does not answer within this time is looked for anew. */
const answerMaxMs = 1_000;

/** Commits an offset of a group, again and again, to whichever broker coordinates it, and keeps note of the longest time without. */
export class CommitLoop {
  readonly #addresses: readonly string[];
  readonly #topic: string;
  readonly #running: Promise<void>;
  #isStopped = false;
  #lastMs = 0;
  #longestMs = 0;
  #offset = 0;

  private constructor(bootstrap: string, topic: string) {
    this.#addresses = bootstrap.split(",");
    this.#topic = topic;
    this.#running = this.#run();
  }

  /** Resolves when the first offset is committed. */
  static async start(bootstrap: string, topic: string): Promise<CommitLoop> {
    const loop = new CommitLoop(bootstrap, topic);
    while (loop.#lastMs === 0) await sleep(paceMs);
    return loop;
  }

  /** From now on silences count. */
  watch(): void {
    this.#longestMs = 0;
  }

  /** The longest time without a commit since `watch`, the present one with it. */
  get silenceMs(): number {
    return Math.max(this.#longestMs, performance.now() - this.#lastMs);
  }

  /** The broker that coordinates the group. */
  async coordinator(): Promise<number> {
    for (;;) {
      for (const address of this.#addresses) {
        const found = await this.#askFor(address).catch(() => undefined);
        if (found !== undefined) return found.nodeId;
      }
      await sleep(paceMs);
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let turn = 0; !this.#isStopped; turn++) {
      await this.#commitBy(this.#addresses[turn % this.#addresses.length]!).catch(() => {}); // looks for it anew
      await sleep(paceMs);
    }
  }

  /** Asks one broker who coordinates, and commits there until that fails. */
  async #commitBy(address: string): Promise<void> {
    const found = await this.#askFor(address);
    if (found === undefined) return;
    using client = await WireClient.connect(`${found.host}:${found.port}`);
    while (!this.#isStopped && (await answered(this.#commit(client)))) {
      const nowMs = performance.now();
      if (this.#lastMs > 0) this.#longestMs = Math.max(this.#longestMs, nowMs - this.#lastMs);
      this.#lastMs = nowMs;
      await sleep(paceMs);
    }
  }

  async #askFor(address: string): Promise<{ nodeId: number; host: string; port: number } | undefined> {
    using client = await WireClient.connect(address);
    const { coordinators } = await answered(client.ask("FindCoordinator", 4, { keyType: 0, coordinatorKeys: [groupId] }));
    return coordinators.find(({ errorCode }) => errorCode === 0);
  }

  async #commit(client: WireClient): Promise<boolean> {
    const partitions = [{ partitionIndex: 0, committedOffset: this.#offset++, committedMetadata: "" }];
    const outsider = { groupId, generationIdOrMemberEpoch: -1, memberId: "" };
    const { topics } = await client.ask("OffsetCommit", 8, { ...outsider, topics: [{ name: this.#topic, partitions }] });
    return topics[0]!.partitions[0]!.errorCode === 0;
  }
}

/** Rejects where no answer comes in time. */
function answered<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("no answer in time")), answerMaxMs);
  return Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
}
