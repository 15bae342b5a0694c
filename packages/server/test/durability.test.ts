import { expect, test } from "vitest";
import type { CrashCause } from "@millrace/runtime/simulated";
import { SimulatedBroker } from "./support/simulated-broker.ts";
import type { Acks, SimulatedClient } from "./support/simulated-client.ts";

/** What was acknowledged, by offset, by the time the broker crashes in the middle of further writes. */
async function acknowledgedBeforeCrash(broker: SimulatedBroker, { acks, cause }: { acks: Acks; cause: CrashCause }) {
  const client = await broker.connect();
  const acknowledged = new Map<number, string>();
  let next = 0;
  const write = async () => {
    for (;;) {
      const value = `value-${next++}`;
      const { code, offset } = await client.produce("orders", value, acks);
      if (code === "NONE") acknowledged.set(offset, value);
    }
  };
  for (let writers = 0; writers < 4; writers++) write().catch(() => {});
  await broker.world.run(broker.world.nowMs + 150);
  await broker.crash(cause);
  return acknowledged;
}

async function lostOf(client: SimulatedClient, acknowledged: ReadonlyMap<number, string>): Promise<string[]> {
  const stored = await client.readAll("orders");
  return [...acknowledged].filter(([offset, value]) => stored.get(offset) !== value).map(([, value]) => value);
}

async function startWith(seed: number, durability: string): Promise<SimulatedBroker> {
  const broker = await SimulatedBroker.start({ seed });
  await (await broker.connect()).createTopic("orders", { "millrace.durability": durability });
  return broker;
}

const seeds = Array.from({ length: 5 }, (_, index) => index + 1);

test.each([
  ["acks=1 survives a crash of the process", 1, "replicated", "killed"],
  ["acks=all, replicated, survives a crash of the process", -1, "replicated", "killed"],
  ["acks=all, synced, survives a crash of the process", -1, "synced", "killed"],
  ["acks=all, synced, survives a power cut", -1, "synced", "power cut"],
] as const)("%s", async (_, acks, durability, cause) => {
  for (const seed of seeds) {
    const broker = await startWith(seed, durability);
    const acknowledged = await acknowledgedBeforeCrash(broker, { acks, cause });
    expect(acknowledged.size).toBeGreaterThan(10);
    expect(await lostOf(await broker.connect(), acknowledged), `seed ${seed}`).toEqual([]);
  }
});

test("what a power cut takes of a topic that is not synced shows that the power cuts of these tests are real", async () => {
  let lost = 0;
  for (const seed of seeds) {
    const broker = await startWith(seed, "replicated");
    const acknowledged = await acknowledgedBeforeCrash(broker, { acks: -1, cause: "power cut" });
    lost += (await lostOf(await broker.connect(), acknowledged)).length;
  }
  expect(lost).toBeGreaterThan(0);
});

test("acks=0 is not answered", async () => {
  const broker = await startWith(1, "replicated");
  const client = await broker.connect();
  let isAnswered = false;
  client.produce("orders", "unheard", 0).then(
    () => (isAnswered = true),
    () => {},
  );
  await broker.world.run(broker.world.nowMs + 1_000);
  expect(isAnswered).toBe(false);
  expect([...(await (await broker.connect()).readAll("orders")).values()]).toEqual(["unheard"]);
});

test("metadata survives a power cut as soon as it is answered", async () => {
  for (const seed of seeds) {
    const broker = await startWith(seed, "replicated");
    await broker.crash("power cut");
    expect((await (await broker.connect()).readAll("orders")).size, `seed ${seed}`).toBe(0);
  }
});
