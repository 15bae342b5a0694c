import { advertised, type ApiName, apis } from "@millrace/protocol";
import { BrokerProcess } from "../support/broker-process.ts";
import { KafkaBroker } from "../support/kafka-broker.ts";
import { WireClient } from "../support/wire-client.ts";
import { compareSides, type Difference } from "./comparison.ts";
import type { Scenario } from "./scenario.ts";
import { NoAnswer, Side } from "./side.ts";

/** What both are told beside their defaults: nothing that is old is deleted, and groups form without delay and on few partitions. */
const settings = ["log.retention.ms=-1", "group.initial.rebalance.delay.ms=0", "offsets.topic.num.partitions=2"];

/** The versions of each API that both brokers serve. */
export type CommonVersions = (name: ApiName) => number[];

/** Kafka and Millrace, side by side, each a process with fresh data. */
export class Pair {
  readonly #kafka: KafkaBroker;
  readonly #millrace: BrokerProcess;
  readonly #versionsOf: CommonVersions;
  readonly #names = { kafka: new Map<string, string>(), millrace: new Map<string, string>() };

  private constructor(kafka: KafkaBroker, millrace: BrokerProcess, versionsOf: CommonVersions) {
    this.#kafka = kafka;
    this.#millrace = millrace;
    this.#versionsOf = versionsOf;
  }

  static async start(): Promise<Pair> {
    const [kafka, millrace] = await Promise.all([KafkaBroker.start(settings), BrokerProcess.start({ set: settings })]);
    const pair = new Pair(kafka, millrace, await commonVersions(kafka.bootstrap));
    await pair.play({ title: "warming up", play: (side) => side.seesCoordinators() });
    return pair;
  }

  /** What Millrace complained of so far. */
  get complaints(): string[] {
    return this.#millrace.log.filter((line) => line.includes('"level":"error"'));
  }

  /** Plays a scenario on both brokers, and resolves to what differed. */
  async play({ play }: Scenario): Promise<Difference[]> {
    const kafka = new Side(this.#kafka.bootstrap, this.#versionsOf, this.#names.kafka);
    const millrace = new Side(this.#millrace.bootstrap, this.#versionsOf, this.#names.millrace);
    try {
      await Promise.all([kafka, millrace].map((side) => play(side).catch(expectNoAnswer)));
      return await compareSides(kafka, millrace);
    } finally {
      kafka.close();
      millrace.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#kafka[Symbol.asyncDispose](), this.#millrace[Symbol.asyncDispose]()]);
  }
}

/** A scenario ends where one of its requests goes unanswered. Both sides have noted how far they came. */
function expectNoAnswer(error: unknown): void {
  if (!(error instanceof NoAnswer)) throw error;
}

async function commonVersions(bootstrap: string): Promise<CommonVersions> {
  using client = await WireClient.connect(bootstrap);
  const { apiKeys } = await client.ask("ApiVersions", 3, { clientSoftwareName: "differential", clientSoftwareVersion: "1" });
  const served = new Map(apiKeys.map((api) => [api.apiKey, api]));
  return (name) => {
    const ours = advertised.get(name)!;
    const { minVersion = 0, maxVersion = -1 } = served.get(apis[name].key) ?? {};
    const first = Math.max(minVersion, ours.first, apis[name].request.versions.first);
    const last = Math.min(maxVersion, ours.last);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  };
}
