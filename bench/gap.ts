/**
 * How long nothing can be written, read or committed when a broker goes: three brokers, each a controller too, a topic with three replicas
 * of which two must be in sync, and applications that write to all partitions steadily with acks=all. Side by side.
 */
import { alternate, type Figures, progress } from "./support/alternation.ts";
import { type GapFault, gapFaults } from "./support/gap-faults.ts";
import { HarmedCluster } from "./support/gap-round.ts";
import { benchCommand, type CommonFlags, option, peerOptions, runCommandLine, wholeNumber } from "./support/options.ts";
import { printScenario, type Scenario, writeReport } from "./support/report.ts";
import { spreadOfRuns } from "./support/spread.ts";
import { stalls } from "./support/stalls.ts";
import { Trio } from "./support/trio.ts";

/** Each broker has a process to end and a folder to remove. */
const exitListenersMax = 40;

interface Flags extends CommonFlags {
  readonly fault: readonly string[];
  /** Whether Kafka takes part where it is a target. */
  readonly kafka: boolean;
  readonly partitions: number;
  readonly beatMs: number;
  readonly stallMinutes: number;
}

const columns = [
  { figure: "worstMs", title: "gap of the partition that waits longest, ms" },
  { figure: "medianMs", title: "of the median one, ms" },
  { figure: "othersMs", title: "of a partition that the broker only followed, ms" },
  { figure: "peaceMs", title: "longest in a second of peace, ms" },
  { figure: "commitMs", title: "of a group's commits, ms" },
  { figure: "sendMs", title: "of the SDK's producer, ms" },
  { figure: "readMs", title: "of the SDK's consumer, ms" },
  { figure: "errors", title: "errors of Kafka's producer" },
  { figure: "sdkErrors", title: "errors of the SDK" },
];
const stallColumns = [
  { figure: "stalls", title: "stalls" },
  { figure: "leaderEpochs", title: "changes of a leader epoch" },
  { figure: "terms", title: "changes of the controllers' term" },
  { figure: "recordsPerSecond", title: "records/s" },
  { figure: "errors", title: "errors of Kafka's producer" },
];
const names = [...Object.keys(gapFaults), "stall"];

const command = benchCommand("gap", "The time without an acknowledgement that a broker's end leaves.", "--fault kill stop --rounds 30")
  .option("--fault <names...>", `of ${names.join(", ")}`, names)
  .option("--no-kafka", "Millrace alone")
  .addOption(option("--partitions <count>", "of the topic", wholeNumber, "100"))
  .addOption(option("--beat-ms <count>", "from one record of a partition to its next", wholeNumber, "50"))
  .addOption(option("--stall-minutes <count>", "how long brokers stall, in turn", wholeNumber, "1"));

await runCommandLine<Flags>(command, async (flags) => {
  const unknown = flags.fault.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`--fault: must be of ${names.join(", ")}, not ${unknown.join(", ")}`);
  process.setMaxListeners(exitListenersMax);
  await using started = new AsyncDisposableStack();
  const trios: Trio[] = [];
  for (const target of flags.target)
    if (target !== "kafka" || flags.kafka) trios.push(started.use(await Trio.start(target, peerOptions(flags))));
  const scenarios: Scenario[] = [];
  for (const name of flags.fault)
    scenarios.push(name === "stall" ? await stalling(trios, flags) : await harming(trios, gapFaults[name]!, flags));
  progress(`\nwritten to ${writeReport("gap", scenarios)}`);
});

async function harming(trios: readonly Trio[], fault: GapFault, flags: Flags): Promise<Scenario> {
  const title = `${fault.title}, ${flags.partitions} partitions`;
  progress(title);
  await using harmed = new AsyncDisposableStack();
  const clusters = new Map<Trio, HarmedCluster>();
  for (const trio of trios) clusters.set(trio, harmed.use(await HarmedCluster.start(trio, fault, flags)));
  const runs = await alternate(trios, flags, (trio): Promise<Figures> => clusters.get(trio)!.round());
  const scenario: Scenario = { title, load: flags, runs };
  printScenario(scenario, columns);
  const { median, max } = spreadOfRuns(runs, trios[0]!.name, "worstMs");
  const { p50Ms, worstMs } = fault.goal;
  const outcome = median <= p50Ms && max <= worstMs ? "reached" : "missed";
  console.log(
    `\n${trios[0]!.name}: p50 ${median.toFixed(0)} ms, worst ${max.toFixed(0)} ms; goal p50 ${p50Ms} ms, worst ${worstMs} ms: ${outcome}`,
  );
  return scenario;
}

/** A broker that stands still for half a second, under full load, is no broker that has gone. */
async function stalling(trios: readonly Trio[], flags: Flags): Promise<Scenario> {
  const title = `stalls of 500 ms in each broker in turn, ${flags.stallMinutes} min at full load, ${flags.partitions} partitions`;
  progress(title);
  const once = { ...flags, rounds: 1, warmups: 0 };
  const runs = await alternate(trios, once, (trio) => stalls(trio, flags));
  const scenario: Scenario = { title, load: flags, runs };
  printScenario(scenario, stallColumns);
  console.log("\ngoal: no change of an epoch or a term");
  return scenario;
}
