/** Producing, side by side: Kafka's producer-perf-test against each target in turns, a fresh topic for every run. */
import { MiB } from "@millrace/vocabulary";
import { kafkaToolsMissing } from "../e2e/support/kafka-tools.ts";
import { alternate, type Figures, progress, type Run } from "./support/alternation.ts";
import {
  benchCommand,
  brokersOption,
  type CommonFlags,
  list,
  numbers,
  option,
  peerOptions,
  runCommandLine,
  wholeNumber,
} from "./support/options.ts";
import { takeLoopDelayP999Ms } from "./support/loop-delay.ts";
import type { Brokers } from "./support/brokers.ts";
import { type ProducerLoad, runProducers } from "./support/producer-perf.ts";
import { printScenario, type Scenario, writeReport } from "./support/report.ts";
import { withTargets } from "./support/targets.ts";
import { newTopic, removeTopic } from "./support/topics.ts";

interface Flags extends CommonFlags {
  readonly size: number[];
  readonly acks: string[];
  readonly compression: string[];
  readonly producers: number[];
  readonly brokers: 1 | 3;
  readonly partitions: number;
  readonly mebibytes: number;
  readonly throughput: number;
  readonly property: string[];
}

const columns = [
  { figure: "mebibytesPerSecond", title: "MiB/s" },
  { figure: "recordsPerSecond", title: "records/s" },
  { figure: "cpuMsPerMebibyte", title: "brokers' CPU, ms per MiB" },
  { figure: "p50Ms", title: "p50, ms" },
  { figure: "p99Ms", title: "p99, ms" },
  { figure: "residentPeakMebibytes", title: "peak memory of a broker, MiB" },
  { figure: "loopDelayP999Ms", title: "loop's delay p99.9, ms" },
];

const command = benchCommand("produce", "Throughput and latency of Kafka's own producer.", "--size 1024,100 --acks 1,all --rounds 5")
  .addOption(option("--size <list>", "bytes of each record's value", numbers, "1024,100"))
  .addOption(option("--acks <list>", "1, all or 0", list, "1"))
  .addOption(option("--compression <list>", "none, lz4, zstd, snappy or gzip", list, "none"))
  .addOption(option("--producers <list>", "producers at once, in one virtual machine", numbers, "1"))
  .addOption(brokersOption)
  .addOption(option("--partitions <count>", "of the topic", wholeNumber, "1"))
  .addOption(option("--mebibytes <count>", "to be produced in each run", wholeNumber, "1000"))
  .addOption(option("--throughput <rate>", "records a second at most; 0: no limit", wholeNumber, "0"))
  .addOption(option("--property <list>", "settings of the producer, key=value each: linger.ms=0", list, ""));

await runCommandLine<Flags>(command, async (flags) => {
  const missing = await kafkaToolsMissing();
  if (missing !== undefined) throw new Error(`Kafka's producer-perf-test cannot run here: ${missing}`);
  const scenarios: Scenario[] = [];
  await withTargets(flags.target, { ...peerOptions(flags), brokers: flags.brokers }, async (running) => {
    for (const load of loadsOf(flags)) {
      const title = titleOf(load, flags);
      progress(title);
      const runs: Run[] = await alternate(running, flags, (each) => measure(each, load, flags.partitions));
      scenarios.push({ title, load, runs });
      printScenario(scenarios.at(-1)!, columns);
    }
  });
  progress(`\nwritten to ${writeReport("produce", scenarios)}`);
});

function loadsOf({
  size: sizes,
  acks: allAcks,
  compression: compressions,
  producers: counts,
  mebibytes,
  throughput,
  property,
}: Flags): ProducerLoad[] {
  const loads: ProducerLoad[] = [];
  for (const size of sizes)
    for (const acks of allAcks)
      for (const compression of compressions)
        for (const producers of counts) {
          const rate = { records: Math.round((mebibytes * MiB) / size), throughput: throughput === 0 ? -1 : throughput };
          loads.push({ size, acks, compression, producers, ...rate, properties: property });
        }
  return loads;
}

function titleOf({ size, acks, compression, producers, throughput }: ProducerLoad, { partitions, brokers }: Flags): string {
  const rate = throughput < 0 ? "" : `, ${throughput} records/s`;
  const many = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
  const where = brokers === 1 ? "" : `, ${brokers} brokers, RF ${brokers}`;
  return `produce ${size} B, acks=${acks}, ${compression}, ${many(producers, "producer")}, ${many(partitions, "partition")}${where}${rate}`;
}

async function measure(running: Brokers, load: ProducerLoad, partitions: number): Promise<Figures> {
  const topic = await newTopic(running, partitions);
  await takeLoopDelayP999Ms(running.metrics);
  const before = running.figures;
  const figures = await runProducers(running.bootstrap, topic, load);
  const { cpuMs, residentPeakBytes } = running.figures;
  const loopDelayP999Ms = await takeLoopDelayP999Ms(running.metrics);
  await removeTopic(running, topic);
  const cpuMsPerMebibyte = (cpuMs - before.cpuMs) / ((load.records * load.size) / MiB);
  return { ...figures, cpuMsPerMebibyte, residentPeakMebibytes: residentPeakBytes / MiB, loopDelayP999Ms };
}
