import { BrokerProcess } from "../support/broker-process.ts";
import { collectable, type ProcessMemory, settledMemory } from "../support/process-memory.ts";
import { createTopic } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";
import type { Anomaly } from "../chaos/history.ts";
import { faultsOfVictims } from "./aftermath.ts";
import { BatchMaker } from "./batches.ts";
import { Bystander } from "./bystander.ts";
import { Dice } from "./dice.ts";
import { exchange } from "./exchange.ts";
import { makeInput } from "./inputs.ts";
import { RequestMaker, victims } from "./requests.ts";

/** Connections that are open at once. */
const connectionsMax = 12;
/** Of the log of a broker that ended. */
const lastLines = 20;
/** Faults that a report names; more of them say no more. */
const namedFaultsMax = 20;

export interface FuzzOptions {
  readonly inputs: number;
  readonly seed: number;
  /** Inputs before the memory that growth is counted from: by then every codec is compiled, and every pool is filled. */
  readonly warmUpInputs: number;
  /** Told now and then. */
  readonly onProgress?: (sent: number) => void;
  /** Told at once. */
  readonly onFault?: (fault: string) => void;
}

export interface FuzzReport {
  readonly inputs: number;
  readonly answers: number;
  readonly ends: Readonly<Record<"closed" | "left" | "hung", number>>;
  /** Inputs of each kind. */
  readonly kinds: Readonly<Record<string, number>>;
  /** What the broker did and must not, the first of them, with the inputs that can be made again from the seed. */
  readonly faults: readonly string[];
  /** Lines of the broker's log that say that it met an error of its own. */
  readonly complaints: readonly string[];
  /** What is wrong with the records that were taken. */
  readonly aftermath: readonly string[];
  readonly memoryBefore: ProcessMemory;
  readonly memoryAfter: ProcessMemory;
  readonly grownBytes: number;
  readonly bystander: { readonly acknowledged: number; readonly faults: readonly string[]; readonly anomalies: readonly Anomaly[] };
}

/** Sends inputs to a broker process, and looks at what becomes of it and of an honest client beside. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  await using broker = await BrokerProcess.start({
    environment: collectable,
    // What the tails of logs may hold belongs to the broker by right, and would hide what grows beside it.
    set: ["millrace.tail.max.bytes=1048576"],
  });
  await makeVictims(broker.bootstrap);
  const bystander = await Bystander.start(broker.bootstrap);
  const run = new FuzzRun(broker, options);
  await run.send(options.warmUpInputs);
  const memoryBefore = await settledMemory(broker);
  await run.send(options.inputs - options.warmUpInputs);
  const memoryAfter = await settledMemory(broker);
  const anomalies = await bystander.stop();
  const aftermath = await faultsOfVictims(broker.bootstrap);
  return {
    ...run.report(),
    complaints: broker.log.filter((line) => line.includes('"level":"error"')).slice(0, namedFaultsMax),
    aftermath,
    memoryBefore,
    memoryAfter,
    grownBytes: memoryAfter.residentBytes - memoryBefore.residentBytes,
    bystander: { acknowledged: bystander.acknowledged, faults: bystander.faults, anomalies },
  };
}

async function makeVictims(bootstrap: string): Promise<void> {
  using client = await WireClient.connect(bootstrap);
  const configs = [{}, { "cleanup.policy": "compact" }, { "message.timestamp.type": "LogAppendTime" }];
  for (const [index, name] of victims.entries()) await createTopic(client, name, { configs: configs[index]! as Record<string, string> });
}

class FuzzRun {
  readonly #broker: BrokerProcess;
  readonly #options: FuzzOptions;
  readonly #dice: Dice;
  readonly #requests: RequestMaker;
  readonly #ends = { closed: 0, left: 0, hung: 0 };
  readonly #kinds = new Map<string, number>();
  readonly #faults: string[] = [];
  #sent = 0;
  #answers = 0;

  constructor(broker: BrokerProcess, options: FuzzOptions) {
    this.#broker = broker;
    this.#options = options;
    this.#dice = new Dice(options.seed);
    this.#requests = new RequestMaker(this.#dice, new BatchMaker(this.#dice), options.seed);
  }

  /** Sends so many more inputs, several at once. */
  async send(inputs: number): Promise<void> {
    const until = this.#sent + inputs;
    const worker = async () => {
      while (this.#sent < until) await this.#sendNext();
    };
    await Promise.all(Array.from({ length: connectionsMax }, worker));
  }

  report(): Pick<FuzzReport, "inputs" | "answers" | "ends" | "kinds" | "faults"> {
    const kinds = Object.fromEntries([...this.#kinds].sort());
    return { inputs: this.#sent, answers: this.#answers, ends: this.#ends, kinds, faults: this.#faults.slice(0, namedFaultsMax) };
  }

  async #sendNext(): Promise<void> {
    const number = this.#sent++;
    const input = makeInput(this.#dice, this.#requests);
    this.#kinds.set(input.kind, (this.#kinds.get(input.kind) ?? 0) + 1);
    if (this.#broker.hasEnded)
      throw new Error(`the broker ended before input ${number}:\n${this.#broker.log.slice(-lastLines).join("\n")}`);
    const { end, answers, faults } = await exchange(this.#broker.bootstrap, input.pieces);
    this.#ends[end]++;
    this.#answers += answers;
    const { name, version } = input.last;
    for (const fault of faults) this.#report(`input ${number} (${input.kind}, ${name} ${version}): ${fault}`);
    if ((number + 1) % 5_000 === 0) this.#options.onProgress?.(number + 1);
  }

  #report(fault: string): void {
    this.#faults.push(fault);
    this.#options.onFault?.(fault);
  }
}
