import { expect, test } from "vitest";
import { elapse } from "../src/conformance/index.ts";
import { simulatedWorld } from "../src/simulated/index.ts";

test("time passes only while the world is driven, and then as far as it is told", async () => {
  const world = simulatedWorld(1);
  const { clock } = world.process("a");
  const came: number[] = [];
  for (const delayMs of [10, 20, 30]) clock.timer(delayMs, () => came.push(clock.monotonicMs()));
  expect(clock.monotonicMs()).toBe(0);
  await world.run(20);
  expect(came).toEqual([10, 20]);
  expect(world.nowMs).toBe(20);
  await world.run(25);
  expect(world.nowMs).toBe(25);
});

test("a day passes in a moment", async () => {
  const world = simulatedWorld(1);
  const { clock } = world.process("a");
  const from = clock.wallMs();
  await world.drive(elapse(clock, 86_400_000));
  expect(clock.wallMs() - from).toBe(86_400_000);
});

test("everything that an event set in motion comes to rest before the next event, however long its chain of promises", async () => {
  const world = simulatedWorld(1);
  const { clock } = world.process("a");
  const came: string[] = [];
  const chain = async (name: string) => {
    for (let link = 0; link < 5000; link++) await Promise.resolve();
    process.nextTick(() => came.push(`${name} at rest`));
  };
  for (const name of ["a", "b", "c"]) {
    clock.timer(1, () => {
      came.push(name);
      void chain(name);
    });
  }
  await world.run(1);
  expect(came).toEqual(["a", "a at rest", "b", "b at rest", "c", "c at rest"]);
});

test("step lets one event happen, and says whether one was to come", async () => {
  const world = simulatedWorld(1);
  const { clock } = world.process("a");
  const came: string[] = [];
  clock.timer(5, () => came.push("a"));
  clock.timer(5, () => came.push("b"));
  expect(await world.step()).toBe(true);
  expect(came).toEqual(["a"]);
  expect(await world.step()).toBe(true);
  expect(await world.step()).toBe(false);
  expect(came).toEqual(["a", "b"]);
});

test("settle goes on until only timers are to come", async () => {
  const world = simulatedWorld(1);
  const { clock, disk } = world.process("a");
  let ticks = 0;
  const tick = () => {
    ticks++;
    clock.timer(1000, tick);
  };
  tick();
  let isMade = false;
  void disk.makeDirectory("/data").then(() => (isMade = true));
  await world.settle();
  expect(isMade).toBe(true);
  expect(ticks).toBe(1);
});

test("driving a promise that nothing can settle fails, and says with which seed", async () => {
  const world = simulatedWorld(4711);
  await expect(world.drive(new Promise(() => {}))).rejects.toThrow("seed 4711");
});

test("what an event throws ends the drive with it", async () => {
  const world = simulatedWorld(1);
  world.process("a").clock.timer(1, () => {
    throw new RangeError("a bug");
  });
  await expect(world.run(10)).rejects.toThrow("a bug");
});

test("a wall clock is off by what chance gave it, and jumps; the monotonic clock does not", async () => {
  const world = simulatedWorld(1, { machine: { clock: { skewMs: [-500, 500] } } });
  const [a, b] = [world.process("a").clock, world.process("b").clock];
  expect(a.wallMs()).not.toBe(b.wallMs());
  const before = { wallMs: a.wallMs(), monotonicMs: a.monotonicMs() };
  world.jumpWallClock("a", -60_000);
  expect(a.wallMs() - before.wallMs).toBe(-60_000);
  expect(a.monotonicMs()).toBe(before.monotonicMs);
});

test("cancelling most of many timers leaves the others in their order", async () => {
  const world = simulatedWorld(1);
  const { clock } = world.process("a");
  const came: number[] = [];
  const timers = Array.from({ length: 5000 }, (_, index) => clock.timer(5000 - index, () => came.push(5000 - index)));
  for (const [index, timer] of timers.entries()) if (index % 50 !== 0) timer.cancel();
  await world.run(5000);
  expect(came).toEqual(Array.from({ length: 100 }, (_, index) => (index + 1) * 50));
});
