/** What it costs as work grows, side by side: partitions, connections, retained data; with a plot of each figure. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connectionGrowth } from "./growth/connections.ts";
import { partitionGrowth } from "./growth/partitions.ts";
import { retainedGrowth } from "./growth/retained.ts";
import { alternate, type Competitor, progress } from "./support/alternation.ts";
import { type Growth, untilKilled } from "./support/growth.ts";
import { benchCommand, type CommonFlags, list, numbers, option, peerOptions, runCommandLine } from "./support/options.ts";
import type { Peer } from "./support/peer.ts";
import { PeerProcess } from "./support/peer-process.ts";
import { plot } from "./support/plot.ts";
import { printScenario, reportFolder, type Scenario, writeReport } from "./support/report.ts";
import { spreadOfRuns } from "./support/spread.ts";
import type { Column } from "./support/table.ts";
import { preparePeer } from "./support/targets.ts";

interface Flags extends CommonFlags {
  readonly of: string[];
  readonly sizes: number[];
  readonly plots: string;
}

interface Growing extends Competitor {
  readonly peer: Peer;
}

/** What was measured at one size. */
interface Step extends Scenario {
  readonly size: number;
}

const growths: Readonly<Record<string, Growth>> = {
  partitions: partitionGrowth,
  connections: connectionGrowth,
  retained: retainedGrowth,
};

const command = benchCommand("growth", "What it costs as work grows.", "--of partitions --sizes 1,100,1k,10k --rounds 3")
  .addOption(option("--of <list>", "what grows", list, Object.keys(growths).join(",")))
  .addOption(option("--sizes <list>", "how far, ascending: partitions, connections or GiB", numbers, ""))
  .option("--plots <directory>", "where the plots are written", reportFolder);

await runCommandLine<Flags>(command, async (flags) => {
  for (const name of flags.of) {
    const growth = growths[name];
    if (growth === undefined) throw new Error(`--of: must be ${Object.keys(growths).join(", ")}, not ${name}`);
    const steps = await grow(growth, flags);
    for (const column of growth.columns) writePlot(name, growth, column, steps, flags);
    progress(`\nwritten to ${writeReport(`growth-${name}`, steps)}, plots to ${flags.plots}`);
  }
});

async function grow(growth: Growth, flags: Flags): Promise<Step[]> {
  const growing: Growing[] = [];
  for (const target of flags.target) {
    const peer = await preparePeer(target, peerOptions(flags));
    growing.push({ name: peer.name, cpuMs: 0, peer });
  }
  const steps: Step[] = [];
  for (const size of flags.sizes.length > 0 ? flags.sizes : growth.sizes) {
    const title = `${growth.title}: ${size.toLocaleString("en")}`;
    progress(title);
    for (const { peer } of growing) {
      await untilKilled(await PeerProcess.start(peer), (running) => growth.grow(running, steps.at(-1)?.size ?? 0, size));
    }
    const runs = await alternate(growing, flags, ({ peer }) => growth.measure(peer, size));
    steps.push({ title, size, load: flags, runs });
    printScenario(steps.at(-1)!, growth.columns);
  }
  return steps;
}

/** A figure over the sizes, a line for each target. */
function writePlot(name: string, { title }: Growth, { figure, title: y }: Column, steps: readonly Step[], { target, plots }: Flags): void {
  const series = target
    .map((each) => each.split("=")[0]!)
    .map((each) => ({
      name: each,
      points: steps.map(({ size, runs }) => ({ x: size, y: spreadOfRuns(runs, each, figure).median })),
    }));
  mkdirSync(plots, { recursive: true });
  writeFileSync(join(plots, `${name}-${figure}.svg`), plot(series, { title: `${y}, by ${title}`, x: title, y }));
}
