import { Command, InvalidArgumentError, Option } from "commander";
import type { AlternationOptions } from "./alternation.ts";
import type { PeerOptions } from "./peer.ts";
import { targetHelp } from "./targets.ts";

/** What every side-by-side benchmark can be told. */
export interface CommonFlags extends AlternationOptions {
  readonly target: readonly string[];
  readonly set: readonly string[];
  readonly nodeOptions: readonly string[];
  readonly profile?: string;
}

/** How the targets are to be started. */
export function peerOptions({ set, profile, nodeOptions }: Pick<CommonFlags, "set" | "profile" | "nodeOptions">): PeerOptions {
  const profiling = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`];
  return { settings: set, nodeOptions: [...nodeOptions, ...profiling] };
}

/** A command with the options of every side-by-side benchmark. */
export function benchCommand(name: string, description: string, example: string): Command {
  return new Command(`npm run bench -- ${name}`)
    .description(description)
    .addOption(option("--target <list>", "what to measure, in this order", list, "millrace,kafka"))
    .addOption(option("--rounds <count>", "runs of each target that count", wholeNumber, "5"))
    .addOption(option("--warmups <count>", "runs of each target before those", wholeNumber, "1"))
    .addOption(option("--others-share-max <share>", "a run is made again where others took more of the machine", share, "0.1"))
    .addOption(option("--set <list>", "settings of every broker, key=value each", list, ""))
    .addOption(option("--node-options <list>", "for the targets that run in Node: --node-options=--max-semi-space-size=4", list, ""))
    .option("--profile <directory>", "write processor profiles of the targets that run in Node, when they stop")
    .addHelpText("after", `\n${targetHelp}\n\nExample:\n  npm run bench -- ${name} ${example}`);
}

/** A command that is told what to look at, and measures nothing. */
export function positionalCommand(name: string, argument: string, description: string, example: string): Command {
  return new Command(`npm run bench -- ${name}`)
    .description(description)
    .argument(argument)
    .addHelpText("after", `\nExample:\n  npm run bench -- ${name} ${example}`);
}

/** Each broker has a process to end and a folder to remove when this process ends. */
const exitListenersMax = 40;

/** Runs a command with what this process was told; a wrong target and the like is one line, not a trace. */
export async function runCommandLine<Flags extends object>(command: Command, work: (flags: Flags) => Promise<void>): Promise<void> {
  process.setMaxListeners(exitListenersMax);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  command.action(async () => {
    try {
      await work(command.opts());
    } catch (error) {
      command.error(`bench: ${(error as Error).message}`);
    }
  });
  await command.parseAsync();
}

/** An option whose default goes through the same door as what is given. */
export function option<Value>(flags: string, description: string, parse: (text: string) => Value, preset: string): Option {
  return new Option(flags, description).argParser(parse).default(parse(preset), preset === "" ? "none" : preset);
}

/** For commander: values with commas between them. */
export function list(text: string): string[] {
  return text.split(",").filter((value) => value !== "");
}

/** For commander: several numbers with commas between them. */
export function numbers(text: string): number[] {
  return list(text).map(wholeNumber);
}

/** For commander: a whole number from 0 on, `_` and a factor of `k`, `M` or `G` allowed (1000 each). */
export function wholeNumber(text: string): number {
  const [, digits, factor] = /^([\d_]+)([kMG]?)$/.exec(text) ?? [];
  if (digits === undefined) throw new InvalidArgumentError("a whole number, such as 500k");
  return Number(digits.replaceAll("_", "")) * 1000 ** " kMG".indexOf(factor === "" ? " " : factor!);
}

/** How many brokers are measured together. */
export const brokersOption: Option = option(
  "--brokers <count>",
  "1, or 3 of one cluster, whose topics have a replica on each",
  oneOrThree,
  "1",
);

function oneOrThree(text: string): 1 | 3 {
  if (text !== "1" && text !== "3") throw new InvalidArgumentError("1 or 3");
  return text === "1" ? 1 : 3;
}

function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError("a number from 0 to 1");
  return value;
}
