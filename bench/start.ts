/** Starting, side by side: from the start of the process to the first acknowledged record, its client running already. */
import { setTimeout as sleep } from "node:timers/promises";
import { MiB } from "@millrace/vocabulary";
import { alternate, type Competitor, type Figures, progress } from "./support/alternation.ts";
import { firstAck, oneRecord } from "./support/first-ack.ts";
import { benchCommand, type CommonFlags, option, peerOptions, runCommandLine, wholeNumber } from "./support/options.ts";
import type { Peer } from "./support/peer.ts";
import { PeerProcess } from "./support/peer-process.ts";
import { printScenario, type Scenario, writeReport } from "./support/report.ts";
import { preparePeer } from "./support/targets.ts";
import { TimedProducer } from "./support/timed-producer.ts";
import { newTopic } from "./support/topics.ts";

/** What a broker does after its start should be over by then. */
const idleAfterMs = 3000;

interface Flags extends CommonFlags {
  readonly records: number;
}

interface Starting extends Competitor {
  readonly peer: Peer;
  readonly topic: string;
}

const columns = [
  { figure: "firstAckMs", title: "first ack after, ms" },
  { figure: "idleMebibytes", title: "idle memory, MiB" },
  { figure: "cpuMs", title: "CPU until then, ms" },
  { figure: "stopMs", title: "stop, ms" },
];

const command = benchCommand(
  "start",
  "Time from the start of a process on formatted data to its first acknowledgement.",
  "--rounds 20",
).addOption(option("--records <count>", "in the log when it starts, of 1 KiB each", wholeNumber, "0"));

await runCommandLine<Flags>(command, async (flags) => {
  const starting: Starting[] = [];
  for (const target of flags.target) starting.push(await prepare(await preparePeer(target, peerOptions(flags)), flags.records));
  const title = `start, ${flags.records} records in the log`;
  progress(title);
  const scenarios: Scenario[] = [{ title, load: flags, runs: await alternate(starting, flags, measure) }];
  printScenario(scenarios[0]!, columns);
  progress(`\nwritten to ${writeReport("start", scenarios)}`);
});

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
