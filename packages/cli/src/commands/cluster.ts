import { Command } from "commander";
import { clusterConfigCommand } from "./cluster/config.ts";
import { clusterStatusCommand } from "./cluster/status.ts";

/** `millrace cluster`: the brokers together. */
export function clusterCommand(): Command {
  return new Command("cluster")
    .description("show the state of the cluster, and its settings")
    .addHelpText("after", "\nExample:\n  millrace cluster status")
    .addCommand(clusterStatusCommand())
    .addCommand(clusterConfigCommand());
}
