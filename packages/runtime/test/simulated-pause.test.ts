import { expect, test } from "vitest";
import type { Socket } from "../src/index.ts";
import { simulatedWorld, type SimulatedWorld } from "../src/simulated/index.ts";

/** A process `b` that notes what it hears at port 1. */
async function listener(world: SimulatedWorld): Promise<string[]> {
  const heard: string[] = [];
  const accept = (socket: Socket) =>
    socket.receive({
      data: (chunk) => heard.push(chunk.toString()),
      ended: () => heard.push("ended"),
      drained: () => {},
      closed: () => heard.push("closed"),
    });
  await world.drive(world.process("b").sockets.listen({ host: "b", port: 1 }, accept));
  return heard;
}

async function dial(world: SimulatedWorld): Promise<Socket> {
  const socket = await world.drive(world.process("a").sockets.connect({ host: "b", port: 1 }, { timeoutMs: 1_000 }));
  socket.receive({ data: () => {}, ended: () => {}, drained: () => {}, closed: () => {} });
  return socket;
}

test("what comes for a paused process waits, connections too, and comes in its order when it goes on", async () => {
  const world = simulatedWorld(1, { network: { splitPpm: 0 } });
  const heard = await listener(world);
  world.pause("b");
  const socket = await dial(world);
  for (const text of ["1", "2", "3"]) {
    socket.write([Buffer.from(text)]);
    await world.run(world.nowMs + 10);
  }
  expect(heard).toEqual([]);
  world.resume("b");
  socket.write([Buffer.from("4")]);
  await world.run(world.nowMs + 10);
  expect(heard).toEqual(["1", "2", "3", "4"]);
});

test("a paused process' timers come late, and one that it cancels when it goes on never comes", async () => {
  const world = simulatedWorld(1);
  const { clock } = world.process("a");
  const came: string[] = [];
  clock.timer(10, () => {
    came.push(`first at ${clock.monotonicMs()}`);
    second.cancel();
  });
  const second = clock.timer(20, () => came.push("second"));
  world.pause("a");
  await world.run(100);
  world.resume("a");
  await world.run(200);
  expect(came).toEqual(["first at 100"]);
});

test("a process that crashes while it is paused hears nothing of what waited, and its next life is not paused", async () => {
  const world = simulatedWorld(1);
  const came: string[] = [];
  world.process("a").clock.timer(10, () => came.push("old life"));
  world.pause("a");
  await world.run(50);
  world.crash("a");
  world.restart("a").clock.timer(10, () => came.push("new life"));
  world.resume("a");
  await world.run(100);
  expect(came).toEqual(["new life"]);
});

test("what is lost on a link arrives when it was sent again, and those behind it in the same connection wait for it", async () => {
  const world = simulatedWorld(3, { network: { splitPpm: 0, lostPpm: 500_000, resendUs: [300_000, 300_000] } });
  const heard = await listener(world);
  const socket = await dial(world);
  const texts = Array.from({ length: 20 }, (_, index) => String(index));
  for (const text of texts) socket.write([Buffer.from(text)]);
  const fromMs = world.nowMs;
  await world.run(fromMs + 2_000);
  expect(heard).toEqual(texts);
});

test("whoever watches is called before each event, and what it throws ends the drive", async () => {
  let seen = 0;
  const world = simulatedWorld(
    1,
    {},
    {
      atRest: () => {
        if (++seen === 3) throw new Error("the third");
      },
    },
  );
  const { clock } = world.process("a");
  for (let timer = 0; timer < 5; timer++) clock.timer(timer, () => {});
  await expect(world.run(10)).rejects.toThrow("the third");
  expect(world.events).toBe(2);
});
