/** Resident memory and idle work, side by side: of a broker that has nothing to do, under load, and when the load is over. */
import { setTimeout as sleep } from "node:timers/promises";
import { MiB } from "@millrace/vocabulary";
import { kafkaToolsMissing } from "../e2e/support/kafka-tools.ts";
import { alternate, type Competitor, type Figures, progress } from "./support/alternation.ts";
import { takeLoopDelayP999Ms } from "./support/loop-delay.ts";
import { benchCommand, type CommonFlags, option, peerOptions, runCommandLine, wholeNumber } from "./support/options.ts";
import type { Peer } from "./support/peer.ts";
import { PeerProcess } from "./support/peer-process.ts";
import { runProducers } from "./support/producer-perf.ts";
import { printScenario, writeReport } from "./support/report.ts";
import { preparePeer } from "./support/targets.ts";
import { newTopic, removeTopic } from "./support/topics.ts";

/** What a broker does after its start should be over by then. */
const settleMs = 3000;

interface Flags extends CommonFlags {
  readonly size: number;
  readonly mebibytes: number;
  readonly seconds: number;
}

interface Resting extends Competitor {
  readonly peer: Peer;
}

const columns = [
  { figure: "idleMebibytes", title: "idle, MiB" },
  { figure: "loadedMebibytes", title: "most under load, MiB" },
  { figure: "afterMebibytes", title: "after it, MiB" },
  { figure: "idleCpuMsPerSecond", title: "idle CPU, ms per s" },
  { figure: "loopDelayP999Ms", title: "loop's delay p99.9 under load, ms" },
];

const command = benchCommand("memory", "Resident memory before, under and after load.", "--mebibytes 2000 --seconds 30")
  .addOption(option("--size <bytes>", "of each record's value", wholeNumber, "1024"))
  .addOption(option("--mebibytes <count>", "to be produced", wholeNumber, "1000"))
  .addOption(option("--seconds <count>", "of each look at a broker that has nothing to do", wholeNumber, "10"));

await runCommandLine<Flags>(command, async (flags) => {
  const missing = await kafkaToolsMissing();
  if (missing !== undefined) throw new Error(`Kafka's producer-perf-test cannot run here: ${missing}`);
  const resting: Resting[] = [];
  for (const target of flags.target) {
    const peer = await preparePeer(target, peerOptions(flags));
    resting.push({ name: peer.name, cpuMs: 0, peer });
  }
  const title = `memory, ${flags.mebibytes} MiB of ${flags.size} B, acks=1, ${flags.seconds} s before and after`;
  progress(title);
  const scenario = { title, load: flags, runs: await alternate(resting, flags, ({ peer }) => measure(peer, flags)) };
  printScenario(scenario, columns);
  progress(`\nwritten to ${writeReport("memory", [scenario])}`);
});

async function measure(peer: Peer, { size, mebibytes, seconds }: Flags): Promise<Figures> {
  await using running = await PeerProcess.start(peer);
  await sleep(settleMs);
  const { cpuMs } = running;
  await sleep(seconds * 1000);
  const idle = running.figures;
  const topic = await newTopic(peer, 1);
  const metrics = peer.metrics === undefined ? [] : [peer.metrics];
  await takeLoopDelayP999Ms(metrics);
  const records = Math.round((mebibytes * MiB) / size);
  await runProducers(peer.bootstrap, topic, {
    size,
    records,
    acks: "1",
    compression: "none",
    producers: 1,
    throughput: -1,
    properties: [],
  });
  const loopDelayP999Ms = await takeLoopDelayP999Ms(metrics);
  await sleep(seconds * 1000);
  const after = running.figures;
  await removeTopic({ bootstrap: peer.bootstrap, directories: [peer.directory] }, topic);
  return {
    idleMebibytes: idle.residentBytes / MiB,
    loadedMebibytes: after.residentPeakBytes / MiB,
    afterMebibytes: after.residentBytes / MiB,
    idleCpuMsPerSecond: (idle.cpuMs - cpuMs) / seconds,
    loopDelayP999Ms,
  };
}
