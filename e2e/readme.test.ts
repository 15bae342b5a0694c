import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasProgram, runCommand } from "./support/command.ts";

const root = join(import.meta.dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");
/** The commands of the first screen, block by block. */
const blocks = Array.from(readme.matchAll(/```sh\n(.+?)```/gs), ([, block]) => block!);
const hasLists = existsSync("/var/lib/dpkg/info");

describe("the README's first screen runs as printed", () => {
  const directory = mkdtempSync(join(tmpdir(), "millrace-readme-"));
  let cluster: ChildProcess;
  let address = "";

  beforeAll(async () => {
    symlinkSync(join(root, "millrace"), join(directory, "millrace"));
    const start = commandsOf(blocks[0]!)[0]!;
    expect(start).toBe("npm start");
    // As printed, but for a port and a directory that are free.
    cluster = spawn("npm", ["start", "--silent", "--", "--port", "0", "--data", join(directory, "data")], {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    const ready = await lineOf(cluster, /^ready /);
    address = ready.split(" ")[1]!;
    const printed = address.split(",").reduce((line, each, index) => line.replaceAll(each, `127.0.0.1:${9092 + index}`), ready);
    expect(printed).toBe(/```\n(ready .+)\n```/.exec(readme)![1]);
  });

  afterAll(async () => {
    const ended = new Promise((resolve) => cluster.once("exit", resolve));
    process.kill(-cluster.pid!, "SIGINT");
    await ended;
    rmSync(directory, { recursive: true, force: true });
  });

  test.skipIf(!hasLists)(`a real file in and out${hasLists ? "" : " (left out: this is no Debian machine)"}`, async () => {
    const { code, stdout, stderr } = await shell(commandsOf(blocks[1]!).join("\n"));
    expect([code, stdout.split("\n").at(-2)], stderr).toEqual([0, "the same bytes"]);
  });

  const hasKcat = hasLists && hasProgram("kcat", "-V");
  test.skipIf(!hasKcat)(`kcat reads it, too${hasKcat ? "" : " (left out: there is no kcat)"}`, async () => {
    const command = commandsOf(blocks[2]!).find((line) => line.startsWith("kcat"))!;
    const { stdout } = await shell(command.replace("localhost:9092", address));
    expect(stdout).toBe(readFileSync(join(directory, "files.txt"), "utf8").split("\n").slice(0, 3).join("\n") + "\n");
  });

  async function shell(script: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const { code, stdout, stderr } = await runCommand("sh", ["-e", "-c", `cd ${directory}\n${script}`], {
      environment: { MILLRACE_BOOTSTRAP: address },
    });
    return { code, stdout: stdout.toString(), stderr };
  }
});

function commandsOf(block: string): string[] {
  return block
    .split("\n")
    .map((line) => line.replace(/\s+#.*$/, ""))
    .filter((line) => line !== "");
}

function lineOf(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).on("line", (line) => {
      if (pattern.test(line)) resolve(line);
    });
    child.once("exit", (code) => reject(new Error(`it ended with ${code} before it was ready`)));
  });
}
