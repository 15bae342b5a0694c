import { Command } from "commander";
import { brokerColumns } from "../../broker-columns.ts";
import { clusterState } from "../../cluster-state.ts";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../../connection.ts";
import { addOutputOption, type OutputFlags, printRows } from "../../output/report.ts";

/** `millrace broker list` */
export function brokerListCommand(): Command {
  const command = new Command("list")
    .description("list the brokers of a cluster, and what they hold")
    .addHelpText("after", "\nExample:\n  millrace broker list -o json")
    .action((flags: ConnectionFlags & OutputFlags) =>
      withCluster(flags, async (mill) => {
        const { brokers } = await clusterState(mill);
        await printRows(flags.output, brokers, { columns: brokerColumns, empty: "no broker is registered" });
      }),
    );
  return addOutputOption(addConnectionOptions(command));
}
