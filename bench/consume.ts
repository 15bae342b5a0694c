/** Consuming, side by side: a topic is filled once on each target, then Kafka's consumer-perf-test reads it from each in turns. */
import { MiB } from "@millrace/vocabulary";
import { kafkaToolsMissing } from "../e2e/support/kafka-tools.ts";
import { alternate, type Figures, progress } from "./support/alternation.ts";
import { runConsumers } from "./support/consumer-perf.ts";
import { takeLoopDelayP999Ms } from "./support/loop-delay.ts";
import { benchCommand, type CommonFlags, list, numbers, option, peerOptions, runCommandLine, wholeNumber } from "./support/options.ts";
import { dropFromPageCache } from "./support/page-cache.ts";
import type { Brokers } from "./support/brokers.ts";
import { runProducers } from "./support/producer-perf.ts";
import { printScenario, type Scenario, writeReport } from "./support/report.ts";
import { withTargets } from "./support/targets.ts";
import { newTopic } from "./support/topics.ts";

interface Flags extends CommonFlags {
  readonly from: string[];
  readonly size: number[];
  readonly consumers: number[];
  readonly mebibytes: number;
}

interface ConsumerLoad {
  readonly from: Place;
  /** Bytes of each record's value. */
  readonly size: number;
  /** In the topic; each consumer reads them all. */
  readonly records: number;
  readonly consumers: number;
}

/** Where the records are when they are read. */
const places = ["tail", "cache", "cold"] as const;
type Place = (typeof places)[number];

const columns = [
  { figure: "mebibytesPerSecond", title: "MiB/s" },
  { figure: "recordsPerSecond", title: "records/s" },
  { figure: "cpuMsPerMebibyte", title: "broker's CPU, ms per MiB" },
  { figure: "diskMebibytes", title: "from the disk, MiB" },
  { figure: "residentPeakMebibytes", title: "peak memory, MiB" },
  { figure: "loopDelayP999Ms", title: "loop's delay p99.9, ms" },
];

const command = benchCommand("consume", "Throughput of Kafka's own consumer.", "--from tail,cold --size 1024")
  .addOption(option("--from <list>", "tail: Millrace's memory; cache: the page cache; cold: the disk", list, places.join(",")))
  .addOption(option("--size <list>", "bytes of each record's value", numbers, "1024"))
  .addOption(option("--consumers <list>", "at once, each of which reads the whole topic", numbers, "1"))
  .addOption(option("--mebibytes <count>", "in the topic", wholeNumber, "1000"));

await runCommandLine<Flags>(command, async (flags) => {
  const missing = await kafkaToolsMissing();
  if (missing !== undefined) throw new Error(`Kafka's consumer-perf-test cannot run here: ${missing}`);
  const scenarios: Scenario[] = [];
  for (const from of flags.from.map(placeOf)) {
    const settings = [...flags.set, ...(from === "tail" ? roomForTail(flags.mebibytes) : [])];
    for (const size of flags.size) {
      const records = Math.round((flags.mebibytes * MiB) / size);
      await withTargets(flags.target, { ...peerOptions(flags), settings }, async (running) => {
        const topics = await fill(running, { size, records });
        for (const consumers of flags.consumers) {
          const title = `consume ${size} B, ${from}, ${consumers} ${consumers === 1 ? "consumer" : "consumers"}, 1 partition`;
          progress(title);
          const load = { from, size, records, consumers };
          const runs = await alternate(running, flags, (each) => measure(each, topics.get(each)!, load));
          scenarios.push({ title, load: { ...load, settings }, runs });
          printScenario(scenarios.at(-1)!, columns);
        }
      });
    }
  }
  progress(`\nwritten to ${writeReport("consume", scenarios)}`);
});

function placeOf(text: string): Place {
  const place = places.find((each) => each === text);
  if (place === undefined) throw new Error(`--from: must be ${places.join(", ")}, not ${text}`);
  return place;
}

/** Settings with which the tail holds the whole topic: by default it is smaller than what takes long enough to measure. */
function roomForTail(mebibytes: number): string[] {
  return [`millrace.tail.max.bytes=${2 * mebibytes * MiB}`, `millrace.memory.max.bytes=${3 * mebibytes * MiB}`];
}

async function fill(running: readonly Brokers[], { size, records }: { size: number; records: number }): Promise<Map<Brokers, string>> {
  const topics = new Map<Brokers, string>();
  const load = { size, records, acks: "1", compression: "none", producers: 1, throughput: -1, properties: [] };
  for (const each of running) {
    topics.set(each, await newTopic(each, 1));
    await runProducers(each.bootstrap, topics.get(each)!, load);
    progress(`filled  ${each.name}`);
  }
  return topics;
}

async function measure(running: Brokers, topic: string, { from, size, records, consumers }: ConsumerLoad): Promise<Figures> {
  if (from === "cold") await dropFromPageCache(running.directories[0]!);
  await takeLoopDelayP999Ms(running.metrics);
  const before = running.figures;
  const figures = await runConsumers(running.bootstrap, topic, records, consumers);
  const after = running.figures;
  const mebibytes = (records * size * consumers) / MiB;
  return {
    ...figures,
    cpuMsPerMebibyte: (after.cpuMs - before.cpuMs) / mebibytes,
    diskMebibytes: (after.diskReadBytes - before.diskReadBytes) / MiB,
    residentPeakMebibytes: after.residentPeakBytes / MiB,
    loopDelayP999Ms: await takeLoopDelayP999Ms(running.metrics),
  };
}
