import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { millraceMain } from "../support/millrace.ts";

const readme = readFileSync(join(import.meta.dirname, "../../packages/cli/README.md"), "utf8");

test("the commands of the README print what it says they print", async () => {
  await using broker = await BrokerProcess.start();
  const [, session = ""] = /```console\n(.*?)```/s.exec(readme) ?? [];
  const commands = session.split("\n").flatMap((line) => (line.startsWith("$ ") ? [line.slice(2)] : []));
  const script = commands.map((command) => `printf '%s\\n' ${quoted(`$ ${command}`)}; ${command}`).join("\n");
  const { stdout, stderr } = spawnSync(
    "bash",
    ["-c", `millrace() { ${quoted(process.execPath)} ${quoted(millraceMain)} "$@"; }\n${script}`],
    {
      encoding: "utf8",
      env: { ...process.env, MILLRACE_BOOTSTRAP: broker.bootstrap },
    },
  );
  expect(stderr).toBe("");
  expect(stdout).toBe(session);
});

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
