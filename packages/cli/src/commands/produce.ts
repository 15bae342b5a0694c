import { isatty } from "node:tty";
import type { Header, ProducerOptions } from "@millrace/client";
import { Command, Option } from "commander";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../connection.ts";
import { exitCodes } from "../exit-codes.ts";
import { Interruption } from "../interruption.ts";
import { gather, misuse, oneKeyValue, wholeNumber } from "../option-values.ts";
import { Outlet } from "../output/outlet.ts";
import { Progress } from "../output/progress.ts";
import { readInputs } from "../produce/input.ts";
import { jsonReader } from "../produce/json-line.ts";
import { type LineReader, plainReader } from "../produce/line-record.ts";
import { checkTopic, produce } from "../produce/produce.ts";
import { JsonReceipts, type Receipts, silentReceipts, TextReceipts } from "../produce/receipts.ts";

interface ProduceFlags extends ConnectionFlags {
  readonly file?: string[];
  readonly key?: string;
  readonly keyDelimiter?: string;
  readonly header?: string[];
  readonly partition?: number;
  readonly json: boolean;
  readonly tombstone: boolean;
  readonly compression: NonNullable<ProducerOptions["compression"]>;
  readonly acks: "0" | "1" | "all";
  readonly durability?: "replicated" | "synced";
  readonly output: "text" | "json" | "jsonl";
  readonly quiet: boolean;
  readonly progress: boolean;
}

/** `millrace produce`: lines of files or of stdin to a topic. */
export function produceCommand(): Command {
  const command = new Command("produce")
    .description("send lines as records to a topic")
    .argument("<topic>", "where to send them")
    .option("-f, --file <file>", "read this file instead of stdin; may be given several times", gather)
    .option("-k, --key <text>", "the key of every record")
    .addOption(new Option("-K, --key-delimiter <text>", "a line is a key, this, and a value").conflicts(["key", "json"]))
    .option("-H, --header <key=value>", "a header of every record; may be given several times", gather)
    .option("-p, --partition <number>", "send to this partition; otherwise the key decides", wholeNumber(0))
    .addOption(
      new Option("--json", "a line is an object: key, value, headers, partition, timestamp; see below")
        .default(false)
        .conflicts("tombstone"),
    )
    .option("--tombstone", "an empty value is null", false)
    .addOption(
      new Option("-z, --compression <codec>", "how batches are compressed")
        .choices(["none", "gzip", "snappy", "lz4", "zstd"])
        .default("none"),
    )
    .addOption(
      new Option("--acks <acks>", "who must have a record: nobody, the leader, every replica in sync")
        .choices(["0", "1", "all"])
        .default("all"),
    )
    .addOption(
      new Option("--durability <level>", "with acks=all: in memory, or on the disk of all of them; default: as the topic says").choices([
        "replicated",
        "synced",
      ]),
    )
    .addOption(new Option("-o, --output <form>", "how to tell where records lie").choices(["text", "json", "jsonl"]).default("text"))
    .option("-q, --quiet", "do not tell where records lie", false)
    .option("--no-progress", "show no progress")
    .addHelpText(
      "after",
      `
Tells where each record lies, and of more than ten a summary, on stderr. A value is its line without the line break, byte by byte.

With --json, what consume -o jsonl prints can be sent again: keyBase64 and valueBase64 hold bytes that are no text, headers are
[{"key": "k", "value": "v"}] or {"k": "v"}, timestamp is in milliseconds, or a date and time. A value that is no text is sent as JSON.

Examples:
  echo '{"id":7}' | millrace produce orders
  echo '7:paid' | millrace produce orders -K :
  millrace produce orders -f orders.txt -z zstd
  echo '{"key":"7","value":{"id":7},"headers":{"source":"shop"}}' | millrace produce orders --json`,
    )
    .action(runProduce);
  return addConnectionOptions(command);
}

async function runProduce(topic: string, flags: ProduceFlags): Promise<void> {
  if (flags.durability !== undefined && flags.acks !== "all") throw misuse("--durability: asks more of acks=all; leave --acks out");
  const read = readerOf(flags);
  const isTyped = flags.file === undefined && isatty(0);
  const outlet = new Outlet();
  await withCluster(flags, async (mill) => {
    await checkTopic(mill, topic);
    using interruption = new Interruption();
    if (isTyped) console.error("a line is a record; Ctrl-D ends");
    await produce(mill, readInputs(flags.file ?? [], interruption.signal), {
      topic,
      producer: producerOptions(flags),
      read,
      receipts: receiptsOf(outlet, flags, isTyped),
      outlet,
      progress: new Progress("produced", { isWanted: flags.progress && !isTyped }),
    });
    if (interruption.signal.aborted) process.exitCode = exitCodes.interrupted;
  });
}

function readerOf({ key, keyDelimiter, header = [], partition, json, tombstone }: ProduceFlags): LineReader {
  if (keyDelimiter === "") throw misuse("--key-delimiter: must not be empty");
  const defaults = { key, headers: header.map(headerOf), partition };
  return json ? jsonReader(defaults) : plainReader({ ...defaults, keyDelimiter, isEmptyTombstone: tombstone });
}

/** Headers may repeat. */
function headerOf(text: string): Header {
  const { key, value } = oneKeyValue(text, "--header");
  return { key, value: Buffer.from(value) };
}

function receiptsOf(outlet: Outlet, { output, quiet }: ProduceFlags, isTyped: boolean): Receipts {
  if (quiet) return silentReceipts;
  return output === "text" ? new TextReceipts(outlet, { isImmediate: isTyped }) : new JsonReceipts(outlet, output);
}

function producerOptions({ acks, durability, compression, timeout }: ProduceFlags): ProducerOptions {
  const named = { "0": "none", "1": "leader", all: "all" } as const;
  return { acks: named[acks], durability, compression, deliveryTimeoutMs: timeout };
}
