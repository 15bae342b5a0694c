import { Command, Option } from "commander";
import { printAddress } from "@millrace/vocabulary";
import { clusterIdOf } from "../cluster-id.ts";
import { exitCodes } from "../exit-codes.ts";
import { gather } from "../option-values.ts";
import { readSettings } from "../settings.ts";
import { version } from "../version.ts";
import { brokerDrainCommand } from "./broker/drain.ts";
import { brokerListCommand } from "./broker/list.ts";

interface BrokerFlags {
  readonly config?: string;
  readonly set?: string[];
  readonly format: boolean;
  readonly clusterId?: string;
  readonly logLevel: "error" | "warn" | "info" | "debug";
}

/** `millrace broker`: one process, in the foreground; what it is says `process.roles`. Below it, what operators do with brokers that run. */
export function brokerCommand(): Command {
  return new Command("broker")
    .description("run one broker in the foreground, as containers do; with process.roles=controller, one controller")
    .option("-c, --config <file>", "a properties file, with Kafka's keys")
    .option("-s, --set <key=value>", "one setting; may be given several times, and wins over the file and the environment", gather)
    .option("--format", "format the log directory first where it is empty", false)
    .option("--cluster-id <id>", "with --format: the cluster's id; otherwise CLUSTER_ID of the environment, or a new one")
    .addOption(new Option("--log-level <level>", "what to log on stderr").choices(["error", "warn", "info", "debug"]).default("info"))
    .addHelpText(
      "after",
      "\nKAFKA_LISTENERS and MILLRACE_LISTENERS both mean listeners, and so for every key.\n\nExample:\n  millrace broker --format -s node.id=1 -s log.dirs=/var/lib/millrace -s listeners=PLAINTEXT://127.0.0.1:9092",
    )
    .action(runBroker)
    .addCommand(brokerListCommand())
    .addCommand(brokerDrainCommand());
}

async function runBroker(flags: BrokerFlags): Promise<void> {
  const goAnyway = endWithParent();
  const configuration = readSettings({ ...flags, environment: process.env }, (text) => console.error(`millrace: warning: ${text}`));
  const { formatBroker, rolesOf, runtimeOf, startBroker, startController } = await import("@millrace/server");
  const runtime = runtimeOf({ logLevel: flags.logLevel });
  if (flags.format) await formatBroker({ runtime, configuration, clusterId: clusterIdOf(flags.clusterId, process.env), onlyIfEmpty: true });
  const started = rolesOf(configuration).isBroker
    ? await startBroker({ runtime, configuration, version })
    : await startController({ runtime, configuration });
  const stopped = stopAsked();
  goAnyway();
  announce(started.addresses.map(printAddress));
  const reason = await Promise.race([started.failed, stopped]);
  if (reason instanceof Error) {
    console.error(`millrace: ${reason.message}`);
    process.exit(exitCodes.failed);
  }
  await started.stop();
  process.exit(exitCodes.ok);
}

/** Says that the process serves: on stdout, and to the process that started it, if it listens. */
function announce(addresses: readonly string[]): void {
  console.log(`ready ${addresses.join(",")}`);
  process.send?.({ ready: addresses });
}

/**
 * Ends the process, as a crash would, when the one that started it is gone; gives what calls that off. While a process starts there is
 * nothing to stop in order, and some starts wait for other processes that may never come.
 */
function endWithParent(): () => void {
  const end = () => process.exit(exitCodes.failed);
  if (process.send !== undefined && !process.connected) end();
  process.once("disconnect", end);
  process.channel?.unref(); // a start that fails ends the process by itself
  return () => process.off("disconnect", end);
}

/** Resolves when somebody wants this process to stop, or the one that started it is gone. */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    if (process.connected) process.once("disconnect", () => resolve());
  });
}
