import { setTimeout as sleep } from "node:timers/promises";
import type { Figures } from "./alternation.ts";
import { CommitLoop } from "./commit-loop.ts";
import type { GapFault } from "./gap-faults.ts";
import { SdkLoad } from "./sdk-load.ts";
import { spreadOf } from "./spread.ts";
import { SteadyLoad } from "./steady-load.ts";
import type { Trio } from "./trio.ts";

/** So long before the harm it is looked at what the load sees by itself. */
const peaceMs = 1_000;
/** A fault lasts so long at least, and until writing goes on everywhere. */
const lastsMsMin = 1_500;
/** Longer than any time-out that could end a gap. */
const lastsMsMax = 60_000;
/** Of the topic that the SDK writes and reads: the others are Kafka's client's, and each costs processor time that brokers lack. */
const sdkPartitions = 12;
/** A partition flows when it was acknowledged within this time: several beats of the load. */
const flowingMs = 400;

export interface GapLoadOptions {
  readonly partitions: number;
  readonly beatMs: number;
}

/** A cluster under load, harmed again and again in one way. The clients stay: they are warm, as an application's are. */
export class HarmedCluster implements AsyncDisposable {
  readonly #trio: Trio;
  readonly #fault: GapFault;
  readonly #topic: string;
  readonly #load: SteadyLoad;
  readonly #commits: CommitLoop;
  /** Undefined: this cluster is none of Millrace's. */
  readonly #sdk: SdkLoad | undefined;

  private constructor(trio: Trio, fault: GapFault, topic: string, load: SteadyLoad, commits: CommitLoop, sdk: SdkLoad | undefined) {
    this.#trio = trio;
    this.#fault = fault;
    this.#topic = topic;
    this.#load = load;
    this.#commits = commits;
    this.#sdk = sdk;
  }

  static async start(trio: Trio, fault: GapFault, { partitions, beatMs }: GapLoadOptions): Promise<HarmedCluster> {
    const topic = `gap-${partitions}`;
    const { bootstrap } = trio;
    await trio.createTopic(topic, partitions).catch(() => {}); // it is there from the fault before
    await trio.whole(topic);
    const load = await SteadyLoad.start({ bootstrap, topic, partitions, beatMs, settings: fault.clientSettings });
    const commits = await CommitLoop.start(bootstrap, topic);
    const sdk = trio.name === "kafka" ? undefined : await HarmedCluster.#sdkOn(trio);
    return new HarmedCluster(trio, fault, topic, load, commits, sdk);
  }

  static async #sdkOn(trio: Trio): Promise<SdkLoad> {
    const topic = "gap-sdk";
    await trio.createTopic(topic, sdkPartitions).catch(() => {}); // likewise
    await trio.whole(topic);
    return SdkLoad.start({ bootstrap: trio.bootstrap, topic, partitions: sdkPartitions });
  }

  /** Harms the cluster once, and makes it good again. */
  async round(): Promise<Figures> {
    const [trio, topic, load, commits] = [this.#trio, this.#topic, this.#load, this.#commits];
    load.watch();
    await sleep(peaceMs);
    const { longestMs: inPeaceMs, errors: errorsBefore } = await load.silences();
    const sdkErrorsBefore = this.#sdk?.errors ?? 0;
    const leaders = await trio.leaders(topic);
    const moment = { trio, topic, leaders, commits };
    const victim = await this.#fault.victim(moment);
    for (const each of [load, commits, this.#sdk]) each?.watch();
    await this.#fault.begin(moment, victim);
    await sleep(lastsMsMin);
    await load.flows(flowingMs, lastsMsMax);
    const { errors, longestMs } = await load.silences();
    const { sendMs = NaN, readMs = NaN } = this.#sdk?.worst ?? {};
    const commitMs = commits.silenceMs;
    await this.#fault.end(moment, victim);
    await trio.whole(topic);
    return {
      ...silences(longestMs, leaders, victim),
      peaceMs: Math.max(...inPeaceMs),
      commitMs,
      sendMs,
      readMs,
      errors: errors - errorsBefore,
      sdkErrors: this.#sdk === undefined ? NaN : this.#sdk.errors - sdkErrorsBefore,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#load.stop();
    await this.#commits.stop();
    await this.#sdk?.stop();
  }
}

/** Where everybody goes, all partitions are those of whoever goes. */
function silences(silencesMs: readonly number[], leaders: readonly number[], victim: number | undefined): Figures {
  const isLed = (_: number, partition: number) => victim === undefined || leaders[partition] === victim;
  const led = spreadOf(silencesMs.filter(isLed));
  const followed = silencesMs.filter((ms, partition) => !isLed(ms, partition));
  return { worstMs: led.max, medianMs: led.median, othersMs: followed.length === 0 ? NaN : spreadOf(followed).max };
}
