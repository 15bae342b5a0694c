/** Starting, side by side: from the start of the process, or of three, to the first acknowledged record, its client running already. */
import { setTimeout as sleep } from "node:timers/promises";
import { MiB } from "@millrace/vocabulary";
import { alternate, type Competitor, type Figures, progress, type Run } from "./support/alternation.ts";
import { startableCluster, type StartableCluster, StartedCluster } from "./support/cluster-start.ts";
import { firstAck, oneRecord } from "./support/first-ack.ts";
import { benchCommand, type CommonFlags, option, peerOptions, runCommandLine, wholeNumber } from "./support/options.ts";
import type { Peer } from "./support/peer.ts";
import { PeerProcess } from "./support/peer-process.ts";
import type { ProcessFigures } from "./support/process-figures.ts";
import { printScenario, type Scenario, writeReport } from "./support/report.ts";
import { preparePeer } from "./support/targets.ts";
import { TimedProducer } from "./support/timed-producer.ts";
import { newTopic } from "./support/topics.ts";

/** What a broker does after its start should be over by then. */
const idleAfterMs = 3000;

interface Flags extends CommonFlags {
  readonly brokers: number;
  readonly records: number;
}

interface Starting extends Competitor {
  readonly peer: Peer;
  readonly topic: string;
}

/** The same of three brokers: Millrace by one command, `millrace up`. */
interface StartingCluster extends Competitor {
  readonly cluster: StartableCluster;
  readonly topic: string;
}

const columns = [
  { figure: "firstAckMs", title: "first ack after, ms" },
  { figure: "idleMebibytes", title: "idle memory of a broker, MiB" },
  { figure: "cpuMs", title: "CPU until then, ms" },
  { figure: "stopMs", title: "stop, ms" },
];

const command = benchCommand("start", "Time from the start on formatted data to the first acknowledgement.", "--brokers 3 --rounds 20")
  .addOption(option("--brokers <count>", "1, or 3 of one cluster, whose topic has a replica on each", wholeNumber, "1"))
  .addOption(option("--records <count>", "in the log of one broker when it starts, of 1 KiB each", wholeNumber, "0"));

await runCommandLine<Flags>(command, async (flags) => {
  if (![1, 3].includes(flags.brokers)) throw new Error(`--brokers: must be 1 or 3, not ${flags.brokers}`);
  const title = flags.brokers === 3 ? "start of three brokers" : `start, ${flags.records} records in the log`;
  progress(title);
  const runs = await (flags.brokers === 3 ? startThree(flags) : startOne(flags));
  const scenario: Scenario = { title, load: flags, runs };
  printScenario(scenario, columns);
  progress(`\nwritten to ${writeReport("start", [scenario])}`);
});

async function startOne(flags: Flags): Promise<Run[]> {
  const starting: Starting[] = [];
  for (const target of flags.target) starting.push(await prepare(await preparePeer(target, peerOptions(flags)), flags.records));
  return alternate(starting, flags, measure);
}

/** Starts the broker a first time, so that its data are formatted and the topic is there. */
async function prepare(peer: Peer, records: number): Promise<Starting> {
  await using running = await PeerProcess.start(peer);
  const topic = await newTopic(peer, 1);
  using producer = await TimedProducer.connect(peer.bootstrap, { ...oneRecord(topic), records: 64 });
  for (let sent = 0; sent < records; sent += 64) await producer.send();
  return { name: running.name, cpuMs: 0, peer, topic };
}

async function measure({ peer, topic }: Starting): Promise<Figures> {
  const startMs = performance.now();
  await using running = PeerProcess.spawn(peer);
  await firstAck(running, topic);
  const firstAckMs = performance.now() - startMs;
  await sleep(idleAfterMs);
  const { cpuMs, residentBytes } = running.figures;
  const stopFromMs = performance.now();
  await running.stop();
  return { firstAckMs, cpuMs, idleMebibytes: residentBytes / MiB, stopMs: performance.now() - stopFromMs };
}

async function startThree(flags: Flags): Promise<Run[]> {
  const starting: StartingCluster[] = [];
  for (const target of flags.target) starting.push(await prepareThree(await startableCluster(target, peerOptions(flags))));
  return alternate(starting, flags, measureThree);
}

async function prepareThree(cluster: StartableCluster): Promise<StartingCluster> {
  const running = new StartedCluster(cluster);
  const topic = "started";
  await running.createTopic(topic);
  await running.firstAck(topic);
  await running.stop();
  return { name: cluster.name, cpuMs: 0, cluster, topic };
}

async function measureThree({ cluster, topic }: StartingCluster): Promise<Figures> {
  const startMs = performance.now();
  const running = new StartedCluster(cluster);
  await running.firstAck(topic);
  const firstAckMs = performance.now() - startMs;
  await sleep(idleAfterMs);
  const { figures } = running;
  const sum = (of: (figures: ProcessFigures) => number) => figures.reduce((total, each) => total + of(each), 0);
  const stopFromMs = performance.now();
  await running.stop();
  return {
    firstAckMs,
    cpuMs: sum(({ cpuMs }) => cpuMs),
    idleMebibytes: sum(({ residentBytes }) => residentBytes) / figures.length / MiB,
    stopMs: performance.now() - stopFromMs,
  };
}
