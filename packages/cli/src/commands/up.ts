import { Command, InvalidArgumentError, Option } from "commander";
import { gather, wholeNumber } from "../option-values.ts";
import { brokersDefault } from "../up/cluster-file.ts";
import { brokersMax } from "../up/ports.ts";

interface UpFlags {
  readonly brokers?: number;
  readonly port: number;
  readonly data: string;
  readonly ephemeral: boolean;
  readonly set?: string[];
  readonly logLevel: string;
}

/** `-d`: where `up` keeps the data of its cluster. */
export function dataOption(): Option {
  return new Option("-d, --data <dir>", "where records are kept between starts").default(".millrace");
}

/** `millrace up`: a cluster on this machine, until Ctrl-C. */
export function upCommand(): Command {
  return new Command("up")
    .description("run a cluster on this machine until Ctrl-C, each broker in a process of its own")
    .option("-n, --brokers <count>", `how many brokers; as many as there are in the data, or else ${brokersDefault}`, parseBrokers)
    .option("-p, --port <port>", "the port of the first broker; the others follow", parsePort, 9092)
    .addOption(dataOption())
    .option("--ephemeral", "keep nothing: the records go when the command ends", false)
    .option("-s, --set <key=value>", "one setting of all brokers, with Kafka's keys; may be given several times", gather)
    .addOption(
      new Option("--log-level <level>", "what brokers write to DIR/broker-N/broker.log")
        .choices(["error", "warn", "info", "debug"])
        .default("info"),
    )
    .addHelpText(
      "after",
      "\nPrints one line when all of them serve:\n  ready 127.0.0.1:9092,127.0.0.1:9093,127.0.0.1:9094 console http://127.0.0.1:9092\n" +
        "What they say to each other goes by ports that are 100 and 200 higher. A broker that dies is started again.\n" +
        "Topics have three replicas where there are three brokers or more, and acks=all needs two of them.\n" +
        "\nExample:\n  millrace up --brokers 1 --port 9192 --data /tmp/orders -s num.partitions=3",
    )
    .action(async (flags: UpFlags) => {
      const { up } = await import("../up/up.ts");
      process.exitCode = await up(flags);
    });
}

function parseBrokers(text: string): number {
  const count = wholeNumber(1)(text);
  if (count > brokersMax) throw new InvalidArgumentError(`It must be a whole number from 1 to ${brokersMax}.`);
  return count;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("a port is a whole number from 0 to 65535; 0 takes free ones.");
  return port;
}
