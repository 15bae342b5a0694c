import { batchHeaderBytes, BatchView } from "@millrace/records";
import { expect, test } from "vitest";
import { BrokerProcess } from "../../support/broker-process.ts";
import { recordsOfPartition } from "../../support/partition-scan.ts";
import { batchOf, createTopic, produceBatch } from "../../support/topics.ts";
import { WireClient } from "../../support/wire-client.ts";
import { journalLibrary, powerCutsMissing } from "./library.ts";
import { Machine } from "./machine.ts";

const recordBytes = 100_000;
/** Synced after every ten, so that the last ones are not. */
const configs = { "flush.messages": "10", "segment.bytes": "1048576" };
const records = 25;

test.skipIf(powerCutsMissing() !== undefined).each([1, 2, 3])(
  "a power cut of the only machine loses at most what was not synced, from the end, and the broker says that it was lossy (seed $0)",
  async (seed) => {
    using library = journalLibrary();
    using machine = new Machine(library.path, seed);
    const options = { directory: machine.directory, environment: machine.environment };
    let broker = await BrokerProcess.start(options);
    try {
      using client = await WireClient.connect(broker.bootstrap);
      await createTopic(client, "orders", { configs });
      for (let index = 0; index < records; index++) expect(await produce(client, index)).toBe("NONE");
      const synced = await whenSomeAreSynced(machine);
      await broker.kill("SIGKILL");
      machine.cutPower();

      broker = await BrokerProcess.start({ ...options, address: broker.bootstrap });
      expect(broker.log.some((line) => line.includes('"lastStop":"lossy"'))).toBe(true);
      using again = await WireClient.connect(broker.bootstrap);
      const left: number[] = [];
      for await (const { value } of recordsOfPartition(again, "orders")) left.push(Number.parseInt(value!.toString("latin1"), 10));
      expect(left).toEqual(Array.from({ length: left.length }, (_, index) => index));
      expect(left.length).toBeGreaterThanOrEqual(synced);
      expect(await produce(again, left.length)).toBe("NONE");
    } finally {
      await broker[Symbol.asyncDispose]();
    }
  },
);

async function produce(client: WireClient, number: number): Promise<string> {
  const { code } = await produceBatch(client, "orders", batchOf([`${number} `.padEnd(recordBytes, "x")]));
  return code;
}

/** Waits for the first sync. Resolves to how many records no cut can take. */
async function whenSomeAreSynced(machine: Machine): Promise<number> {
  for (;;) {
    const synced = syncedRecords(machine);
    if (synced > 0) return synced;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function syncedRecords(machine: Machine): number {
  const logs = [...machine.syncedFiles()].filter(({ path }) => path.endsWith(".log"));
  return Math.max(0, ...logs.map(({ bytes }) => endOf(bytes)));
}

/** The offset after the last whole batch. */
function endOf(log: Buffer): number {
  let end = 0;
  for (let at = 0; at + batchHeaderBytes <= log.length;) {
    const batch = new BatchView(log, at);
    if (at + batch.sizeBytes <= log.length) end = batch.nextOffset;
    at += batch.sizeBytes;
  }
  return end;
}
