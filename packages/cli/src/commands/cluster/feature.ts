import type { ClusterDescription } from "@millrace/client";
import { Command } from "commander";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../../connection.ts";
import { keyValues, misuse } from "../../option-values.ts";
import { addOutputOption, type OutputFlags, printRows } from "../../output/report.ts";
import type { Column } from "../../output/table.ts";

type Flags = ConnectionFlags & OutputFlags;

interface UpgradeFlags extends Flags {
  readonly dryRun: boolean;
}

/** `millrace cluster feature`: what all nodes may rely on, since each of them knows it. */
export function clusterFeatureCommand(): Command {
  return new Command("feature")
    .description("list the levels of features, and raise them once every broker runs a version that knows more")
    .addHelpText("after", "\nExample:\n  millrace cluster feature list")
    .addCommand(listCommand())
    .addCommand(upgradeCommand());
}

interface FeatureState {
  readonly feature: string;
  /** 0: off. */
  readonly finalised: number;
  /** What every broker knows; undefined: no broker says. */
  readonly min: number | undefined;
  readonly max: number | undefined;
}

function listCommand(): Command {
  const command = new Command("list")
    .description("show the level of each feature, and the levels that every broker knows")
    .addHelpText("after", "\nExample:\n  millrace cluster feature list -o json")
    .action((flags: Flags) =>
      withCluster(flags, async (mill) => {
        const states = statesIn(await mill.admin.describeCluster());
        await printRows(flags.output, states, { columns: stateColumns, empty: "no features" });
      }),
    );
  return addOutputOption(addConnectionOptions(command));
}

const stateColumns: readonly Column<FeatureState>[] = [
  { title: "FEATURE", cell: ({ feature }) => feature },
  { title: "LEVEL", cell: ({ finalised }) => finalised, align: "right" },
  { title: "LOWEST", cell: ({ min }) => min, align: "right" },
  { title: "HIGHEST", cell: ({ max }) => max, align: "right" },
];

function upgradeCommand(): Command {
  const command = new Command("upgrade")
    .description("raise levels for good: all that are named, or none; where none is named, each to the highest that every broker knows")
    .argument("[feature=level...]", "what to raise, and how far")
    .option("--dry-run", "only say whether that would do", false)
    .addHelpText("after", "\nExample:\n  millrace cluster feature upgrade millrace.version=1 --dry-run")
    .action((texts: string[], { dryRun, output, ...flags }: UpgradeFlags) => {
      const named = levelsIn(texts);
      return withCluster(flags, async (mill) => {
        const states = statesIn(await mill.admin.describeCluster());
        const levels = texts.length > 0 ? named : highestOf(states);
        await mill.admin.updateFeatures(levels, { validateOnly: dryRun });
        const rows = Object.entries(levels).map(([feature, after]) => changeOf(states, feature, after, dryRun));
        await printRows(output, rows, { columns: changeColumns, empty: "no features" });
      });
    });
  return addOutputOption(addConnectionOptions(command));
}

interface FeatureChange {
  readonly feature: string;
  readonly before: number;
  readonly after: number;
  readonly outcome: "upgraded" | "would be upgraded" | "unchanged";
}

const changeColumns: readonly Column<FeatureChange>[] = [
  { title: "FEATURE", cell: ({ feature }) => feature },
  { title: "BEFORE", cell: ({ before }) => before, align: "right" },
  { title: "AFTER", cell: ({ after }) => after, align: "right" },
  { title: "OUTCOME", cell: ({ outcome }) => outcome },
];

function changeOf(states: readonly FeatureState[], feature: string, after: number, dryRun: boolean): FeatureChange {
  const before = states.find((state) => state.feature === feature)?.finalised ?? 0;
  return { feature, before, after, outcome: before === after ? "unchanged" : dryRun ? "would be upgraded" : "upgraded" };
}

function statesIn({ features, levels }: Pick<ClusterDescription, "features" | "levels">): FeatureState[] {
  const names = [...new Set([...Object.keys(features), ...Object.keys(levels)])].sort();
  return names.map((feature) => ({ feature, finalised: features[feature] ?? 0, min: levels[feature]?.min, max: levels[feature]?.max }));
}

function highestOf(states: readonly FeatureState[]): Record<string, number> {
  return Object.fromEntries(states.flatMap(({ feature, max }) => (max === undefined ? [] : [[feature, max]])));
}

/** CONFIGURATION_INVALID names what is no level. */
function levelsIn(texts: readonly string[]): Record<string, number> {
  const levels = Object.entries(keyValues(texts, "feature=level"));
  const wrong = levels.filter(([, level]) => !/^[1-9]\d{0,4}$/.test(level));
  if (wrong.length > 0)
    throw misuse(...wrong.map(([feature, level]) => `${feature}: must be a level from 1, not ${JSON.stringify(level)}`));
  return Object.fromEntries(levels.map(([feature, level]) => [feature, Number(level)]));
}
