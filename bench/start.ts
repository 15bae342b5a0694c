/** Starting, side by side: from the start of the process, or of three, to the first acknowledged record, its client running already. */
import { setTimeout as sleep } from "node:timers/promises";
import { MiB } from "@millrace/vocabulary";
import { alternate, type Competitor, type Figures, progress } from "./support/alternation.ts";
import { Brokers } from "./support/brokers.ts";
import { firstAck, oneRecord } from "./support/first-ack.ts";
import { upPeer } from "./support/node-peers.ts";
import { benchCommand, brokersOption, type CommonFlags, option, peerOptions, runCommandLine, wholeNumber } from "./support/options.ts";
import type { Peer } from "./support/peer.ts";
import { printScenario, type Scenario, writeReport } from "./support/report.ts";
import { preparePeers } from "./support/targets.ts";
import { TimedProducer } from "./support/timed-producer.ts";
import { leaderOf, newTopic } from "./support/topics.ts";

/** What a broker does after its start should be over by then. */
const idleAfterMs = 3000;

interface Flags extends CommonFlags {
  readonly brokers: 1 | 3;
  readonly records: number;
}

interface Starting extends Competitor {
  readonly peers: readonly Peer[];
  readonly topic: string;
}

const columns = [
  { figure: "firstAckMs", title: "first ack after, ms" },
  { figure: "idleMebibytes", title: "idle memory of a broker, MiB" },
  { figure: "cpuMs", title: "CPU until then, ms" },
  { figure: "stopMs", title: "stop, ms" },
];

const command = benchCommand("start", "Time from the start on formatted data to the first acknowledgement.", "--brokers 3 --rounds 20")
  .addOption(brokersOption)
  .addOption(option("--records <count>", "in the log when it starts, of 1 KiB each", wholeNumber, "0"));

await runCommandLine<Flags>(command, async (flags) => {
  const title = `start${flags.brokers === 3 ? " of three brokers" : ""}, ${flags.records} records in the log`;
  progress(title);
  const starting: Starting[] = [];
  for (const target of flags.target) starting.push(await prepare(target, flags));
  const scenario: Scenario = { title, load: flags, runs: await alternate(starting, flags, measure) };
  printScenario(scenario, columns);
  progress(`\nwritten to ${writeReport("start", [scenario])}`);
});

/** Starts the brokers a first time, so that their data are formatted and the topic is there. */
async function prepare(target: string, flags: Flags): Promise<Starting> {
  const peers = await peersOf(target, flags);
  await using running = Brokers.spawn(target, peers);
  await running.serving();
  const topic = await newTopic(running, 1);
  using producer = await TimedProducer.connect(await leaderOf(running, topic), { ...oneRecord(topic), records: 64 });
  for (let sent = 0; sent < flags.records; sent += 64) await producer.send();
  return { name: target, cpuMs: 0, peers, topic };
}

/** Three of Millrace are started by one command, as `npm start` does. */
async function peersOf(target: string, flags: Flags): Promise<readonly Peer[]> {
  const isByOneCommand = target === "millrace" && flags.brokers === 3;
  return isByOneCommand ? [await upPeer(target, peerOptions(flags))] : preparePeers(target, flags.brokers, peerOptions(flags));
}

async function measure({ name, peers, topic }: Starting): Promise<Figures> {
  const startMs = performance.now();
  await using running = Brokers.spawn(name, peers);
  await firstAck(running, topic);
  const firstAckMs = performance.now() - startMs;
  await sleep(idleAfterMs);
  const { cpuMs, residentBytes } = running.figures;
  const stopFromMs = performance.now();
  await running.stop();
  return { firstAckMs, cpuMs, idleMebibytes: residentBytes / MiB, stopMs: performance.now() - stopFromMs };
}
