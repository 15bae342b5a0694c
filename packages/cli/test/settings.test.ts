import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readSettings } from "../src/settings.ts";

const directory = mkdtempSync(join(tmpdir(), "millrace-settings-"));
const file = join(directory, "server.properties");
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function faultsOf(sources: Parameters<typeof readSettings>[0]): readonly string[] {
  try {
    readSettings(sources, () => {});
  } catch (error) {
    return (error as { facts: { faults: string[] } }).facts.faults;
  }
  return [];
}

test("the command line wins over the environment, and the environment over the file", () => {
  writeFileSync(file, "node.id=1\nnum.partitions=1\nlog.retention.hours=1\n");
  const configuration = readSettings(
    { config: file, environment: { KAFKA_NODE_ID: "2", MILLRACE_NUM_PARTITIONS: "2" }, set: ["node.id=3"] },
    () => {},
  );
  expect([configuration.get("node.id"), configuration.get("num.partitions"), configuration.get("log.retention.hours")]).toEqual([3, 2, 1]);
});

test("everything that is wrong is said at once, with key, value, what is allowed, the nearest name and the place", () => {
  expect(
    faultsOf({ set: ["num.partition=3", "log.segment.bytes=12", "auto.create.topics.enable=yes"], environment: { KAFKA_NODE_ID: "x" } }),
  ).toEqual([
    'node.id: must be a whole number from 0 to 2147483647, not "x" (KAFKA_NODE_ID)',
    "num.partition: no such configuration key; did you mean num.partitions? (--set)",
    'log.segment.bytes: must be a whole number from 1048576 to 2147483647, not "12" (--set)',
    'auto.create.topics.enable: must be true or false, not "yes" (--set)',
  ]);
});

test("what means something only in Kafka is accepted with a warning", () => {
  const warnings: string[] = [];
  readSettings({ environment: { KAFKA_NUM_IO_THREADS: "8", KAFKA_HEAP_OPTS: "-Xmx1g" } }, (text) => warnings.push(text));
  expect(warnings).toEqual(["num.io.threads (KAFKA_NUM_IO_THREADS) means nothing here and is ignored"]);
});

test.each([["a"], ["=1"]])("a setting without key and value (%s) is refused", (text) => {
  expect(faultsOf({ set: [text] })).toEqual([`--set: must be key=value, not ${JSON.stringify(text)}`]);
});

test("a file that is not there is named", () => {
  expect(faultsOf({ config: "/nowhere/server.properties" })[0]).toMatch(/^--config: cannot read \/nowhere\/server\.properties: ENOENT/);
});
