import { Chance } from "@millrace/runtime/simulated";
import { expect, test } from "vitest";
import { ReplicatedTopic } from "./support/replicated-topic.ts";
import { SimulatedCluster } from "./support/simulated-cluster.ts";

const brokers = [1, 2, 3];

/** More where time is no matter: MILLRACE_FAULT_SEEDS=200. */
const seeds = Number(process.env["MILLRACE_FAULT_SEEDS"] ?? 3);

/** One broker at a time is in trouble, of a kind that is drawn; then it is left alone for a while. */
async function trouble({ cluster }: ReplicatedTopic, chance: Chance): Promise<void> {
  const id = chance.pick(brokers);
  const others = brokers.filter((other) => other !== id).map((other) => `broker-${other}`);
  const name = `broker-${id}`;
  const { world } = cluster;
  switch (chance.below(6)) {
    case 0:
    case 1:
      cluster.crash(id, chance.below(2) === 0 ? "killed" : "power cut");
      await cluster.pass(50 + chance.below(4_000));
      return cluster.restart(id);
    case 2:
      world.partition([name], others);
      await cluster.pass(50 + chance.below(40_000));
      return world.reunite([name], others);
    case 3:
      world.partition([name], ["controller"]);
      await cluster.pass(50 + chance.below(6_000));
      return world.reunite([name], ["controller"]);
    case 4:
      world.pause(name);
      await cluster.pass(50 + chance.below(6_000));
      return world.resume(name);
    default:
      for (const other of others) world.breakConnections(name, other);
  }
}

test("whatever befalls one broker after the other, everything acknowledged is read, and every replica ends up the same", async () => {
  for (let seed = 1; seed <= seeds; seed++) {
    const chance = new Chance(seed, "trouble");
    const durability = chance.below(3) === 0 ? "synced" : "replicated";
    const configs = { "min.insync.replicas": "2", "millrace.durability": durability };
    const topic = await ReplicatedTopic.make(await SimulatedCluster.start({ seed }), configs);
    topic.beginWriting(-1, 2, 40);
    for (let round = 0; round < 6; round++) {
      await trouble(topic, chance);
      await topic.cluster.pass(200 + chance.below(4_000));
    }
    topic.endWriting();
    await topic.cluster.pass(20_000);
    expect(topic.isr, `seed ${seed}`).toEqual(brokers);
    expect(await topic.lost(), `seed ${seed}`).toEqual([]);
    const batches = await topic.batches(1);
    for (const id of [2, 3]) expect(await topic.batches(id), `seed ${seed}`).toEqual(batches);
    expect(topic.acknowledged.size, `seed ${seed}`).toBeGreaterThan(20);
  }
});
