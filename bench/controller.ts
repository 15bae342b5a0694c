/**
 * What the death of the active controller costs: three controllers and a broker as processes, and a client that creates topics, others
 * that produce and fetch, once in peace and once while the active controller is killed and started again.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { WireClient } from "../e2e/support/wire-client.ts";
import { alternate, type Competitor, type Figures, progress } from "./support/alternation.ts";
import { ControllerCluster } from "./support/controller-cluster.ts";
import { openLoop } from "./support/loops.ts";
import { benchCommand, type CommonFlags, option, peerOptions, runCommandLine, wholeNumber } from "./support/options.ts";
import { oneRecord } from "./support/first-ack.ts";
import { printScenario, type Scenario, writeReport } from "./support/report.ts";
import { TimedConsumer } from "./support/timed-consumer.ts";
import { TimedProducer } from "./support/timed-producer.ts";
import { TopicCreations } from "./support/topic-creations.ts";
import { newTopic } from "./support/topics.ts";

interface Flags extends CommonFlags {
  readonly kills: number;
  readonly everyMs: number;
  readonly rate: number;
}

/** A stretch of time in which so many controllers are killed. */
class Stretch implements Competitor {
  readonly name: string;
  readonly kills: number;
  readonly #cluster: ControllerCluster;

  constructor(name: string, cluster: ControllerCluster, kills: number) {
    this.name = name;
    this.kills = kills;
    this.#cluster = cluster;
  }

  get cpuMs(): number {
    return this.#cluster.cpuMs;
  }
}

/** What became of all that was asked for, in all stretches. */
interface Outcome {
  readonly gapsMs: number[];
  readonly acknowledged: string[];
  unknown: number;
  refused: number;
}

const columns = [
  { figure: "produceP50Ms", title: "produce p50, ms" },
  { figure: "produceP99Ms", title: "produce p99, ms" },
  { figure: "fetchP99Ms", title: "produce until fetched p99, ms" },
  { figure: "failures", title: "failed" },
  { figure: "topicsPerSecond", title: "topics/s" },
];

const command = benchCommand("controller", "The gap that the death of the active controller leaves.", "--kills 30 --rounds 5")
  .addOption(option("--kills <count>", "of active controllers, in all rounds together", wholeNumber, "30"))
  .addOption(option("--every-ms <count>", "from one kill to the next", wholeNumber, "3000"))
  .addOption(option("--rate <count>", "batches a second that are produced, and as many that are fetched, too", wholeNumber, "100"));

await runCommandLine<Flags>(command, async (flags) => {
  await using cluster = await ControllerCluster.start(peerOptions(flags));
  const outcome: Outcome = { gapsMs: [], acknowledged: [], unknown: 0, refused: 0 };
  const killsPerRound = Math.ceil(flags.kills / flags.rounds);
  const stretches = [new Stretch("in peace", cluster, 0), new Stretch("with kills", cluster, killsPerRound)];
  const title = `controllers, ${killsPerRound} kills a round, one each ${flags.everyMs} ms`;
  progress(title);
  const runs = await alternate(stretches, flags, ({ kills }) => measure(cluster, kills, killsPerRound * flags.everyMs, flags, outcome));
  const scenario: Scenario = { title, load: flags, runs };
  printScenario(scenario, columns);
  console.log(`\n${await summary(cluster, outcome)}`);
  progress(`\nwritten to ${writeReport("controller", [scenario])}`);
});

async function measure(cluster: ControllerCluster, kills: number, durationMs: number, flags: Flags, outcome: Outcome): Promise<Figures> {
  const { peer } = cluster.broker;
  const [produced, fetched] = [await newTopic(peer, 1), await newTopic(peer, 1)];
  using producer = await TimedProducer.connect(peer.bootstrap, oneRecord(produced));
  using forConsumer = await TimedProducer.connect(peer.bootstrap, oneRecord(fetched));
  using consumer = await TimedConsumer.connect(peer.bootstrap, fetched);
  const creations = await TopicCreations.start(peer.bootstrap);
  let [end, failures] = [0, 0];
  const counted = (operation: () => Promise<unknown>) => () => operation().catch(() => failures++);
  const sendAndFetch = counted(() => Promise.all([forConsumer.send(), consumer.reached(++end)]));
  const killing = killEvery(cluster, creations, kills, flags.everyMs, outcome.gapsMs);
  const [produce, fetch] = await Promise.all([
    openLoop(
      counted(() => producer.send()),
      flags.rate,
      durationMs,
    ),
    openLoop(sendAndFetch, flags.rate, durationMs),
    killing,
  ]);
  await creations.stop();
  outcome.acknowledged.push(...creations.acknowledged);
  outcome.unknown += creations.unknown.length;
  outcome.refused += creations.refused.length;
  return {
    produceP50Ms: produce["p50Ms"]!,
    produceP99Ms: produce["p99Ms"]!,
    fetchP99Ms: fetch["p99Ms"]!,
    failures,
    topicsPerSecond: (creations.acknowledged.length * 1000) / durationMs,
  };
}

/** Kills the active controller, takes the time until a topic is created that was asked for afterwards, and starts it again. */
async function killEvery(
  cluster: ControllerCluster,
  creations: TopicCreations,
  kills: number,
  everyMs: number,
  gapsMs: number[],
): Promise<void> {
  for (let kill = 0; kill < kills; kill++) {
    const beganMs = performance.now();
    const killed = await cluster.killActive();
    const diedMs = performance.now();
    await creations.next();
    gapsMs.push(performance.now() - diedMs);
    await cluster.restart(killed);
    await sleep(Math.max(0, everyMs - (performance.now() - beganMs)));
  }
}

/** What became of the topics, and of those who lead them. */
async function summary({ broker }: ControllerCluster, { gapsMs, acknowledged, unknown, refused }: Outcome): Promise<string> {
  using client = await WireClient.connect(broker.peer.bootstrap);
  const { topics } = await client.ask("Metadata", 9, { topics: null });
  const there = new Set(topics.map(({ name }) => name));
  const lost = acknowledged.filter((name) => !there.has(name)).length;
  const moved = topics.flatMap(({ partitions }) => partitions).filter(({ leaderEpoch }) => leaderEpoch !== 0).length;
  const sorted = [...gapsMs].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.toFixed(0) ?? "–";
  return [
    `${gapsMs.length} kills: the next topic was created after ${at(0.5)} ms (p50), ${at(0.9)} ms (p90), ${at(1)} ms at most.`,
    `${acknowledged.length} topics acknowledged, ${lost} of them lost; ${unknown} with an unknown outcome, ${refused} refused; ${moved} partitions changed their leader epoch.`,
  ].join("\n");
}
