import { Command, CommanderError } from "commander";
import { brokerCommand } from "./commands/broker.ts";
import { clusterCommand } from "./commands/cluster.ts";
import { completeCommand } from "./commands/complete.ts";
import { completionCommand } from "./commands/completion.ts";
import { consumeCommand } from "./commands/consume.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { formatCommand } from "./commands/format.ts";
import { groupCommand } from "./commands/group.ts";
import { killCommand, pauseCommand, restartCommand } from "./commands/local-broker.ts";
import { produceCommand } from "./commands/produce.ts";
import { quorumCommand } from "./commands/quorum.ts";
import { topicCommand } from "./commands/topic.ts";
import { upCommand } from "./commands/up.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { helpOutput } from "./output/help.ts";
import { printError } from "./print-error.ts";
import { version } from "./version.ts";

/** The whole command line. Commands load what they need when they run, so that help needs nothing. */
export function program(): Command {
  return new Command("millrace")
    .description("A replicated, durable commit log for Node, with Kafka's semantics.")
    .version(version, "-V, --version")
    .addCommand(upCommand())
    .addCommand(topicCommand())
    .addCommand(produceCommand())
    .addCommand(consumeCommand())
    .addCommand(groupCommand())
    .addCommand(clusterCommand())
    .addCommand(quorumCommand())
    .addCommand(killCommand())
    .addCommand(pauseCommand())
    .addCommand(restartCommand())
    .addCommand(doctorCommand())
    .addCommand(brokerCommand())
    .addCommand(formatCommand())
    .addCommand(completionCommand())
    .addCommand(completeCommand(program), { hidden: true })
    .addHelpText(
      "after",
      "\nExample:\n  millrace up                                 # in a first terminal\n  echo hello | millrace produce greetings     # in a second one\n  millrace consume greetings --exit",
    );
}

/** Any length would do: what counts is that something is to come. */
const holdMs = 0x7fff_ffff;

/** Runs one command line and resolves to its exit code. */
export async function run(args: readonly string[]): Promise<number> {
  // A command that waits for an answer is not over, though nothing else keeps the process alive.
  const hold = setInterval(() => {}, holdMs);
  try {
    await inherited(program()).parseAsync(args, { from: "user" });
    return Number(process.exitCode ?? exitCodes.ok);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    printError(error);
    return exitCodeOf(error);
  } finally {
    clearInterval(hold);
  }
}

/** Settings that commander does not hand down to commands added whole. */
function inherited(command: Command, path = command.name()): Command {
  command.exitOverride().configureOutput(helpOutput).showSuggestionAfterError().showHelpAfterError(`${path} --help shows how it is called`);
  for (const child of command.commands) inherited(child, `${path} ${child.name()}`);
  return command;
}
