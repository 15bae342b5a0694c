import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { kafkaClassPath } from "../../e2e/support/kafka-tools.ts";

const source = join(import.meta.dirname, "SteadyLoad.java");
const lookMs = 20;
/** A virtual machine that starts on a busy machine takes a while. */
const startMaxMs = 60_000;

export interface SteadyLoadOptions {
  readonly bootstrap: string;
  readonly topic: string;
  readonly partitions: number;
  /** From one record of a partition to its next: no silence that is shorter is seen. */
  readonly beatMs: number;
  /** Of Kafka's producer, `key=value` each; everything else has the client's default. */
  readonly settings: readonly string[];
}

/** What the producer has seen since `watch`. */
export interface Silences {
  /** Sends that the producer gave up, ever. */
  readonly errors: number;
  /** Records that were acknowledged, ever. */
  readonly acknowledged: number;
  /** By partition: the longest time between two acknowledgements, or since the last one. */
  readonly longestMs: readonly number[];
  /** By partition: the time since the last acknowledgement. */
  readonly presentMs: readonly number[];
}

/** Kafka's producer, which writes to every partition of a topic at a steady beat, with acks=all. Needs Kafka's tools. */
export class SteadyLoad {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor({ bootstrap, topic, partitions, beatMs, settings }: SteadyLoadOptions) {
    const args = [bootstrap, topic, String(partitions), String(beatMs), ...settings];
    this.#child = spawn("java", ["-Xmx256m", ...kafkaClassPath(), source, ...args], { stdio: ["pipe", "pipe", "ignore"] });
    this.#child.stdin!.on("error", () => {}); // the process has ended: its answer says so
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
    process.once("exit", this.#kill);
  }

  /** Resolves when every partition has been acknowledged and goes on being so. */
  static async start(options: SteadyLoadOptions): Promise<SteadyLoad> {
    const load = new SteadyLoad(options);
    await load.flows(options.beatMs * 10, startMaxMs);
    return load;
  }

  /** From now on silences count, those too that have begun. */
  watch(): void {
    this.#child.stdin!.write("watch\n");
  }

  async silences(): Promise<Silences> {
    this.#child.stdin!.write("report\n");
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error("Kafka's producer has ended");
    const [errors, acknowledged, longest, present] = value.split(" ");
    const numbers = (text: string | undefined) => text!.split(",").map(Number);
    return { errors: Number(errors), acknowledged: Number(acknowledged), longestMs: numbers(longest), presentMs: numbers(present) };
  }

  /** Resolves when every partition has been acknowledged within the last so many milliseconds, or rejects after so long. */
  async flows(withinMs: number, timeoutMs: number): Promise<void> {
    for (const startMs = performance.now(); ; await sleep(lookMs)) {
      const { presentMs } = await this.silences();
      if (presentMs.every((ms) => ms <= withinMs)) return;
      if (performance.now() - startMs > timeoutMs) throw new Error(`some partitions are still silent after ${timeoutMs} ms`);
    }
  }

  async stop(): Promise<void> {
    process.off("exit", this.#kill);
    const ended = once(this.#child, "close");
    this.#kill();
    await ended;
  }

  readonly #kill = (): void => {
    this.#child.kill("SIGKILL");
  };
}
