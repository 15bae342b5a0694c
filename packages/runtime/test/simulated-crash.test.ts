import { describe, expect, test } from "vitest";
import type { DiskFile } from "../src/index.ts";
import { type CrashCause, simulatedWorld, type SimulatedWorld } from "../src/simulated/index.ts";
import { seeds } from "./worlds.ts";

const causes: readonly CrashCause[] = ["killed", "power cut"];

/** A synced file of `sizeBytes` times "o" at /data/log of the process. */
async function syncedFile(world: SimulatedWorld, name: string, sizeBytes: number): Promise<DiskFile> {
  const { disk } = world.process(name);
  return world.drive(
    (async () => {
      await disk.makeDirectory("/data");
      const file = await disk.open("/data/log", "create");
      await file.write([Buffer.alloc(sizeBytes, "o")], 0);
      await file.sync();
      await disk.syncDirectory("/");
      await disk.syncDirectory("/data");
      return file;
    })(),
  );
}

/** What is in the file after a restart. */
function contentAfterRestart(world: SimulatedWorld, name: string): Promise<Buffer> {
  const { disk } = world.restart(name);
  return world.drive(
    (async () => {
      const file = await disk.open("/data/log", "read");
      const content = Buffer.alloc(await file.size());
      await file.read(content, 0);
      return content;
    })(),
  );
}

describe.each(causes)("a crash by %s", (cause) => {
  test("settles nothing that was promised before or is asked for after", async () => {
    const world = simulatedWorld(1);
    const { clock, disk, kv, sockets, peers, work, logger } = world.process("a");
    const store = await world.drive(kv.open("/kv", { bytesMax: 1 << 20 }));
    const file = await world.drive(disk.open("/file", "create"));
    await world.drive(file.close());
    const settled: string[] = [];
    const watch = (name: string, promise: Promise<unknown>) => void promise.finally(() => settled.push(name)).catch(() => {});
    const ask = () => {
      clock.timer(1, () => settled.push("timer"));
      clock.afterTurn(() => settled.push("turn"));
      watch("makeDirectory", disk.makeDirectory("/data"));
      watch("closed file", file.sync());
      watch("commit", store.commit([{ key: Buffer.from("k"), value: Buffer.from("v") }]));
      watch("connect", sockets.connect({ host: "b", port: 1 }, { timeoutMs: 10 }));
      watch(
        "listen",
        sockets.listen({ host: "a", port: 0 }, () => {}),
      );
      watch("call", peers.channel({ host: "b", port: 1 }).call("/x", [], { timeoutMs: 10 }));
      watch("serve", peers.serve({ host: "a", port: 0 }, []));
      watch("task", work.run("none", []));
      logger.info("never written");
    };
    ask();
    world.crash("a", cause);
    ask();
    await world.run(60_000);
    expect(settled).toEqual([]);
  });

  test("keeps what was synced, names and bytes", async () => {
    for (const seed of seeds) {
      const world = simulatedWorld(seed);
      await syncedFile(world, "a", 5000);
      world.crash("a", cause);
      expect((await contentAfterRestart(world, "a")).equals(Buffer.alloc(5000, "o"))).toBe(true);
    }
  });
});

test("killed, a process loses nothing that it had written", async () => {
  const world = simulatedWorld(1);
  const file = await syncedFile(world, "a", 5000);
  await world.drive(file.write([Buffer.alloc(3000, "n")], 4000));
  world.crash("a", "killed");
  expect((await contentAfterRestart(world, "a")).toString()).toBe("o".repeat(4000) + "n".repeat(3000));
});

test("a power cut leaves each 512-byte sector that was not synced as it was or as it became, and some of each", async () => {
  const outcomes = new Set<string>();
  for (let seed = 0; seed < 40; seed++) {
    const world = simulatedWorld(seed);
    const file = await syncedFile(world, "a", 4096);
    await world.drive(file.write([Buffer.alloc(4096, "n")], 0));
    world.crash("a", "power cut");
    const content = await contentAfterRestart(world, "a");
    for (let at = 0; at < 4096; at += 512) expect(["o".repeat(512), "n".repeat(512)]).toContain(content.toString("latin1", at, at + 512));
    outcomes.add([0, 512, 1024, 1536, 2048, 2560, 3072, 3584].map((at) => String.fromCharCode(content[at]!)).join(""));
  }
  expect(outcomes.size).toBeGreaterThan(20);
});

test("a power cut may take a file's growth, whole or in part, and leaves zeros where sectors are missing", async () => {
  const sizes = new Set<number>();
  for (let seed = 0; seed < 40; seed++) {
    const world = simulatedWorld(seed);
    const file = await syncedFile(world, "a", 1000);
    await world.drive(file.write([Buffer.alloc(5000, "n")], 1000));
    world.crash("a", "power cut");
    const content = await contentAfterRestart(world, "a");
    sizes.add(content.length);
    expect(content.subarray(0, 1000).toString()).toBe("o".repeat(1000));
    expect(content.subarray(1000).toString("latin1")).toMatch(/^[n\0]*$/);
  }
  expect(Math.min(...sizes)).toBe(1000);
  expect(Math.max(...sizes)).toBe(6000);
  expect(sizes.size).toBeGreaterThan(3);
});

test("a power cut may bring back what was truncated", async () => {
  const contents = new Set<string>();
  for (let seed = 0; seed < 30; seed++) {
    const world = simulatedWorld(seed);
    const file = await syncedFile(world, "a", 512);
    await world.drive(file.truncate(0));
    world.crash("a", "power cut");
    contents.add((await contentAfterRestart(world, "a")).toString("latin1"));
  }
  expect(contents).toContain("");
  expect(contents).toContain("o".repeat(512));
});

test("a write that a crash cuts short is there whole, in part from its start, or not at all", async () => {
  const lengths = new Set<number>();
  for (let seed = 0; seed < 60; seed++) {
    const world = simulatedWorld(seed);
    const file = await syncedFile(world, "a", 3000);
    void file.write([Buffer.alloc(1000, "n"), Buffer.alloc(2000, "n")], 0);
    world.crash("a", "killed");
    const [, written] = /^(n*)o*$/.exec((await contentAfterRestart(world, "a")).toString())!;
    lengths.add(written!.length);
  }
  expect(lengths).toContain(0);
  expect(lengths).toContain(3000);
  expect(lengths.size).toBeGreaterThan(10);
});

test("a sync covers the writes that had ended when it was called, and no others", async () => {
  let lost = 0;
  for (let seed = 0; seed < 30; seed++) {
    const world = simulatedWorld(seed, { machine: { disk: { syncUs: [5000, 5000], operationUs: [10, 10] } } });
    const file = await syncedFile(world, "a", 1024);
    const synced = (async () => {
      await file.write([Buffer.alloc(512, "1")], 0);
      const sync = file.sync();
      await file.write([Buffer.alloc(512, "2")], 512);
      await sync;
    })();
    await world.drive(synced);
    world.crash("a", "power cut");
    const content = (await contentAfterRestart(world, "a")).toString();
    expect(content.slice(0, 512)).toBe("1".repeat(512));
    if (content.slice(512) === "o".repeat(512)) lost++;
  }
  expect(lost).toBeGreaterThan(5);
});

test("after a sync that failed no later sync brings its writes to the platter", async () => {
  let lost = 0;
  for (let seed = 0; seed < 30; seed++) {
    const world = simulatedWorld(seed);
    const file = await syncedFile(world, "a", 512);
    await world.drive(file.write([Buffer.alloc(512, "n")], 0));
    world.failNext("a", "sync");
    await expect(world.drive(file.sync())).rejects.toMatchObject({ code: "DISK_FAILED" });
    await world.drive(file.sync());
    world.crash("a", "power cut");
    if ((await contentAfterRestart(world, "a")).toString().startsWith("o")) lost++;
  }
  expect(lost).toBeGreaterThan(5);
});

test("a power cut may take back a creation, a rename or a removal until their directory is synced", async () => {
  const left = new Set<string>();
  for (let seed = 0; seed < 60; seed++) {
    const world = simulatedWorld(seed);
    await syncedFile(world, "a", 10);
    const { disk } = world.process("a");
    await world.drive(
      (async () => {
        await disk.open("/data/new", "create");
        await disk.rename("/data/log", "/data/moved");
        await disk.remove("/data/moved");
      })(),
    );
    world.crash("a", "power cut");
    left.add((await world.drive(world.restart("a").disk.list("/data"))).join(" "));
  }
  expect([...left].sort()).toEqual(["log", "log new", "moved new", "new"]);
});

test("a commit that a crash cuts short is there as a whole or not at all, and those that resolved are all there", async () => {
  const counts = new Set<number>();
  for (let seed = 0; seed < 60; seed++) {
    const world = simulatedWorld(seed);
    const store = await world.drive(world.process("a").kv.open("/kv", { bytesMax: 1 << 20 }));
    const both = (value: string) => ["x", "y"].map((name) => ({ key: Buffer.from(name), value: Buffer.from(value) }));
    await world.drive(store.commit(both("1")));
    void store.commit(both("2"));
    await world.run(world.nowMs + (seed % 3));
    world.crash("a", seed % 2 === 0 ? "killed" : "power cut");
    const again = await world.drive(world.restart("a").kv.open("/kv", { bytesMax: 1 << 20 }));
    const [x, y] = ["x", "y"].map((name) => again.get(Buffer.from(name))?.toString());
    expect(x).toBe(y);
    counts.add(Number(x));
  }
  expect([...counts].sort()).toEqual([1, 2]);
});

test("a machine's boot id changes with a power cut, not with a killed process; a claim is void after either", async () => {
  const world = simulatedWorld(1);
  await syncedFile(world, "a", 1);
  const { bootId } = world.process("a").host;
  for (const cause of causes) {
    await world.drive(world.process("a").disk.claim("/data"));
    world.crash("a", cause);
    const runtime = world.restart("a");
    expect(runtime.host.bootId === bootId).toBe(cause === "killed");
    const claim = await world.drive(runtime.disk.claim("/data"));
    await world.drive(claim.release());
  }
});
