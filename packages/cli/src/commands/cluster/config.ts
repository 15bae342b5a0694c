import type { ConfigChange, ConfigEntry, ConfigResource, Mill } from "@millrace/client";
import { MillraceError } from "@millrace/vocabulary";
import { Command } from "commander";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../../connection.ts";
import { keyValues, wholeNumber } from "../../option-values.ts";
import { addOutputOption, type OutputFlags, printOne, printRows } from "../../output/report.ts";
import type { Column } from "../../output/table.ts";

interface ListFlags extends ConnectionFlags, OutputFlags {
  readonly broker?: number;
  readonly all: boolean;
}

interface ChangeFlags extends ConnectionFlags, OutputFlags {
  readonly broker?: number;
  readonly dryRun: boolean;
}

/** `millrace cluster config`: settings of brokers. */
export function clusterConfigCommand(): Command {
  return new Command("config")
    .description("list, set and unset settings of brokers")
    .addHelpText("after", "\nExample:\n  millrace cluster config set log.retention.ms=86400000")
    .addCommand(listCommand())
    .addCommand(setCommand())
    .addCommand(unsetCommand());
}

function listCommand(): Command {
  const command = new Command("list")
    .description("show what holds at a broker, and where it comes from")
    .option("--broker <id>", "this broker; otherwise any one", wholeNumber(0))
    .option("-a, --all", "show defaults, too", false)
    .addHelpText("after", "\nExample:\n  millrace cluster config list --all")
    .action((flags: ListFlags) =>
      withCluster(flags, async (mill) => {
        const entries = await mill.admin.configs.describe({ broker: flags.broker ?? (await anyBroker(mill)) });
        const shown = entries.filter(({ source }) => flags.all || source !== "DEFAULT_CONFIG");
        await printRows(flags.output, shown, { columns, empty: "everything is at its default; --all shows that" });
      }),
    );
  return addOutputOption(addConnectionOptions(command));
}

function setCommand(): Command {
  const command = new Command("set")
    .description("change settings while brokers run")
    .argument("<key=value...>", "what to set")
    .addHelpText("after", "\nExample:\n  millrace cluster config set log.retention.ms=86400000")
    .action((texts: string[], flags: ChangeFlags) => change(keyValues(texts, "key=value"), flags));
  return addChangeOptions(command);
}

function unsetCommand(): Command {
  const command = new Command("unset")
    .description("let what was configured, or the default, hold again")
    .argument("<key...>", "what to unset")
    .addHelpText("after", "\nExample:\n  millrace cluster config unset log.retention.ms")
    .action((keys: string[], flags: ChangeFlags) => change(Object.fromEntries(keys.map((key) => [key, null])), flags));
  return addChangeOptions(command);
}

function addChangeOptions(command: Command): Command {
  command
    .option("--broker <id>", "at this broker alone; otherwise at every one", wholeNumber(0))
    .option("--dry-run", "only say whether that would do", false);
  return addOutputOption(addConnectionOptions(command));
}

const columns: readonly Column<ConfigEntry>[] = [
  { title: "KEY", cell: ({ key }) => key },
  { title: "VALUE", cell: ({ value, isSecret }) => (isSecret ? "(secret)" : value) },
  {
    title: "SOURCE",
    cell: ({ source }) => source,
    isDispensable: true,
    tone: ({ source }) => (source === "DEFAULT_CONFIG" ? "faint" : undefined),
  },
];

function change(changes: Readonly<Record<string, ConfigChange>>, { broker, dryRun, output, ...flags }: ChangeFlags): Promise<void> {
  const resource: ConfigResource = broker === undefined ? "cluster" : { broker };
  return withCluster(flags, async (mill) => {
    await mill.admin.configs.alter(resource, changes, { validateOnly: dryRun });
    const outcome = { broker, configs: changes, outcome: dryRun ? "would be altered" : "altered" };
    const whose = broker === undefined ? "cluster" : `broker ${broker}`;
    await printOne(output, outcome, () => `${whose} ${outcome.outcome}\n`);
  });
}

async function anyBroker(mill: Mill): Promise<number> {
  const { brokers } = await mill.admin.describeCluster();
  const up = brokers.find(({ isFenced }) => !isFenced);
  if (up === undefined) throw new MillraceError("BROKER_NOT_AVAILABLE");
  return up.id;
}
