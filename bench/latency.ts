/**
 * Latency, side by side, by a client that resolves microseconds: one send at a time, and many at a fixed rate; until the acknowledgement,
 * or until a consumer has the records.
 */
import { MiB } from "@millrace/vocabulary";
import { alternate, type Figures, progress } from "./support/alternation.ts";
import { closedLoop, openLoop } from "./support/loops.ts";
import {
  benchCommand,
  brokersOption,
  type CommonFlags,
  list,
  option,
  peerOptions,
  runCommandLine,
  wholeNumber,
} from "./support/options.ts";
import type { Brokers } from "./support/brokers.ts";
import { printScenario, type Scenario, writeReport } from "./support/report.ts";
import { withTargets } from "./support/targets.ts";
import { TimedConsumer } from "./support/timed-consumer.ts";
import { TimedProducer } from "./support/timed-producer.ts";
import { leaderOf, newTopic, removeTopic } from "./support/topics.ts";

interface Flags extends CommonFlags {
  readonly brokers: 1 | 3;
  readonly loop: string[];
  readonly until: string[];
  readonly rate: number;
  readonly size: number;
  readonly records: number;
  readonly acks: string;
  readonly seconds: number;
}

const columns = [
  { figure: "p50Ms", title: "p50, ms" },
  { figure: "p99Ms", title: "p99, ms" },
  { figure: "p999Ms", title: "p99.9, ms" },
  { figure: "maxMs", title: "most, ms" },
  { figure: "perSecond", title: "requests/s" },
  { figure: "cpuUsPerRequest", title: "brokers' CPU, µs per request" },
];

const command = benchCommand("latency", "Latency of single requests, to the microsecond.", "--loop open --rate 2000 --seconds 20")
  .addOption(brokersOption)
  .addOption(option("--loop <list>", "closed: one send at a time; open: --rate of them", list, "closed,open"))
  .addOption(option("--until <list>", "ack: acknowledged; fetch: and fetched by a consumer too", list, "ack"))
  .addOption(option("--rate <count>", "requests a second in the open loop", wholeNumber, "2000"))
  .addOption(option("--records <count>", "in each request's batch", wholeNumber, "16"))
  .addOption(option("--size <bytes>", "of each record's value", wholeNumber, "1024"))
  .addOption(option("--acks <count>", "1 or all", String, "all"))
  .addOption(option("--seconds <count>", "of each run", wholeNumber, "10"));

await runCommandLine<Flags>(command, async (flags) => {
  const scenarios: Scenario[] = [];
  await withTargets(flags.target, { ...peerOptions(flags), brokers: flags.brokers }, async (running) => {
    for (const until of flags.until) {
      for (const loop of flags.loop) {
        const title = titleOf(loop, until, flags);
        progress(title);
        scenarios.push({ title, load: flags, runs: await alternate(running, flags, (each) => measure(each, loop, until, flags)) });
        printScenario(scenarios.at(-1)!, columns);
      }
    }
  });
  progress(`\nwritten to ${writeReport("latency", scenarios)}`);
});

function titleOf(loop: string, until: string, { rate, records, size, acks, brokers }: Flags): string {
  const mebibytes = ((rate * records * size) / MiB).toFixed(1);
  const pace = loop === "open" ? `${rate} requests/s (${mebibytes} MiB/s)` : "one at a time";
  const where = brokers === 1 ? "" : `, ${brokers} brokers, RF ${brokers}`;
  return `latency until ${until}, ${pace}, ${records} records of ${size} B, acks=${acks}${where}`;
}

async function measure(running: Brokers, loop: string, until: string, flags: Flags): Promise<Figures> {
  const { rate, records, size, acks, seconds } = flags;
  const topic = await newTopic(running, 1);
  const leader = await leaderOf(running, topic);
  using producer = await TimedProducer.connect(leader, { topic, records, size, acks: acks === "all" ? -1 : Number(acks) });
  using consumer = until === "fetch" ? await TimedConsumer.connect(leader, topic) : undefined;
  let end = 0;
  const send = () => Promise.all([producer.send(), consumer?.reached((end += records))]);
  const before = running.cpuMs;
  const figures = await (loop === "open" ? openLoop(send, rate, seconds * 1000) : closedLoop(send, seconds * 1000));
  const cpuUs = (running.cpuMs - before) * 1000;
  await removeTopic(running, topic);
  return { ...figures, cpuUsPerRequest: cpuUs / (figures["perSecond"]! * seconds) };
}
