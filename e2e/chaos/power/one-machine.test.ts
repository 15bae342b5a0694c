import { batchHeaderBytes, BatchView } from "@millrace/records";
import { expect, test } from "vitest";
import { BrokerProcess } from "../../support/broker-process.ts";
import { recordsOfPartition } from "../../support/partition-scan.ts";
import { batchOf, createTopic, produceBatch } from "../../support/topics.ts";
import { WireClient } from "../../support/wire-client.ts";
import { journalLibrary, powerCutsMissing } from "./library.ts";
import { Machine } from "./machine.ts";

const recordBytes = 100_000;
/** So the last ones are not synced. */
const syncEvery = 10;
const configs = { "flush.messages": String(syncEvery), "segment.bytes": "1048576" };
const records = 25;

const canCut = powerCutsMissing() === undefined;

test.skipIf(!canCut).each([1, 2, 3])(
  "a power cut of the only machine loses at most what was not synced, from the end, and the broker says that it was lossy (seed $0)",
  async (seed) => {
    using library = journalLibrary();
    using machine = new Machine(library.path, seed);
    await using one = await OneBroker.start(machine);
    for (let number = 0; number < records; number++) expect(await one.produce(number)).toBe("NONE");
    const synced = await whenSomeAreSynced(machine);
    await one.loseItsPower();
    expect(one.broker.log.some((line) => line.includes('"lastStop":"lossy"'))).toBe(true);
    const left = await one.numbers();
    expect(left).toEqual(Array.from({ length: left.length }, (_, index) => index));
    expect(left.length).toBeGreaterThanOrEqual(synced);
    expect(await one.produce(left.length)).toBe("NONE");
  },
);

test.skipIf(!canCut)("a cut that leaves no unsynced sector takes all that was acknowledged from a page cache", async () => {
  using library = journalLibrary();
  using machine = new Machine(library.path, 1);
  await using one = await OneBroker.start(machine);
  for (let number = 0; number < syncEvery - 1; number++) expect(await one.produce(number)).toBe("NONE");
  await one.loseItsPower(0);
  expect(await one.numbers()).toEqual([]);
});

/** A broker on a machine, and a topic of which it holds the only replica. */
class OneBroker implements AsyncDisposable {
  broker: BrokerProcess;
  readonly #machine: Machine;

  private constructor(machine: Machine, broker: BrokerProcess) {
    this.#machine = machine;
    this.broker = broker;
  }

  static async start(machine: Machine): Promise<OneBroker> {
    const broker = await BrokerProcess.start({ directory: machine.directory, environment: machine.environment });
    using client = await WireClient.connect(broker.bootstrap);
    await createTopic(client, "orders", { configs });
    return new OneBroker(machine, broker);
  }

  /** Resolves to the answer's code. */
  async produce(number: number): Promise<string> {
    using client = await WireClient.connect(this.broker.bootstrap);
    const { code } = await produceBatch(client, "orders", batchOf([`${number} `.padEnd(recordBytes, "x")]));
    return code;
  }

  /** Of the records that are there. */
  async numbers(): Promise<number[]> {
    using client = await WireClient.connect(this.broker.bootstrap);
    const numbers: number[] = [];
    for await (const { value } of recordsOfPartition(client, "orders")) numbers.push(Number.parseInt(value!.toString("latin1"), 10));
    return numbers;
  }

  async loseItsPower(sectorSurvivesPpm?: number): Promise<void> {
    const { directory, environment } = this.#machine;
    await this.broker.kill("SIGKILL");
    this.#machine.cutPower(sectorSurvivesPpm);
    this.broker = await BrokerProcess.start({ directory, environment, address: this.broker.bootstrap });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.broker[Symbol.asyncDispose]();
  }
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
