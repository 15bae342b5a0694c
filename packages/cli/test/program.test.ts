import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MiB } from "@millrace/vocabulary";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { program } from "../src/program.ts";
import { version } from "../src/version.ts";

const main = join(import.meta.dirname, "../src/main.ts");

function commandsOf(command: Command, path: readonly string[] = []): [string, Command][] {
  const visible = command.commands.filter((each) => each.name() !== "__complete");
  return [[path.join(" "), command], ...visible.flatMap((each) => commandsOf(each, [...path, each.name()]))];
}

test.each(commandsOf(program()))("the help of millrace %s has an example, and names the command in it", (path, command) => {
  let help = "";
  command.configureOutput({ writeOut: (text) => void (help += text) }).outputHelp();
  const [, examples = ""] = /\nExamples?:\n(.*)$/s.exec(help) ?? [];
  expect(examples).toContain(`millrace ${path}`);
});

test("every option is described", () => {
  const silent = commandsOf(program()).flatMap(([path, { options }]) =>
    options.filter(({ description }) => description === "").map(({ flags }) => `${path} ${flags}`),
  );
  expect(silent).toEqual([]);
});

test("the version is that of the package", () => {
  const { version: packaged } = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")) as { version: string };
  expect(version).toBe(packaged);
});

test.each([[["--help"]], [["consume", "--help"]], [["__complete", "--", "topic", ""]]])(
  "%j loads neither server nor client nor gRPC",
  (args) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [main, ...args], {
      encoding: "utf8",
      env: { ...process.env, NODE_DEBUG: "esm" },
      maxBuffer: 64 * MiB, // it tells a lot
    });
    expect(status).toBe(0);
    expect(stdout).not.toBe("");
    expect(stderr).toContain("packages/cli/src/program.ts");
    expect(stderr).not.toMatch(/packages\/(server|client|rpc)\/|grpc-js/);
  },
);

test.each([
  ["topic bogus", "millrace: unknown command 'bogus'\nmillrace topic --help shows how it is called\n"],
  ["topic descrbe", "millrace: unknown command 'descrbe'\n(Did you mean describe?)\nmillrace topic --help shows how it is called\n"],
  ["produce", "millrace: missing required argument 'topic'\nmillrace produce --help shows how it is called\n"],
  [
    "consume orders --follow --exit",
    "millrace: option '--follow' cannot be used with option '-e, --exit'\nmillrace consume --help shows how it is called\n",
  ],
])("millrace %s is a mistake in the call: exit code 2, and where to read more", (line, said) => {
  const { stderr, status } = spawnSync(process.execPath, [main, ...line.split(" ")], { encoding: "utf8" });
  expect([status, stderr]).toEqual([2, said]);
});
