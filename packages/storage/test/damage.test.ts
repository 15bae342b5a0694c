import { assert, asyncProperty, nat } from "fast-check";
import { Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import type { Log } from "../src/index.ts";
import { snapshotChange } from "../src/log/hints.ts";
import { brokerConfiguration } from "../src/testing/index.ts";
import { append, asClient, batch, Diary, TestBroker, topicId } from "./support/broker.ts";

const small = { "segment.bytes": 1000, "index.interval.bytes": 100 };
const records = 40;
/** Of a batch, where it says how long it is: what is scanned without a look at checksums stops there. */
const lengthAt = 8;

class DamageDiary extends Diary {
  damaged = (): void => void this.entries.push("damaged");
}

interface Rotten {
  readonly broker: TestBroker;
  readonly log: Log;
  readonly diary: DamageDiary;
  readonly written: readonly string[];
}

/** One bit of the first segment turns over. */
function rot({ world }: TestBroker, place: number): void {
  const platter = world.platter("broker");
  const path = `/data/logs/${topicId}-0/00000000000000000000.log`;
  const bits = platter.bytes(path)!.length * 8;
  platter.flipBit(path, Math.floor((place % bits) / 8), place % 8);
}

/** A log of several segments in which one bit has turned over. */
async function rotten(place: number): Promise<Rotten> {
  const broker = await TestBroker.open({ configuration: brokerConfiguration({ "millrace.tail.max.bytes": "0" }) });
  const log = await broker.log(small);
  for (let count = 0; count < records; count++) append(log, `${count}`);
  await broker.world.settle();
  const written = await broker.records(log);
  await broker.stopAndStart();
  rot(broker, place);
  const again = await broker.log(small);
  const diary = new DamageDiary();
  again.observe(diary);
  return { broker, log: again, diary, written };
}

/** Everything that can be read, one batch after the other, up to what cannot. */
async function readable({ broker, log }: Rotten): Promise<string[]> {
  return broker.records(log).catch((error: { code: string }) => [error.code]);
}

/** The bytes of a batch of the record. */
const inBody = (record: number) => (record * batch({ values: ["0"] }).length + 65) * 8;

test("a damaged batch is told once, the log goes on, and dropDamage leaves the batches before it", async () => {
  const it = await rotten(inBody(3));
  expect(await readable(it)).toEqual(["KAFKA_STORAGE_ERROR"]);
  await readable(it);
  expect([it.diary.entries, it.log.damagedFrom, it.log.failure]).toEqual([["damaged"], 3, undefined]);
  await it.broker.drive(it.log.dropDamage());
  expect([it.log.damagedFrom, it.log.logEnd, await readable(it)]).toEqual([undefined, 3, it.written.slice(0, 3)]);
  it.log.append(batch({ values: ["new"] }), asClient);
  await it.broker.world.settle();
  expect(await readable(it)).toEqual([...it.written.slice(0, 3), "3 new"]);
  expect(it.broker.failures).toEqual([]);
});

test("a log opens where its producers must be read from a damaged batch, and says that it is damaged", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log(small);
  const sent = (sequence: number) => batch({ producerId: 7, producerEpoch: 0, baseSequence: sequence });
  for (let sequence = 0; sequence < records; sequence++) log.append(sent(sequence), asClient);
  await broker.world.settle();
  await broker.stopAndStart();
  const snapshots = Array.from({ length: records + 1 }, (_, offset) => snapshotChange({ topicId, partition: 0 }, offset, undefined));
  await broker.drive(broker.directory.state.commit(snapshots));
  rot(broker, (3 * sent(0).length + lengthAt) * 8);
  const again = await broker.log(small);
  expect([again.damagedFrom, again.logEnd, broker.failures]).toEqual([3, records, []]);
  expect(again.append(sent(records - 1), asClient).isDuplicate).toBe(true);
});

test("a log that is damaged before its start, too, begins anew there", async () => {
  const it = await rotten(inBody(2));
  const { broker, log } = it;
  rot(broker, inBody(5));
  log.highWatermarkIs(Offset(records));
  await broker.drive(log.deleteRecordsBefore(Offset(5)));
  expect([await readable(it), log.damagedFrom]).toEqual([["KAFKA_STORAGE_ERROR"], 5]);
  await broker.drive(log.dropDamage());
  expect([log.logStart, log.logEnd, log.damagedFrom, broker.failures]).toEqual([5, 5, undefined, []]);
});

test("a cut at a damaged batch is refused, tells of the damage, and leaves the log as it is", async () => {
  const it = await rotten(inBody(3));
  await expect(it.broker.drive(it.log.truncateTo(Offset(3)))).rejects.toMatchObject({ code: "KAFKA_STORAGE_ERROR" });
  expect([it.diary.entries, it.log.logEnd, it.broker.failures]).toEqual([["damaged"], records, []]);
  await it.broker.drive(it.log.dropDamage());
  expect(await readable(it)).toEqual(it.written.slice(0, it.log.logEnd));
});

test("a batch that claims offsets past the end of its segment is an error to its reader, and not the end of what there is", async () => {
  const it = await rotten(inBody(3) - 59 * 8 + 3);
  expect(await readable(it)).toEqual(["KAFKA_STORAGE_ERROR"]);
  expect(it.log.damagedFrom).toBe(3);
});

test("whichever bit of a segment turns over, what dropDamage leaves is the beginning of what was written", async () => {
  await assert(
    asyncProperty(nat(), async (place) => {
      const it = await rotten(place);
      for (let from = 0; from < records; from += 3) await it.broker.read(it.log, from).catch(() => undefined);
      const isFound = it.log.damagedFrom !== undefined;
      await it.broker.drive(it.log.dropDamage());
      const left = await readable(it);
      if (isFound) expect(left).toEqual(it.written.slice(0, it.log.logEnd));
      expect(it.broker.failures).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test("what was dropped as damaged does not count as lost at the next start", async () => {
  const it = await rotten(inBody(3));
  it.log.highWatermarkIs(Offset(records));
  await readable(it);
  await it.broker.drive(it.log.dropDamage());
  await it.broker.crash();
  const again = await it.broker.log(small);
  expect([again.logEnd, again.lostRecords]).toEqual([3, false]);
});
