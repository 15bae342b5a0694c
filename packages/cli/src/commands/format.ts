import { Command } from "commander";
import { clusterIdOf } from "../cluster-id.ts";
import { gather } from "../option-values.ts";
import { readSettings } from "../settings.ts";

interface FormatFlags {
  readonly config?: string;
  readonly set?: string[];
  readonly clusterId?: string;
}

/** `millrace format`: writes who a log directory belongs to. */
export function formatCommand(): Command {
  return new Command("format")
    .description("prepare an empty log directory: cluster id, node id, directory id")
    .option("-c, --config <file>", "a properties file, with Kafka's keys")
    .option("-s, --set <key=value>", "one setting; may be given several times", gather)
    .option("--cluster-id <id>", "the cluster's id, the same for every node; otherwise CLUSTER_ID of the environment, or a new one")
    .addHelpText("after", "\nExample:\n  millrace format -s node.id=1 -s log.dirs=/var/lib/millrace")
    .action(async (flags: FormatFlags) => {
      const configuration = readSettings({ ...flags, environment: process.env }, (text) => console.error(`millrace: warning: ${text}`));
      const { formatBroker, runtimeOf } = await import("@millrace/server");
      const identity = await formatBroker({
        runtime: runtimeOf({ logLevel: "warn" }),
        configuration,
        clusterId: clusterIdOf(flags.clusterId, process.env),
        onlyIfEmpty: false,
      });
      console.log(`formatted ${configuration.get("log.dirs")[0]} cluster.id=${identity.clusterId} node.id=${identity.nodeId}`);
    });
}
