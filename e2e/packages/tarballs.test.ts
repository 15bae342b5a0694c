import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { runCommand } from "../support/command.ts";

const root = join(import.meta.dirname, "../..");

/** What a stranger writes who has read the README of the client. */
const program = `
import { connect, json, MillraceError, text, topic } from "@millrace/client";

const orders = topic("orders", { key: text, value: json<{ cents: number }>() });
await using mill = connect(process.env["BOOTSTRAP"]!, { signals: false });
await using producer = mill.producer();
const { offset }: { offset: number | undefined } = await producer.send(orders, { key: "7", value: { cents: 1250 } });
// @ts-expect-error: a value of another shape
const refused = () => producer.send(orders, { key: "7", value: { euros: 12 } });
await using consumer = mill.consumer([orders], { group: "billing", from: "earliest" });
for await (const record of consumer) {
  const cents: number = record.value.cents;
  console.log(offset, record.key, cents, refused instanceof Function, new MillraceError("CLOSED").code);
  break;
}
`;

describe("what is published", () => {
  let project: string;

  beforeAll(async () => {
    project = mkdtempSync(join(tmpdir(), "millrace-packages-"));
    await run(process.execPath, [join(root, "scripts/pack.mjs"), join(project, "tarballs")]);
    writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module", private: true }));
    const tarballs = readdirSync(join(project, "tarballs")).map((name) => join(project, "tarballs", name));
    expect(tarballs).toHaveLength(2);
    await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...tarballs]);
  }, 300_000);

  afterAll(() => {
    rmSync(project, { recursive: true, force: true });
  });

  test("the command line, with the broker in it, needs nothing of this clone", async () => {
    const { stdout } = await run(join(project, "node_modules/.bin/millrace"), ["--version"]);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("the client type-checks and runs against the broker, without another package but its types", async () => {
    writeFileSync(join(project, "program.ts"), program);
    const strict = [
      "--strict",
      "--target",
      "es2024",
      "--module",
      "nodenext",
      "--noEmit",
      "--skipLibCheck",
      "--lib",
      "es2024,esnext.disposable",
    ];
    await run(join(root, "node_modules/.bin/tsc"), [
      ...strict,
      "--types",
      "node",
      "--typeRoots",
      join(root, "node_modules/@types"),
      "program.ts",
    ]);
    await using broker = await BrokerProcess.start({ entry: join(project, "node_modules/millrace/dist/millrace.mjs") });
    const { stdout } = await run(process.execPath, ["program.ts"], { BOOTSTRAP: broker.bootstrap });
    expect(stdout).toBe("0 7 1250 true CLOSED\n");
    expect(readdirSync(join(project, "node_modules/@millrace/client")).sort()).toEqual(["LICENSE", "README.md", "dist", "package.json"]);
  });

  async function run(tool: string, args: readonly string[], environment: Record<string, string> = {}) {
    const { code, stdout, stderr } = await runCommand(tool, args, { directory: project, environment, timeoutMs: 240_000 });
    if (code !== 0) throw new Error(`${tool} ended with ${code}:\n${stdout.toString().slice(-2_000)}${stderr.slice(-2_000)}`);
    return { stdout: stdout.toString() };
  }
});
