import { fstatSync } from "node:fs";
import { int32Max } from "@millrace/vocabulary";
import { Command, Option } from "commander";
import type { ConsumerOptions, Start } from "@millrace/client";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../connection.ts";
import { consume } from "../consume/consume.ts";
import { LogEnds, type Stretch } from "../consume/log-ends.ts";
import { formatPrinter, jsonPrinter, rawPrinter, type RecordPrinter } from "../consume/record-printer.ts";
import { findStretches } from "../consume/stretches.ts";
import { Interruption } from "../interruption.ts";
import { gatherNumbers, misuse, wholeNumber } from "../option-values.ts";
import { Outlet } from "../output/outlet.ts";
import { Progress } from "../output/progress.ts";
import { isStdoutTerminal } from "../output/terminal.ts";
import { formatHelp, lineFormat } from "../records/record-format.ts";
import { parseSpot, type SpotText, spotForms } from "../records/spot.ts";

interface ConsumeFlags extends ConnectionFlags {
  readonly from: string;
  readonly follow?: true;
  readonly exit?: true;
  readonly group?: string;
  readonly partition?: number[];
  readonly count?: number;
  readonly format?: string;
  readonly output?: "json" | "jsonl" | "raw";
  readonly readUncommitted: boolean;
  readonly progress: boolean;
}

/** `millrace consume`: records from topics to stdout. */
export function consumeCommand(): Command {
  const command = new Command("consume")
    .description("print records of topics")
    .argument("<topic...>", "what to read")
    .option("--from <place>", `where to begin, in each partition: ${spotForms}`, "start")
    .addOption(new Option("--follow", "go on with what comes").conflicts("exit"))
    .option("-e, --exit", "end where the logs end now")
    .option("-g, --group <group>", "read as a member of a group: go on where it stands, and commit what is printed")
    .option("-p, --partition <number>", "read this partition alone; may be given several times", gatherNumbers)
    .option("-n, --count <number>", "end after so many records", wholeNumber(1))
    .addOption(new Option("-f, --format <format>", "how to print a record; see below").conflicts("output"))
    .addOption(
      new Option("-o, --output <form>", "one JSON array; an object a line; or values with nothing between").choices([
        "json",
        "jsonl",
        "raw",
      ]),
    )
    .option("--read-uncommitted", "read records of open and aborted transactions, too", false)
    .option("--no-progress", "show no progress, where stdout is a file")
    .addHelpText(
      "after",
      `
Follows on a terminal, and with --from end; otherwise ends where the logs end now. Ctrl-C ends it in order.

${formatHelp}

Examples:
  millrace consume orders
  millrace consume orders --from -10 -f '%t-%p offset=%o %k: %v\\n'
  millrace consume orders --from @-15m -o jsonl | jq .value
  millrace consume orders --group billing --follow`,
    )
    .action(runConsume);
  return addConnectionOptions(command);
}

async function runConsume(topics: string[], flags: ConsumeFlags): Promise<void> {
  const from = parseSpot(flags.from, "--from", Date.now());
  const isFollowing = flags.follow ?? (flags.exit ? false : isStdoutTerminal() || from.at === "end");
  const isGroup = flags.group !== undefined;
  if (isGroup && flags.partition !== undefined)
    throw misuse("--partition: a group gives its members their partitions; leave one of the two out");
  if (isGroup && (from.at === "offset" || from.at === "last"))
    throw misuse("--from: a group begins at start, end or a time; millrace group reset moves it elsewhere");
  const outlet = new Outlet();
  const printer = printerOf(outlet, flags);
  await withCluster(flags, async (mill) => {
    const stretches = await findStretches(mill, {
      topics,
      partitions: flags.partition ?? [],
      from,
      group: flags.group,
      isReadUncommitted: flags.readUncommitted,
      timeoutMs: flags.timeout,
    });
    const ends = isFollowing ? undefined : new LogEnds(stretches);
    if (ends?.areReached === true) return void printer.end();
    using interruption = new Interruption();
    await consume(mill, {
      topics,
      consumer: consumerOptions(flags, from, ends?.open ?? stretches),
      ends,
      countMax: flags.count ?? Infinity,
      printer,
      outlet,
      progress: new Progress("consumed", { isWanted: flags.progress && fstatSync(1).isFile() }),
      stopped: interruption.signal,
    });
  });
  await outlet.flush();
}

function printerOf(outlet: Outlet, { output, format = lineFormat }: ConsumeFlags): RecordPrinter {
  if (output === undefined) return formatPrinter(outlet, format);
  return output === "raw" ? rawPrinter(outlet) : jsonPrinter(outlet, output);
}

function consumerOptions(flags: ConsumeFlags, from: SpotText, stretches: readonly Stretch[]): ConsumerOptions {
  const common = {
    isolation: flags.readUncommitted ? "read_uncommitted" : "read_committed",
    // Whoever reads our output may take as long as they like.
    handlerTimeoutMs: int32Max,
  } as const;
  if (flags.group !== undefined) return { ...common, group: flags.group, from: startOf(from) };
  // Where retention has removed what was to be read, reading goes on behind it.
  return { ...common, from: "earliest", partitions: stretches };
}

function startOf(from: SpotText): Start {
  if (from.at === "time") return { timestampMs: from.timestampMs };
  return from.at === "end" ? "latest" : "earliest";
}
