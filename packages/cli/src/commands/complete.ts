import { secondMs } from "@millrace/vocabulary";
import { Command } from "commander";
import { complete, type Completion } from "../completion/completion.ts";
import { bootstrapVariable, withCluster } from "../connection.ts";
import { print } from "../output/outlet.ts";

/** Nobody waits longer for a candidate. */
const timeoutMs: number = secondMs;

/** `millrace __complete`: what may stand on a command line, for the scripts of `millrace completion`. */
export function completeCommand(program: () => Command): Command {
  return new Command("__complete").argument("[words...]").action(async (words: string[]) => {
    const completion = complete(program(), words);
    await print((await linesOf(completion)).map((line) => `${line}\n`).join(""));
  });
}

async function linesOf(completion: Completion): Promise<string[]> {
  if (completion.kind === "files") return [":files"];
  if (completion.kind === "words") return completion.candidates.map(({ word, description }) => `${word}\t${description}`);
  const names = await namesOf(completion).catch(() => []); // a cluster that does not answer knows no names
  return names.filter((name) => name.startsWith(completion.prefix)).map((name) => `${name}\t`);
}

function namesOf({ kind, bootstrapServer }: Completion & { kind: "topics" | "groups" }): Promise<string[]> {
  const flags = { bootstrapServer: bootstrapServer ?? process.env[bootstrapVariable] ?? "localhost:9092", timeout: timeoutMs };
  return withCluster(flags, async ({ admin }) => {
    if (kind === "groups") return (await admin.groups.list()).map(({ groupId }) => groupId);
    return (await admin.topics.list()).map(({ name }) => name);
  });
}
