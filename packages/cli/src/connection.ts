import type { Mill } from "@millrace/client";
import { MillraceError, secondMs } from "@millrace/vocabulary";
import { type Command, Option } from "commander";
import { withNearestName } from "./nearest-name.ts";
import { duration } from "./option-values.ts";
import { within } from "./time-limit.ts";

/** Which cluster a command talks to, and how patiently. */
export interface ConnectionFlags {
  /** `host:port`, several divided by commas. */
  readonly bootstrapServer: string;
  /** How long an answer may take, in milliseconds. */
  readonly timeout: number;
}

/** Names the cluster where no option does. No setting of a broker, though it begins like those. */
export const bootstrapVariable = "MILLRACE_BOOTSTRAP";

const timeoutMs: number = 30 * secondMs;

/** What is still to be sent or committed once a command has failed is given up after so long. */
const farewellMs: number = secondMs;

/** `-b`: where the cluster is. */
export function bootstrapOption(): Option {
  return new Option("-b, --bootstrap-server <host:port>", "a broker, or several divided by commas")
    .default("localhost:9092")
    .env(bootstrapVariable);
}

/** Adds the options of every command that talks to a cluster. */
export function addConnectionOptions(command: Command): Command {
  return command
    .addOption(bootstrapOption())
    .addOption(new Option("--timeout <time>", "how long an answer may take").default(timeoutMs, "30s").argParser(duration));
}

/**
 * Connects, hands the client to `use`, and closes it. CONNECTION_FAILED at once where none of the addresses answers. An error about
 * a topic or group that does not exist comes back with the nearest name there is.
 */
export async function withCluster<Result>(flags: ConnectionFlags, use: (mill: Mill) => Promise<Result>): Promise<Result> {
  const { connect } = await import("@millrace/client");
  const mill = connect(flags.bootstrapServer, { clientId: "millrace-cli", requestTimeoutMs: flags.timeout, signals: false });
  try {
    await within(flags.timeout, mill.ready(), { code: "CONNECTION_FAILED", facts: { addresses: flags.bootstrapServer.split(",") } });
    const result = await use(mill);
    await mill.close();
    return result;
  } catch (error) {
    const explained = error instanceof MillraceError ? await withNearestName(mill, error) : error;
    await mill.close({ timeoutMs: farewellMs }).catch(() => {}); // what failed first is told
    throw explained;
  }
}
