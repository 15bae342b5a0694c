import type { TopicListing } from "@millrace/client";
import { Command } from "commander";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../../connection.ts";
import { addOutputOption, type OutputFlags, printRows } from "../../output/report.ts";
import type { Column } from "../../output/table.ts";

interface ListFlags extends ConnectionFlags, OutputFlags {
  readonly internal: boolean;
}

/** `millrace topic list` */
export function topicListCommand(): Command {
  const command = new Command("list")
    .description("list topics")
    .option("--internal", "list the cluster's own topics, too", false)
    .addHelpText("after", "\nExample:\n  millrace topic list -o jsonl | jq -r .name")
    .action((flags: ListFlags) =>
      withCluster(flags, async (mill) => {
        const topics = await mill.admin.topics.list({ includeInternal: flags.internal });
        await printRows(flags.output, topics, { columns, empty: "there are no topics; create one with millrace topic create" });
      }),
    );
  return addOutputOption(addConnectionOptions(command));
}

const columns: readonly Column<TopicListing>[] = [
  { title: "TOPIC", cell: ({ name }) => name, tone: ({ isInternal }) => (isInternal ? "faint" : undefined) },
  { title: "PARTITIONS", cell: ({ partitions }) => partitions, align: "right" },
  { title: "REPLICAS", cell: ({ replicationFactor }) => replicationFactor, align: "right" },
  { title: "ID", cell: ({ id }) => id, tone: () => "faint", isDispensable: true },
];
