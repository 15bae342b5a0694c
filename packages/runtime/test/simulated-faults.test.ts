import { expect, test } from "vitest";
import { StreamLog } from "./stream-log.ts";
import { elapse } from "../src/conformance/index.ts";
import type { PeerStream } from "../src/index.ts";
import { simulatedWorld } from "../src/simulated/index.ts";

const path = "/millrace.test/Echo";

test("operations that are told to fail do so once each, with their errno, and the next ones succeed", async () => {
  const world = simulatedWorld(1);
  const { disk } = world.process("a");
  const file = await world.drive(disk.open("/file", "create"));
  for (const [operation, operate] of [
    ["write", () => file.write([Buffer.from("abc")], 0)],
    ["sync", () => file.sync()],
    ["read", () => file.read(Buffer.alloc(3), 0)],
    ["truncate", () => file.truncate(1)],
    ["open", () => disk.open("/file", "read")],
    ["list", () => disk.list("/")],
    ["rename", () => disk.rename("/file", "/other")],
    ["syncDirectory", () => disk.syncDirectory("/")],
  ] as const) {
    world.failNext("a", operation);
    await expect(world.drive<unknown>(operate())).rejects.toMatchObject({ code: "DISK_FAILED", facts: { operation, errno: "EIO" } });
    await world.drive<unknown>(operate());
  }
  world.failNext("a", "write", "EDQUOT");
  await expect(world.drive(file.write([Buffer.from("x")], 0))).rejects.toMatchObject({ code: "DISK_FULL" });
});

test("a disk without room takes what fits, is DISK_FULL, and takes more once there is room", async () => {
  const world = simulatedWorld(1, { machine: { disk: { capacityBytes: 1000 } } });
  const { disk } = world.process("a");
  const [a, b] = [await world.drive(disk.open("/a", "create")), await world.drive(disk.open("/b", "create"))];
  await world.drive(a.write([Buffer.alloc(600)], 0));
  expect(await world.drive(disk.freeBytes("/"))).toBe(400);
  await expect(world.drive(b.write([Buffer.alloc(600)], 0))).rejects.toMatchObject({ code: "DISK_FULL", facts: { errno: "ENOSPC" } });
  await world.drive(a.write([Buffer.alloc(600, 1)], 0));
  await world.drive(disk.remove("/a"));
  await world.drive(b.write([Buffer.alloc(600)], 0));
  world.change("a", { disk: { capacityBytes: 100_000 } });
  await world.drive(b.write([Buffer.alloc(50_000)], 0));
});

test("faults by chance come about as often as they were told to", async () => {
  const world = simulatedWorld(1, { machine: { disk: { failedPpm: { write: 200_000 } } } });
  const file = await world.drive(world.process("a").disk.open("/a", "create"));
  let failed = 0;
  for (let write = 0; write < 500; write++) await world.drive(file.write([Buffer.from("x")], 0).catch(() => failed++));
  expect(failed).toBeGreaterThan(60);
  expect(failed).toBeLessThan(140);
});

test("a store whose commit failed is of no more use, but its next life finds what was committed before", async () => {
  const world = simulatedWorld(1);
  const store = await world.drive(world.process("a").kv.open("/kv", { bytesMax: 1 << 20 }));
  await world.drive(store.commit([{ key: Buffer.from("a"), value: Buffer.from("1") }]));
  world.change("a", { kv: { commitFailedPpm: 1_000_000, cutCommitLandsPpm: 0 } });
  await expect(world.drive(store.commit([{ key: Buffer.from("a"), value: Buffer.from("2") }]))).rejects.toMatchObject({
    code: "DISK_FAILED",
  });
  world.change("a", { kv: { commitFailedPpm: 0 } });
  await expect(world.drive(store.commit([]))).rejects.toMatchObject({ code: "DISK_FAILED" });
  expect(() => store.get(Buffer.from("a"))).toThrow("DISK_FAILED");
  world.crash("a");
  const again = await world.drive(world.restart("a").kv.open("/kv", { bytesMax: 1 << 20 }));
  expect(again.get(Buffer.from("a"))?.toString()).toBe("1");
});

test("a delay is what a message takes each way", async () => {
  const world = simulatedWorld(1);
  const [a, b] = [world.process("a"), world.process("b")];
  await world.drive(b.peers.serve({ host: "b", port: 1000 }, [{ kind: "unary", path, handle: async (request) => [request] }]));
  const channel = a.peers.channel({ host: "b", port: 1000 });
  await world.drive(channel.call(path, [], { timeoutMs: 1000 }));
  world.delay("a", "b", [20_000, 20_000]);
  world.delay("b", "a", [5000, 5000]);
  const from = world.nowMs;
  await world.drive(channel.call(path, [], { timeoutMs: 1000 }));
  expect(world.nowMs - from).toBe(25);
});

test("what was sent into a partition arrives in order when it heals, if nobody gave up before", async () => {
  const world = simulatedWorld(1, { network: { keepAliveMs: 10_000 } });
  const [a, b] = [world.process("a"), world.process("b")];
  const arrived: string[] = [];
  const handle = (stream: PeerStream) => stream.receive(new StreamLog((event) => arrived.push(event)));
  await world.drive(b.peers.serve({ host: "b", port: 1000 }, [{ kind: "stream", path, handle }]));
  const stream = a.peers.channel({ host: "b", port: 1000 }).stream(path);
  const near: string[] = [];
  stream.receive(new StreamLog((event) => near.push(event)));
  stream.send([Buffer.from("1")]);
  await world.settle();
  world.partition(["a"], ["b"]);
  for (const text of ["2", "3", "4"]) stream.send([Buffer.from(text)]);
  await world.run(world.nowMs + 5000);
  expect(arrived).toEqual(["1"]);
  world.reunite(["a"], ["b"]);
  await world.settle();
  expect(arrived).toEqual(["1", "2", "3", "4"]);
  world.cut("a", "b");
  await world.run(world.nowMs + 11_000);
  expect(near).toEqual(["closed CONNECTION_FAILED"]);
  expect(arrived.at(-1)).toBe("closed CONNECTION_FAILED");
});

test("a cut that healed in time breaks nothing, even when another one follows", async () => {
  const world = simulatedWorld(1, { network: { keepAliveMs: 10_000 } });
  const [a, b] = [world.process("a"), world.process("b")];
  await world.drive(
    b.peers.serve({ host: "b", port: 1000 }, [{ kind: "stream", path, handle: (stream) => stream.receive(new StreamLog(() => {})) }]),
  );
  const events: string[] = [];
  const stream = a.peers.channel({ host: "b", port: 1000 }).stream(path);
  stream.receive(new StreamLog((event) => events.push(event)));
  await world.settle();
  for (let cut = 0; cut < 3; cut++) {
    world.cut("a", "b");
    await world.run(world.nowMs + 6000);
    world.heal("a", "b");
  }
  await world.run(world.nowMs + 60_000);
  expect(events).toEqual([]);
});

test("behind a cut a connection is not refused: its time-out decides", async () => {
  const world = simulatedWorld(1);
  const [a, b] = [world.process("a"), world.process("b")];
  await world.drive(b.sockets.listen({ host: "b", port: 1000 }, () => {}));
  world.cut("a", "b");
  const from = world.nowMs;
  await expect(world.drive(a.sockets.connect({ host: "b", port: 1000 }, { timeoutMs: 700 }))).rejects.toMatchObject({
    code: "CONNECTION_FAILED",
    facts: { timeoutMs: 700 },
  });
  expect(world.nowMs - from).toBe(700);
});

test("peers of a killed process hear at once that its connections broke; of one without power only when it is back", async () => {
  for (const cause of ["killed", "power cut"] as const) {
    const world = simulatedWorld(1);
    const [a, b] = [world.process("a"), world.process("b")];
    await world.drive(b.sockets.listen({ host: "b", port: 1000 }, (socket) => socket.receive(new StreamLog(() => {}))));
    const events: string[] = [];
    const socket = await world.drive(a.sockets.connect({ host: "b", port: 1000 }, { timeoutMs: 1000 }));
    socket.receive(new StreamLog((event) => events.push(event)));
    world.crash("b", cause);
    if (cause === "power cut") socket.write([Buffer.from("x")]);
    await world.run(world.nowMs + 3_600_000);
    expect(events).toEqual(cause === "killed" ? ["closed CONNECTION_FAILED"] : []);
    world.restart("b");
    await world.run(world.nowMs + 1000);
    expect(events).toEqual(["closed CONNECTION_FAILED"]);
  }
});

test("the address of a process that crashed is free for its next life", async () => {
  const world = simulatedWorld(1);
  await world.drive(world.process("a").peers.serve({ host: "a", port: 1000 }, []));
  world.crash("a");
  await world.drive(world.restart("a").peers.serve({ host: "a", port: 1000 }, []));
});

test("logged lines are data, with the time, the process and the fields of their logger", async () => {
  const lines: unknown[] = [];
  const world = simulatedWorld(1, {}, { log: (line) => lines.push(line) });
  const { clock, logger } = world.process("a");
  await world.drive(elapse(clock, 12));
  logger.with({ partition: "orders-3" }).info("isr shrunk", { to: [1, 2] });
  expect(lines).toEqual([{ atMs: 12, process: "a", level: "info", phrase: "isr shrunk", fields: { partition: "orders-3", to: [1, 2] } }]);
});

test("a store is a directory of its machine's disk: removed, it is empty when it is opened again", async () => {
  const world = simulatedWorld(1);
  const { disk, kv } = world.process("a");
  const store = await world.drive(kv.open("/data/state", { bytesMax: 1 << 20 }));
  await world.drive(store.commit([{ key: Buffer.from("a"), value: Buffer.from("1") }]));
  await world.drive(store.close());
  expect(await world.drive(disk.list("/data"))).toEqual(["state"]);
  await world.drive(disk.remove("/data"));
  const again = await world.drive(kv.open("/data/state", { bytesMax: 1 << 20 }));
  expect(again.get(Buffer.from("a"))).toBeUndefined();
});

test("a byte stream is cut into pieces at any byte, as often as told to", async () => {
  for (const [splitPpm, piecesMin, piecesMax] of [
    [0, 1, 1],
    [1_000_000, 4, 1000],
  ] as const) {
    const world = simulatedWorld(1, { network: { splitPpm } });
    const [a, b] = [world.process("a"), world.process("b")];
    const pieces: string[] = [];
    await world.drive(
      b.sockets.listen({ host: "b", port: 1000 }, (socket) => socket.receive(new StreamLog((event) => pieces.push(event)))),
    );
    const socket = await world.drive(a.sockets.connect({ host: "b", port: 1000 }, { timeoutMs: 1000 }));
    socket.receive(new StreamLog(() => {}));
    socket.write([Buffer.alloc(1000, "x")]);
    await world.settle();
    expect(pieces.join("")).toBe("x".repeat(1000));
    expect(pieces.length).toBeGreaterThanOrEqual(piecesMin);
    expect(pieces.length).toBeLessThanOrEqual(piecesMax);
  }
});
