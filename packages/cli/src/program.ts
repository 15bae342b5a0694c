import { Command, CommanderError } from "commander";
import { brokerCommand } from "./commands/broker.ts";
import { formatCommand } from "./commands/format.ts";
import { upCommand } from "./commands/up.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { printError } from "./print-error.ts";
import { version } from "./version.ts";

/** The whole command line. Commands load what they need when they run, so that help needs nothing. */
export function program(): Command {
  return new Command("millrace")
    .description("A replicated, durable commit log for Node, with Kafka's semantics.")
    .version(version, "-V, --version")
    .showSuggestionAfterError()
    .exitOverride()
    .addCommand(upCommand())
    .addCommand(brokerCommand())
    .addCommand(formatCommand());
}

/** Runs one command line and resolves to its exit code. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    await inherited(program()).parseAsync(args, { from: "user" });
    return Number(process.exitCode ?? exitCodes.ok);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    printError(error);
    return exitCodeOf(error);
  }
}

/** Settings that commander does not hand down to commands added whole. */
function inherited(command: Command): Command {
  for (const child of command.commands) inherited(child.exitOverride().showSuggestionAfterError());
  return command;
}
