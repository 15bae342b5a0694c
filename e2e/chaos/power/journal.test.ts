import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BrokerProcess } from "../../support/broker-process.ts";
import { batchOf, createTopic, produceBatch } from "../../support/topics.ts";
import { WireClient } from "../../support/wire-client.ts";
import { journalLibrary, powerCutsMissing } from "./library.ts";
import { Machine } from "./machine.ts";

test.skipIf(powerCutsMissing() !== undefined)("the journal of a disk tells everything that a broker wrote, lmdb's stores too", async () => {
  using library = journalLibrary();
  using machine = new Machine(library.path, 1);
  await using broker = await BrokerProcess.start({ directory: machine.directory, environment: machine.environment });
  using client = await WireClient.connect(broker.bootstrap);
  await createTopic(client, "orders", { configs: { "segment.bytes": "1048576" } });
  for (let index = 0; index < 20; index++) await produceBatch(client, "orders", batchOf(["x".repeat(100_000)]));
  await broker.kill("SIGTERM");
  machine.readJournal();
  const files = readdirSync(machine.directory, { recursive: true, encoding: "utf8" }).filter((path) => isModelled(machine.directory, path));
  expect(files.length).toBeGreaterThan(8);
  for (const path of files) expect(machine.image.file(path).bytes.equals(readFileSync(join(machine.directory, path))), path).toBe(true);
});

/** What lies in lmdb's table of readers means nothing to whoever opens the store next. */
function isModelled(directory: string, path: string): boolean {
  return statSync(join(directory, path)).isFile() && !path.endsWith("lock.mdb");
}
