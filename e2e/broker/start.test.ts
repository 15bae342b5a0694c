import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { runCommand } from "../support/command.ts";

const main = join(import.meta.dirname, "../../packages/cli/src/main.ts");
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "millrace-start-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const millrace = (args: readonly string[], environment: Record<string, string> = {}) =>
  runCommand(process.execPath, [main, ...args], { environment });

test("a second broker on the same data is refused, and the first one goes on", async () => {
  await using broker = await BrokerProcess.start();
  const { code, stderr } = await millrace([
    "broker",
    "--log-level",
    "error",
    "-s",
    "listeners=PLAINTEXT://127.0.0.1:0",
    "-s",
    `log.dirs=${broker.directory}/broker-1`,
  ]);
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(
      /^millrace: DATA_IN_USE: another process uses this data directory; stop it, or choose another directory \(directory=.*broker-1\)/,
    ),
  ]);
  expect((await fetch(`http://${broker.bootstrap}/healthz`)).status).toBe(200);
});

test("data of a broker that was killed is taken over", async () => {
  let broker = await BrokerProcess.start();
  broker = await broker.restart("SIGKILL");
  await broker[Symbol.asyncDispose]();
});

test("a port in use is named, with what to do", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  const { code, stderr } = await millrace([
    "broker",
    "--format",
    "--log-level",
    "error",
    "-s",
    `listeners=PLAINTEXT://127.0.0.1:${port}`,
    "-s",
    `log.dirs=${directory}/data`,
  ]);
  server.close();
  expect([code, stderr]).toEqual([
    1,
    `millrace: ADDRESS_IN_USE: another process listens on this address; stop it, or choose another port (address=127.0.0.1:${port} errno=EADDRINUSE)\n`,
  ]);
});

test("a directory that is not formatted says how to format it", async () => {
  const { code, stderr } = await millrace([
    "broker",
    "--log-level",
    "error",
    "-s",
    "listeners=PLAINTEXT://127.0.0.1:0",
    "-s",
    `log.dirs=${directory}/data`,
  ]);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^millrace: DATA_UNFORMATTED: .*format/)]);
});

test("a directory of another node is refused, with both ids", async () => {
  expect((await millrace(["format", "-s", "node.id=1", "-s", `log.dirs=${directory}/data`])).code).toBe(0);
  const { code, stderr } = await millrace([
    "broker",
    "--log-level",
    "error",
    "-s",
    "node.id=2",
    "-s",
    "listeners=PLAINTEXT://127.0.0.1:0",
    "-s",
    `log.dirs=${directory}/data`,
  ]);
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/node\.id.*1.*2|node\.id.*2.*1/);
});

test("formatting twice is refused", async () => {
  const format = ["format", "-s", `log.dirs=${directory}/data`];
  expect((await millrace(format)).stdout.toString()).toMatch(/^formatted .*data cluster\.id=\S{22} node\.id=1\n$/);
  expect((await millrace(format)).stderr).toMatch(/^millrace: DATA_FORMATTED/);
});

test("wrong configuration is all told at once, with exit code 2", async () => {
  writeFileSync(join(directory, "server.properties"), "num.partition=3\n");
  const { code, stderr } = await millrace(["broker", "-c", join(directory, "server.properties"), "-s", "log.segment.bytes=1"], {
    KAFKA_NODE_ID: "one",
  });
  expect([code, stderr.trim().split("\n")]).toEqual([
    2,
    [
      `millrace: num.partition: no such configuration key; did you mean num.partitions? (${directory}/server.properties:1)`,
      'millrace: node.id: must be a whole number from 0 to 2147483647, not "one" (KAFKA_NODE_ID)',
      'millrace: log.segment.bytes: must be a whole number from 1048576 to 2147483647, not "1" (--set)',
    ],
  ]);
});

test("SIGTERM ends the broker in order, with exit code 0", async () => {
  await using broker = await BrokerProcess.start();
  expect(await broker.kill("SIGTERM")).toBe(0);
});

test.each([["nonsense"], ["broker", "--nonsense"], ["up", "--port", "70000"]])(
  "a command line that makes no sense ends with exit code 2: %s %s",
  async (...args) => {
    expect((await millrace(args.filter((arg) => arg !== undefined))).code).toBe(2);
  },
);
