import { Command, Option } from "commander";
import { parseAddresses, secondMs } from "@millrace/vocabulary";
import { bootstrapOption } from "../connection.ts";
import type { Finding } from "../doctor/finding.ts";
import { exitCodes } from "../exit-codes.ts";
import { duration } from "../option-values.ts";
import { addOutputOption, type OutputFlags, printEach } from "../output/report.ts";
import { columnsOfStdout, folded, toned, type Tone } from "../output/terminal.ts";

interface DoctorFlags extends OutputFlags {
  readonly bootstrapServer: string;
  readonly timeout: number;
  readonly data?: string;
}

const timeoutMs: number = 5 * secondMs;
/** Where findings stand behind their state. */
const indent: number = "warning".length + 2;

/** `millrace doctor`: what is wrong between here and a cluster, and what to do about it. */
export function doctorCommand(): Command {
  const command = new Command("doctor")
    .description("look at brokers, their doors, and this machine, and say what to do")
    .addOption(bootstrapOption())
    .addOption(new Option("--timeout <time>", "how long a door may take to answer").default(timeoutMs, "5s").argParser(duration))
    .option("--data <dir>", "where a broker on this machine keeps its records: is there room?")
    .addHelpText("after", "\nExits with 1 where something has failed.\n\nExample:\n  millrace doctor -b localhost:9092 --data .millrace")
    .action(runDoctor);
  return addOutputOption(command);
}

async function runDoctor({ bootstrapServer, timeout, data, output }: DoctorFlags): Promise<void> {
  const { examine } = await import("../doctor/examination.ts");
  const findings = await examine({ addresses: parseAddresses(bootstrapServer), timeoutMs: timeout, data });
  await printEach(output, findings, render);
  if (findings.some(({ state }) => state === "failed")) process.exitCode = exitCodes.failed;
}

const tones: Readonly<Record<Finding["state"], Tone>> = { ok: "faint", warning: "strong", failed: "bad" };

function render({ check, state, seen, repair }: Finding): string {
  const lines = [`${check}: ${seen}`, ...(repair === undefined ? [] : [repair])];
  const told = lines.map((line) => folded(" ".repeat(indent) + line, columnsOfStdout(), indent)).join("\n");
  return `${toned(tones[state], state.padEnd(indent))}${told.slice(indent)}\n`;
}
