/**
 * How long nothing can be written when a broker goes: three brokers, each a controller too, a topic with three replicas of which two must
 * be in sync, and a producer that writes to all partitions steadily with acks=all. Side by side.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { alternate, type Figures, progress } from "./support/alternation.ts";
import { CommitLoop } from "./support/commit-loop.ts";
import { type GapFault, gapFaults } from "./support/gap-faults.ts";
import { benchCommand, type CommonFlags, list, option, peerOptions, runCommandLine, wholeNumber } from "./support/options.ts";
import { printScenario, type Scenario, writeReport } from "./support/report.ts";
import { spreadOf } from "./support/spread.ts";
import { SteadyLoad } from "./support/steady-load.ts";
import { Trio } from "./support/trio.ts";

/** The load goes for so long before the harm: its client has settled by then. */
const beforeMs = 2_000;
/** A fault lasts so long at least, and until writing goes on everywhere. */
const lastsMsMin = 4_000;
/** Longer than any time-out that could end a gap. */
const lastsMsMax = 60_000;
/** A partition flows when it was acknowledged within this time: many beats of the load. */
const flowingMs = 1_000;

/** Each broker has a process to end and a folder to remove. */
const exitListenersMax = 40;

interface Flags extends CommonFlags {
  readonly faults: readonly string[];
  readonly partitions: number;
  readonly beatMs: number;
}

const columns = [
  { figure: "worstMs", title: "gap of the partition that waits longest, ms" },
  { figure: "medianMs", title: "of the median one, ms" },
  { figure: "othersMs", title: "of a partition that the broker only followed, ms" },
  { figure: "commitMs", title: "of a group's commits, ms" },
  { figure: "errors", title: "records given up" },
];

const command = benchCommand("gap", "The time without an acknowledgement that a broker's end leaves.", "--faults kill,stop --rounds 30")
  .addOption(option("--faults <list>", `of ${Object.keys(gapFaults).join(", ")}`, list, Object.keys(gapFaults).join(",")))
  .addOption(option("--partitions <count>", "of the topic", wholeNumber, "100"))
  .addOption(option("--beat-ms <count>", "from one record of a partition to its next", wholeNumber, "25"));

await runCommandLine<Flags>(command, async (flags) => {
  const unknown = flags.faults.filter((name) => gapFaults[name] === undefined);
  if (unknown.length > 0) throw new Error(`--faults: must be of ${Object.keys(gapFaults).join(", ")}, not ${unknown.join(", ")}`);
  process.setMaxListeners(exitListenersMax);
  await using started = new AsyncDisposableStack();
  const trios: Trio[] = [];
  for (const target of flags.target) trios.push(started.use(await Trio.start(target, peerOptions(flags))));
  const scenarios: Scenario[] = [];
  for (const name of flags.faults) {
    const fault = gapFaults[name]!;
    const title = `${fault.title}, ${flags.partitions} partitions`;
    progress(title);
    scenarios.push({ title, load: flags, runs: await alternate(trios, flags, (trio) => measure(trio, fault, flags)) });
    printScenario(scenarios.at(-1)!, columns);
  }
  progress(`\nwritten to ${writeReport("gap", scenarios)}`);
});

async function measure(trio: Trio, fault: GapFault, { partitions, beatMs }: Flags): Promise<Figures> {
  const topic = `gap-${partitions}`;
  await trio.createTopic(topic, partitions).catch(() => {}); // it is there from the round before
  await trio.whole(topic);
  const load = await SteadyLoad.start({ bootstrap: trio.bootstrap, topic, partitions, beatMs, settings: fault.clientSettings });
  const commits = await CommitLoop.start(trio.bootstrap, topic);
  try {
    await sleep(beforeMs);
    const leaders = await trio.leaders(topic);
    const victim = await fault.victim({ trio, leaders, commits });
    load.watch();
    commits.watch();
    await fault.begin(trio, victim);
    await sleep(lastsMsMin);
    await load.flows(flowingMs, lastsMsMax);
    const { errors, longestMs } = await load.silences();
    const found = { ...silences(longestMs, leaders, victim), commitMs: commits.silenceMs, errors };
    await fault.end(trio, victim);
    await trio.whole(topic);
    return found;
  } finally {
    await load.stop();
    await commits.stop();
  }
}

function silences(silencesMs: readonly number[], leaders: readonly number[], victim: number): Figures {
  const led = spreadOf(silencesMs.filter((_, partition) => leaders[partition] === victim));
  const followed = spreadOf(silencesMs.filter((_, partition) => leaders[partition] !== victim));
  return { worstMs: led.max, medianMs: led.median, othersMs: followed.max };
}
