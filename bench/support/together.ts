import { join } from "node:path";
import { runJava } from "../../e2e/support/kafka-tools.ts";

/** A slow machine must not end a run that goes on. */
const timeoutMs = 600_000;

/** Runs one of Kafka's tools, as often at once as asked, in one virtual machine, and gives what all of them printed. Rejects where one failed. */
export async function runTogether(tool: string, count: number, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runJava(join(import.meta.dirname, "Together.java"), [tool, String(count), ...args], { timeoutMs });
  const text = stdout.toString();
  if (code !== 0 || stderr.includes("InvocationTargetException")) throw new Error(`${tool} failed:\n${text}${stderr}`);
  return text;
}
