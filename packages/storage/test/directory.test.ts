import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MemoryBudget } from "@millrace/runtime";
import { Configuration, GiB, minuteMs, type Uuid, uuidFromBytes } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { formatLogDirectory, openLogDirectory, readIdentity } from "../src/index.ts";
import { brokerConfiguration, openTestDirectory, testIdentity, topicSettings } from "../src/testing/index.ts";
import { append, Diary, TestBroker, topicId } from "./support/broker.ts";
import { realWorld } from "./support/real-broker.ts";

const options = { path: "/data", memory: new MemoryBudget(() => GiB), onFailure: () => undefined, reserveBytes: 0 };

function life(number: number): Uuid {
  return uuidFromBytes(Buffer.alloc(16, number));
}

test("a directory is formatted once; its identity is Kafka's meta.properties", async () => {
  const broker = new TestBroker();
  const { runtime } = broker;
  await broker.drive(formatLogDirectory(runtime, "/data", testIdentity));
  await broker.drive(formatLogDirectory(runtime, "/data", testIdentity));
  expect(await broker.drive(readIdentity(runtime.disk, "/data"))).toEqual(testIdentity);
  const file = await broker.drive(runtime.disk.open("/data/meta.properties", "read"));
  const bytes = Buffer.alloc(200);
  const text = bytes.subarray(0, await broker.drive(file.read(bytes, 0))).toString();
  expect(text.split("\n")).toEqual([
    "version=1",
    `cluster.id=${testIdentity.clusterId}`,
    "node.id=1",
    `directory.id=${testIdentity.directoryId}`,
    "",
  ]);
  const other = { ...testIdentity, nodeId: 2 };
  await expect(broker.drive(formatLogDirectory(runtime, "/data", other))).rejects.toThrow("CONFIGURATION_INVALID");
});

test("a directory that is not formatted, or belongs to another node or cluster, is refused with both values", async () => {
  const broker = new TestBroker();
  const { runtime } = broker;
  const open = (configuration: Configuration, clusterId?: Uuid) =>
    broker.drive(openLogDirectory({ ...options, runtime, configuration, ...(clusterId && { clusterId }) }));
  await expect(open(new Configuration())).rejects.toThrow("DATA_UNFORMATTED");
  await broker.drive(formatLogDirectory(runtime, "/data", testIdentity));
  await expect(open(brokerConfiguration({ "node.id": "2" }))).rejects.toThrow(
    "node.id: 2 was given, but the directory /data belongs to node 1",
  );
  const another = "AAAAAAAAAAAAAAAAAAAACQ" as Uuid;
  await expect(open(new Configuration(), another)).rejects.toThrow(`directoryClusterId=${testIdentity.clusterId} clusterId=${another}`);
});

test("the stop before is told: first, clean, crashed, or lossy when the machine went down", async () => {
  const broker = await TestBroker.open();
  expect([broker.directory.lastStop, broker.directory.previousBrokerEpoch]).toEqual(["first", undefined]);
  await broker.drive(broker.directory.noteBrokerEpoch(17, life(1)));
  await broker.stopAndStart();
  expect([broker.directory.lastStop, broker.directory.previousBrokerEpoch]).toEqual(["clean", 17]);
  await broker.crash("killed");
  expect([broker.directory.lastStop, broker.directory.previousBrokerEpoch]).toEqual(["crashed", 17]);
  await broker.crash("power cut");
  expect(broker.directory.lastStop).toBe("lossy");
});

test("a lossy stop is owed to the cluster until it has registered a life since, however the lives between end", async () => {
  const broker = await TestBroker.open();
  await broker.crash("power cut");
  expect([broker.directory.lastStop, broker.directory.owesLoss]).toEqual(["lossy", true]);
  await broker.crash("killed");
  expect([broker.directory.lastStop, broker.directory.owesLoss]).toEqual(["crashed", true]);
  await broker.stopAndStart();
  expect([broker.directory.lastStop, broker.directory.owesLoss]).toEqual(["clean", true]);
  await broker.drive(broker.directory.noteBrokerEpoch(17, life(1)));
  expect(broker.directory.owesLoss).toBe(false);
  await broker.crash("killed");
  expect([broker.directory.lastStop, broker.directory.owesLoss]).toEqual(["crashed", false]);
});

test("a directory names the life that was noted last and those that began to register since, and after a note that one alone", async () => {
  const broker = await TestBroker.open();
  await broker.drive(broker.directory.beginRegistration(life(1)));
  expect(broker.directory.lives).toEqual([]);
  await broker.drive(broker.directory.noteBrokerEpoch(17, life(1)));
  for (const number of [2, 3]) {
    await broker.crash("killed");
    await broker.drive(broker.directory.beginRegistration(life(number)));
  }
  await broker.crash("killed");
  expect([broker.directory.lives, broker.directory.previousBrokerEpoch]).toEqual([[life(1), life(2), life(3)], 17]);
  await broker.drive(broker.directory.noteBrokerEpoch(18, life(4)));
  await broker.stopAndStart();
  expect([broker.directory.lives, broker.directory.previousBrokerEpoch]).toEqual([[life(4)], 18]);
});

test("of a crash loop a directory keeps the life that was noted and the latest of the others", async () => {
  const broker = await TestBroker.open();
  await broker.drive(broker.directory.noteBrokerEpoch(17, life(0)));
  for (let number = 1; number <= 150; number++) await broker.drive(broker.directory.beginRegistration(life(number)));
  const { lives } = broker.directory;
  expect([lives.length, lives[0], lives[1], lives.at(-1)]).toEqual([100, life(0), life(52), life(150)]);
});

test("a note by an earlier version has an epoch and no life; those that begin to register since are named", async () => {
  const broker = await TestBroker.open();
  const { bootId } = broker.runtime.host;
  const note = { bootId, directoryId: testIdentity.directoryId, isStopped: false, brokerEpoch: 17 };
  await broker.drive(broker.directory.state.commit([{ key: Buffer.from("life"), value: Buffer.from(JSON.stringify(note)) }]));
  await broker.crash("killed");
  expect([broker.directory.lastStop, broker.directory.previousBrokerEpoch, broker.directory.lives]).toEqual(["crashed", 17, []]);
  await broker.drive(broker.directory.beginRegistration(life(2)));
  expect(broker.directory.lives).toEqual([life(2)]);
});

test("a loss that is noted is owed to the cluster as a lossy stop is", async () => {
  const broker = await TestBroker.open();
  expect(broker.directory.owesLoss).toBe(false);
  await broker.drive(broker.directory.noteLoss());
  await broker.crash("killed");
  expect([broker.directory.lastStop, broker.directory.owesLoss]).toEqual(["crashed", true]);
  await broker.drive(broker.directory.noteBrokerEpoch(17, life(1)));
  expect(broker.directory.owesLoss).toBe(false);
});

test("a store of hints that is new beside logs that are not makes the stop lossy", async () => {
  const broker = await TestBroker.open();
  append(await broker.log(), "a");
  await broker.drive(broker.directory.close());
  await broker.drive(broker.runtime.disk.remove("/data/state"));
  await broker.openDirectory();
  expect([broker.directory.lastStop, await broker.records(await broker.log())]).toEqual(["lossy", ["0 a"]]);
});

test("a store that says another directory's identity makes the stop lossy", async () => {
  const broker = await TestBroker.open();
  await broker.drive(broker.directory.close());
  await broker.drive(broker.runtime.disk.remove("/data/meta.properties"));
  await broker.drive(broker.runtime.disk.remove("/data/logs"));
  await broker.drive(broker.runtime.disk.rename("/data/state", "/kept"));
  await broker.drive(formatLogDirectory(broker.runtime, "/data", { ...testIdentity, directoryId: "AAAAAAAAAAAAAAAAAAAACQ" as Uuid }));
  await broker.drive(broker.runtime.disk.rename("/kept", "/data/state"));
  const { runtime } = broker;
  const directory = await broker.drive(openLogDirectory({ ...options, runtime, configuration: new Configuration() }));
  expect(directory.lastStop).toBe("lossy");
});

test("a directory has one holder", async () => {
  const broker = await TestBroker.open();
  await expect(broker.drive(openTestDirectory(broker.runtime))).rejects.toThrow("DATA_IN_USE");
  await broker.stopAndStart();
  expect(broker.directory.lastStop).toBe("clean");
});

test("a directory on the real disk has one holder", async () => {
  const path = await mkdtemp(join(tmpdir(), "millrace-storage-"));
  try {
    const first = await openTestDirectory(realWorld(), { path });
    await expect(openTestDirectory(realWorld(), { path })).rejects.toThrow("DATA_IN_USE");
    await first.close();
    await (await openTestDirectory(realWorld(), { path })).close();
  } finally {
    await rm(path, { recursive: true, force: true });
  }
});

test("the logs that are there are found, opened or not", async () => {
  const broker = await TestBroker.open();
  for (const partition of [0, 1, 2]) await broker.log({}, partition);
  await broker.stopAndStart();
  expect(broker.directory.found).toEqual([0, 1, 2].map((partition) => ({ topicId, partition })));
  expect([...broker.directory.logs()]).toEqual([]);
  const log = await broker.log({}, 1);
  expect([broker.directory.log(topicId, 1), [...broker.directory.logs()]]).toEqual([log, [log]]);
});

test("a log that is asked for twice at once is opened once", async () => {
  const broker = await TestBroker.open();
  const settings = topicSettings();
  const open = () => broker.directory.openLog(topicId, 0, () => settings);
  const [first, second] = await broker.drive(Promise.all([open(), open()]));
  expect(first).toBe(second);
});

test("a removed log is gone at once, takes nothing of a new one with it, and its files go after file.delete.delay.ms", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log({ "file.delete.delay.ms": minuteMs });
  const diary = new Diary();
  log.observe(diary);
  append(log, "old", "older");
  await broker.world.settle();
  append(log, "in flight");
  await broker.drive(broker.directory.removeLog(topicId, 0));
  expect(broker.directory.log(topicId, 0)).toBe(undefined);
  expect(() => append(log, "late")).toThrow("KAFKA_STORAGE_ERROR");
  const anew = await broker.log();
  append(anew, "new");
  await broker.world.settle();
  expect([anew.lostRecords, await broker.records(anew)]).toEqual([false, ["0 new"]]);
  const names = () => broker.drive(broker.runtime.disk.list("/data/logs"));
  expect((await names()).length).toBe(2);
  await broker.pass(2 * minuteMs);
  expect(await names()).toEqual([`${topicId}-0`]);
  await broker.drive(broker.directory.removeLog(topicId, 5));
  expect(broker.failures).toEqual([]);
});

test("a sync that waits for its turn while its log is removed looks for no file of it, and the directory goes on", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  broker.world.change("broker", { disk: { syncUs: [50_000, 50_000] } });
  append(log, "a");
  await broker.pass(10);
  const syncs = [log.sync()];
  append(log, "b");
  await broker.pass(10);
  const removing = broker.directory.removeLog(topicId, 0);
  await broker.pass(1);
  syncs.push(log.sync());
  await broker.drive(Promise.all([removing, ...syncs]));
  await broker.pass(60_000);
  expect(broker.failures).toEqual([]);
});

test("a partition that is removed and comes back at once is another log, whatever was under way", async () => {
  const broker = await TestBroker.open();
  const settings = topicSettings();
  const log = await broker.log();
  append(log, "a", "b");
  await broker.world.settle();
  log.highWatermarkIs(log.logEnd);
  const removing = broker.directory.removeLog(topicId, 0);
  const [anew] = await broker.drive(Promise.all([broker.directory.openLog(topicId, 0, () => settings), removing]));
  append(anew, "c");
  await broker.pass(31_000);
  await broker.crash();
  const again = await broker.log();
  expect([await broker.records(again), again.highWatermarkHint, again.lostRecords]).toEqual([["0 c"], 0, false]);
});

test("a log that was being removed when the process died is removed at the next start", async () => {
  const broker = await TestBroker.open();
  append(await broker.log(), "a");
  await broker.world.settle();
  await broker.drive(broker.directory.removeLog(topicId, 0));
  await broker.crash();
  await broker.pass(1000);
  expect([broker.directory.found, await broker.drive(broker.runtime.disk.list("/data/logs"))]).toEqual([[], []]);
});

test("high watermarks are remembered, at least as they were five seconds ago", async () => {
  const broker = await TestBroker.open();
  const log = await broker.log();
  append(log, "a", "b", "c");
  await broker.world.settle();
  log.highWatermarkIs(log.logEnd);
  await broker.pass(6_000);
  await broker.crash();
  expect((await broker.log()).highWatermarkHint).toBe(3);
});

test("closing twice is closing once", async () => {
  const broker = await TestBroker.open();
  await broker.drive(Promise.all([broker.directory.close(), broker.directory.close()]));
});
