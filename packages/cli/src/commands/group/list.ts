import type { GroupListing } from "@millrace/client";
import { Command } from "commander";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../../connection.ts";
import { addOutputOption, type OutputFlags, printRows } from "../../output/report.ts";
import type { Column } from "../../output/table.ts";

/** `millrace group list` */
export function groupListCommand(): Command {
  const command = new Command("list")
    .description("list the groups of every broker")
    .addHelpText("after", "\nExample:\n  millrace group list -o jsonl | jq -r 'select(.state == \"Empty\").groupId'")
    .action((flags: ConnectionFlags & OutputFlags) =>
      withCluster(flags, async (mill) => {
        const groups = await mill.admin.groups.list();
        const sorted = groups.sort((a, b) => (a.groupId < b.groupId ? -1 : 1));
        await printRows(flags.output, sorted, { columns, empty: "there are no groups; millrace consume --group makes one" });
      }),
    );
  return addOutputOption(addConnectionOptions(command));
}

const columns: readonly Column<GroupListing>[] = [
  { title: "GROUP", cell: ({ groupId }) => groupId },
  { title: "STATE", cell: ({ state }) => state },
  { title: "PROTOCOL", cell: ({ protocolType }) => protocolType },
];
