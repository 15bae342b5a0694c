import { Command } from "commander";
import { brokerColumns } from "../../broker-columns.ts";
import { clusterState, type ClusterState } from "../../cluster-state.ts";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../../connection.ts";
import { renderQuorum } from "../../output/quorum-table.ts";
import { addOutputOption, type OutputFlags, printOne } from "../../output/report.ts";
import { renderTable } from "../../output/table.ts";
import { toned } from "../../output/terminal.ts";

/** `millrace cluster status` */
export function clusterStatusCommand(): Command {
  const command = new Command("status")
    .description("show brokers, controllers, and partitions that lack replicas or a leader")
    .addHelpText("after", "\nExample:\n  millrace cluster status -o json | jq .underReplicated")
    .action((flags: ConnectionFlags & OutputFlags) =>
      withCluster(flags, async (mill) => {
        await printOne(flags.output, await clusterState(mill), render);
      }),
    );
  return addOutputOption(addConnectionOptions(command));
}

/** Partitions that are named one by one; of more, their number says enough. */
const namedMax = 20;

function render({
  clusterId,
  controller,
  quorum,
  brokers,
  topics,
  partitions,
  underReplicated,
  leaderless,
  features,
}: ClusterState): string {
  const lines = [
    `cluster          ${clusterId}`,
    `controller       ${controller ?? toned("bad", "none")}${quorum === undefined ? "" : `, term ${quorum.term}`}`,
    `topics           ${topics}`,
    `partitions       ${partitions}`,
    `under-replicated ${trouble(underReplicated)}`,
    `leaderless       ${trouble(leaderless)}`,
    `features         ${Object.entries(features)
      .map(([feature, level]) => `${feature}=${level}`)
      .join(" ")}`,
  ];
  const controllers = quorum === undefined ? "" : `\n${renderQuorum(quorum.members)}`;
  return `${lines.join("\n")}\n\n${renderTable(brokers, brokerColumns)}${controllers}`;
}

function trouble(partitions: readonly string[]): string {
  if (partitions.length === 0) return "0";
  const more = partitions.length > namedMax ? " ..." : "";
  return toned("bad", `${partitions.length}: ${partitions.slice(0, namedMax).join(" ")}${more}`);
}
