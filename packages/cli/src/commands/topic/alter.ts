import type { ConfigChange } from "@millrace/client";
import { Command } from "commander";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../../connection.ts";
import { gather, keyValues, misuse, wholeNumber } from "../../option-values.ts";
import { addOutputOption, type OutputFlags, printOne } from "../../output/report.ts";

interface AlterFlags extends ConnectionFlags, OutputFlags {
  readonly config?: string[];
  readonly reset?: string[];
  readonly partitions?: number;
  readonly dryRun: boolean;
}

/** `millrace topic alter` */
export function topicAlterCommand(): Command {
  const command = new Command("alter")
    .description("change the settings of a topic, or add partitions")
    .argument("<topic>", "which topic")
    .option("-c, --config <key=value>", "a setting; may be given several times", gather)
    .option("--reset <key>", "let the cluster's value hold again; may be given several times", gather)
    .option("-p, --partitions <number>", "how many there are to be; keys may then belong to others than before", wholeNumber(1))
    .option("--dry-run", "only say whether that would do", false)
    .addHelpText("after", "\nExample:\n  millrace topic alter orders -c retention.ms=3600000 --reset cleanup.policy -p 12")
    .action(alter);
  return addOutputOption(addConnectionOptions(command));
}

async function alter(topic: string, { config = [], reset = [], partitions, dryRun, output, ...flags }: AlterFlags): Promise<void> {
  const changes: Record<string, ConfigChange> = {
    ...keyValues(config, "--config"),
    ...Object.fromEntries(reset.map((key) => [key, null])),
  };
  const both = reset.find((key) => config.some((text) => text.startsWith(`${key}=`)));
  if (both !== undefined) throw misuse(`--reset: ${both} is set by --config, too; leave one of the two out`);
  const hasChanges = Object.keys(changes).length > 0;
  if (!hasChanges && partitions === undefined)
    throw misuse("nothing is to change; say --config KEY=VALUE, --reset KEY or --partitions NUMBER");
  await withCluster(flags, async (mill) => {
    // Refusals first, so that nothing is done by halves.
    if (partitions !== undefined) await mill.admin.topics.addPartitions(topic, partitions, { validateOnly: true });
    if (hasChanges) await mill.admin.configs.alter({ topic }, changes, { validateOnly: dryRun });
    if (partitions !== undefined && !dryRun) await mill.admin.topics.addPartitions(topic, partitions);
    const outcome = { topic, configs: changes, partitions, outcome: dryRun ? "would be altered" : "altered" };
    await printOne(output, outcome, () => `${topic} ${outcome.outcome}\n`);
  });
}
