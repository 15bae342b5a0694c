import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { kafkaToolsMissing } from "../../e2e/support/kafka-tools.ts";

const missing = await kafkaToolsMissing();
const bench = (...args: string[]) => promisify(execFile)(process.execPath, [join(import.meta.dirname, "../../scripts/bench.mjs"), ...args]);
const small = ["--rounds", "1", "--warmups", "0", "--others-share-max", "1"];

test.skipIf(missing !== undefined)("npm run bench -- produce measures the bundle and prints a table", async () => {
  const { stdout, stderr } = await bench(
    "produce",
    "--target",
    "millrace,spike",
    ...small,
    "--mebibytes",
    "2",
    "--size",
    "100",
    "--acks",
    "all",
  );
  const [title, , head, , ...lines] = stdout.trim().split("\n");
  expect(title).toMatch(
    /^produce 100 B, acks=all, none, 1 producer, 1 partition, 1 round, \d{4}-\d\d-\d\d; others took \d+ % of the machine, \d+ % at most$/,
  );
  expect(head).toMatch(
    /^\| target \| MiB\/s \| records\/s \| brokers' CPU, ms per MiB \| p50, ms \| p99, ms \| peak memory of a broker, MiB \| loop's delay p99.9, ms \|$/,
  );
  expect(lines).toEqual([
    expect.stringMatching(/^\| millrace( \| [\d.,]+){7} \|$/),
    expect.stringMatching(/^\| spike( \| [\d.,]+, [\d.,]+×){6} \| – \|$/),
    "",
    expect.stringMatching(/^millrace reaches [\d.]+ of the bare spike, in MiB\/s\.$/),
    expect.stringMatching(/^`npm run bench -- produce --target millrace,spike .*`$/),
  ]);
  expect(stderr).toMatch(/written to .*bench\/out\/produce-.*\.json/);
});

test("npm run bench -- latency needs no Java", async () => {
  const { stdout } = await bench("latency", "--target", "millrace,null", ...small, "--seconds", "1", "--rate", "100");
  expect(stdout).toMatch(/one at a time[^]*\| millrace \|[^]*\| null \|[^]*100 requests\/s[^]*\| millrace \|[^]*\| null \|/);
});

test("npm run bench -- latency --brokers 3 finds the leader, and counts what all brokers take", async () => {
  const { stdout } = await bench("latency", "--target", "millrace", ...small, "--brokers", "3", "--loop", "closed", "--seconds", "1");
  expect(stdout).toMatch(/acks=all, 3 brokers, RF 3, 1 round[^]*\| millrace( \| [\d.,]+){6} \|/);
});

test("npm run bench -- growth measures each size and writes a plot of each figure", async () => {
  const plots = mkdtempSync(join(tmpdir(), "millrace-plots-"));
  try {
    const { stdout } = await bench("growth", "--target", "millrace", ...small, "--of", "connections", "--sizes", "1,3", "--plots", plots);
    expect(stdout).toMatch(
      /connections: 1, 1 round,[^]*\| millrace( \| [\d.,]+){5} \|[^]*connections: 3, 1 round[^]*\| millrace( \| [\d.,]+){5} \|/,
    );
    const names = ["cpuUsPerRequest", "openMs", "p50Ms", "p99Ms", "residentMebibytes"];
    expect(readdirSync(plots).sort()).toEqual(names.map((name) => `connections-${name}.svg`));
  } finally {
    rmSync(plots, { recursive: true });
  }
});

test("a target that does not exist is named, with those that do", async () => {
  await expect(bench("produce", "--target", "pulsar")).rejects.toThrow(
    "--target: must be millrace, kafka, null, spike or NAME=BUNDLE, not pulsar",
  );
});

test("npm run bench -- controller kills controllers, and says what that cost", async () => {
  const { stdout } = await bench("controller", ...small, "--kills", "2", "--every-ms", "2000");
  expect(stdout).toMatch(/\| in peace( \| [\d.,]+){5} \|\n\| with kills( \| [\d.,]+, [\d.,]+×){3} \| 0 \| [\d.,]+, [\d.,]+× \|/);
  expect(stdout).toMatch(/2 kills: the next topic was created after \d+ ms \(p50\), \d+ ms \(p90\), \d+ ms at most\./);
  expect(stdout).toMatch(
    /[1-9]\d* topics acknowledged, 0 of them lost; \d+ with an unknown outcome, 0 refused; 0 partitions changed their leader epoch\./,
  );
});

test.skipIf(missing !== undefined)("npm run bench -- gap ends a broker of three, and every partition is written again", async () => {
  const { stdout } = await bench("gap", "--target", "millrace", ...small, "--fault", "kill", "--partitions", "12");
  expect(stdout).toMatch(
    /^kill -9 of a broker, 12 partitions, 1 round,[^]*\| millrace( \| [\d.,]+){7} \| 0 \| 0 \|$[^]*^millrace: p50 \d+ ms, worst \d+ ms; goal p50 300 ms, worst 1000 ms: \w+$/m,
  );
});

test("npm run bench -- start --brokers 3 starts a cluster by one command", async () => {
  const { stdout } = await bench("start", "--target", "millrace", ...small, "--brokers", "3");
  expect(stdout).toMatch(/^start of three brokers, 0 records in the log, 1 round,[^]*\| millrace( \| [\d.,]+){4} \|/m);
});
