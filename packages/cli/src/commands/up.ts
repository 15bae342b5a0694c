import { Command, InvalidArgumentError, Option } from "commander";
import { gather } from "../option-values.ts";

interface UpFlags {
  readonly port: number;
  readonly data: string;
  readonly ephemeral: boolean;
  readonly set?: string[];
  readonly logLevel: string;
}

/** `millrace up`: a cluster on this machine, until Ctrl-C. */
export function upCommand(): Command {
  return new Command("up")
    .description("run a broker on this machine until Ctrl-C")
    .option("-p, --port <port>", "the port of the broker", parsePort, 9092)
    .option("-d, --data <dir>", "where records are kept between starts", ".millrace")
    .option("--ephemeral", "keep nothing: the records go when the command ends", false)
    .option("-s, --set <key=value>", "one setting, with Kafka's keys; may be given several times", gather)
    .addOption(new Option("--log-level <level>", "what to log on stderr").choices(["error", "warn", "info", "debug"]).default("warn"))
    .addHelpText(
      "after",
      "\nPrints one line when it serves:\n  ready 127.0.0.1:9092 console http://127.0.0.1:9092\n\nExample:\n  millrace up --port 9192 --data /tmp/orders -s num.partitions=3",
    )
    .action(async (flags: UpFlags) => {
      const { up } = await import("../up/up.ts");
      await up(flags);
    });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("a port is a whole number from 0 to 65535; 0 takes a free one.");
  return port;
}
