import { expect, test } from "vitest";
import type { Runtime } from "../src/index.ts";
import { simulatedWorld, type SimulatedWorld } from "../src/simulated/index.ts";

async function writeFile(world: SimulatedWorld, { disk }: Runtime, path: string, text: string): Promise<void> {
  const file = await world.drive(disk.open(path, "create"));
  await world.drive(file.write([Buffer.from(text)], 0));
  await world.drive(Promise.all([file.sync(), disk.syncDirectory("/")]));
}

test("a disk in the experimenter's hands shows its files and is spoilt, and no event happens", async () => {
  const world = simulatedWorld(1);
  await writeFile(world, world.process("a"), "/file", "abc");
  const { events } = world;
  const platter = world.platter("a");
  expect(platter.files()).toEqual(["/file"]);
  platter.flipBit("/file", 1, 0);
  expect(platter.bytes("/file")!.toString()).toBe("acc");
  platter.shorten("/file", 2);
  expect(platter.bytes("/file")!.toString()).toBe("ac");
  expect(platter.bytes("/other")).toBeUndefined();
  expect(world.events).toBe(events);
});

test("rot stays through a power cut, whichever state of its sector that brings back", async () => {
  const world = simulatedWorld(1, { machine: { disk: { sectorSurvivesPpm: 0 } } });
  const runtime = world.process("a");
  await writeFile(world, runtime, "/file", "abc");
  const file = await world.drive(runtime.disk.open("/file", "write"));
  await world.drive(file.write([Buffer.from("xyz")], 0));
  world.platter("a").flipBit("/file", 0, 1);
  world.crash("a", "power cut");
  expect(world.platter("a").bytes("/file")!.toString()).toBe("cbc");
});

test("a backup that is put back is what there was, stores included, however often", async () => {
  const world = simulatedWorld(1);
  const runtime = world.process("a");
  await writeFile(world, runtime, "/file", "abc");
  const store = await world.drive(runtime.kv.open("/kv", { bytesMax: 1 << 20 }));
  await world.drive(store.commit([{ key: Buffer.from("k"), value: Buffer.from("1") }]));
  const backup = world.platter("a").copy();
  for (let time = 0; time < 2; time++) {
    world.crash("a");
    world.platter("a").restore(backup);
    const restored = world.restart("a");
    const again = await world.drive(restored.kv.open("/kv", { bytesMax: 1 << 20 }));
    expect(again.get(Buffer.from("k"))!.toString()).toBe("1");
    expect(world.platter("a").bytes("/file")!.toString()).toBe("abc");
    await world.drive(again.commit([{ key: Buffer.from("k"), value: Buffer.from("2") }]));
    await world.drive(restored.disk.remove("/file"));
  }
});

test("a wiped disk holds nothing", async () => {
  const world = simulatedWorld(1);
  await writeFile(world, world.process("a"), "/file", "abc");
  world.crash("a");
  world.platter("a").wipe();
  expect(await world.drive(world.restart("a").disk.list("/"))).toEqual([]);
});

test("rot in a store is found when the value is read", async () => {
  const world = simulatedWorld(1);
  const store = await world.drive(world.process("a").kv.open("/kv", { bytesMax: 1 << 20 }));
  expect(world.platter("a").rotStore("/kv", 0, 3)).toBe(false);
  await world.drive(store.commit([{ key: Buffer.from("k"), value: Buffer.from("1") }]));
  expect(world.platter("a").rotStore("/kv", 7, 3)).toBe(true);
  expect(() => store.get(Buffer.from("k"))).toThrowError("DATA_DAMAGED");
});

test("a misdirected write succeeds, and its bytes are elsewhere in the file", async () => {
  const world = simulatedWorld(1);
  const { disk } = world.process("a");
  const file = await world.drive(disk.open("/file", "create"));
  await world.drive(file.write([Buffer.alloc(4096)], 0));
  world.change("a", { disk: { misdirectedPpm: 1_000_000 } });
  await world.drive(file.write([Buffer.from("astray")], 4096));
  expect(world.platter("a").bytes("/file")!.indexOf("astray")).toBeLessThan(4096);
  expect(world.platter("a").takeMisdirected()).toEqual(["/file"]);
  expect(world.platter("a").takeMisdirected()).toEqual([]);
});

test("whoever follows a store is told everything first, then what has changed, and everything again where it is another one", async () => {
  const world = simulatedWorld(1);
  const kv = await world.drive(world.process("a").kv.open("/kv", { bytesMax: 1 << 20 }));
  const [x, y] = [Buffer.from("x"), Buffer.from("y")];
  await world.drive(kv.commit([{ key: x, value: Buffer.from("1") }]));
  const platter = world.platter("a");
  const take = () => {
    const { isFirst, changes } = platter.takeStoreChanges("/kv")!;
    return [isFirst, changes.map(({ key, value }) => `${key.toString()}=${value?.toString() ?? ""}`).join()];
  };
  expect(take()).toEqual([true, "x=1"]);
  expect(take()).toEqual([false, ""]);
  await world.drive(
    kv.commit([
      { key: y, value: Buffer.from("2") },
      { key: x, value: undefined },
    ]),
  );
  expect(take()).toEqual([false, "y=2,x="]);
  const backup = platter.copy();
  world.crash("a");
  platter.restore(backup);
  expect(take()).toEqual([true, "y=2"]);
  expect(platter.takeStoreChanges("/other")).toBeUndefined();
});
