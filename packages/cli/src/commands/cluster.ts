import { Command } from "commander";
import { clusterConfigCommand } from "./cluster/config.ts";
import { clusterFeatureCommand } from "./cluster/feature.ts";
import { clusterStatusCommand } from "./cluster/status.ts";

/** `millrace cluster`: the brokers together. */
export function clusterCommand(): Command {
  return new Command("cluster")
    .description("show the state of the cluster, its settings, and the levels of its features")
    .addHelpText("after", "\nExample:\n  millrace cluster status")
    .addCommand(clusterStatusCommand())
    .addCommand(clusterConfigCommand())
    .addCommand(clusterFeatureCommand());
}
