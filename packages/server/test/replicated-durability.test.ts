import type { CrashCause } from "@millrace/runtime/simulated";
import { expect, test } from "vitest";
import { ReplicatedTopic } from "./support/replicated-topic.ts";
import type { Acks } from "./support/simulated-client.ts";
import { SimulatedCluster } from "./support/simulated-cluster.ts";

const brokers = [1, 2, 3];
const seeds = [1, 2];

/** What befalls the brokers of a topic while it is written to; the table of the README, row by row. */
interface Row {
  readonly acks: Acks;
  readonly durability: "replicated" | "synced";
  readonly cause: CrashCause;
  /** Which of them crash, at once. */
  readonly struck: (topic: ReplicatedTopic) => readonly number[];
}

const everybody = () => brokers;
const theLeader = ({ leader }: ReplicatedTopic) => [leader];
const oneFollower = ({ leader }: ReplicatedTopic) => brokers.filter((id) => id !== leader).slice(0, 1);

async function lostAfter({ acks, durability, cause, struck }: Row, seed: number): Promise<{ lost: string[]; acknowledged: number }> {
  const configs = { "min.insync.replicas": "2", "millrace.durability": durability };
  const topic = await ReplicatedTopic.make(await SimulatedCluster.start({ seed }), configs);
  const { cluster } = topic;
  topic.beginWriting(acks);
  await cluster.pass(150);
  const hit = struck(topic);
  for (const id of hit) cluster.crash(id, cause);
  await cluster.pass(250);
  topic.endWriting();
  await cluster.restart(...hit);
  await cluster.pass(3_000);
  return { lost: await topic.lost(), acknowledged: topic.acknowledged.size };
}

test.each<[string, Row]>([
  ["acks=1 survives a crash of a follower", { acks: 1, durability: "replicated", cause: "killed", struck: oneFollower }],
  [
    "acks=all, replicated, survives a crash of every process at once",
    { acks: -1, durability: "replicated", cause: "killed", struck: everybody },
  ],
  [
    "acks=all, replicated, survives a power cut of the leader",
    { acks: -1, durability: "replicated", cause: "power cut", struck: theLeader },
  ],
  [
    "acks=all, replicated, survives a power cut of a follower",
    { acks: -1, durability: "replicated", cause: "power cut", struck: oneFollower },
  ],
  [
    "acks=all, synced, survives a power cut of every machine at once",
    { acks: -1, durability: "synced", cause: "power cut", struck: everybody },
  ],
])("with three replicas, %s", async (_, row) => {
  for (const seed of seeds) {
    const { lost, acknowledged } = await lostAfter(row, seed);
    expect(lost, `seed ${seed}`).toEqual([]);
    expect(acknowledged).toBeGreaterThan(20);
  }
});

test("a replica whose file was cut short while every process was down leads nobody: it catches up with those that are whole", async () => {
  const topic = await ReplicatedTopic.make(await SimulatedCluster.start(), { "min.insync.replicas": "2" });
  const { cluster } = topic;
  topic.beginWriting(-1);
  await cluster.pass(150);
  topic.endWriting();
  // By then the directories remember how far they were committed.
  await cluster.pass(8_000);
  const { leader } = topic;
  for (const id of brokers) cluster.crash(id);
  const platter = cluster.world.platter(`broker-${leader}`);
  const file = platter.files().find((path) => path.endsWith("/00000000000000000000.log"))!;
  platter.shorten(file, Math.floor(platter.bytes(file)!.length / 2));
  await cluster.restart(leader);
  await cluster.restart(...brokers.filter((id) => id !== leader));
  await cluster.pass(5_000);
  expect(topic.acknowledged.size).toBeGreaterThan(20);
  expect(await topic.lost()).toEqual([]);
  expect(topic.isr).toEqual(brokers);
});

test("a fenced follower that registers again, and dies before it notes that, still leads before those who lost what it holds", async () => {
  const topic = await ReplicatedTopic.make(await SimulatedCluster.start(), { "min.insync.replicas": "3" });
  const { cluster } = topic;
  topic.beginWriting(-1);
  await cluster.pass(150);
  topic.endWriting();
  await cluster.pass(50);
  const [follower] = oneFollower(topic) as [number];
  const others = brokers.filter((id) => id !== follower);
  const epoch = cluster.life(follower)?.epoch;
  cluster.world.pause(`broker-${follower}`);
  await cluster.pass(3_000);
  expect(cluster.isFenced(follower)).toBe(true);
  const forget = cluster.controller.watch(() => {
    if (cluster.life(follower)?.epoch === epoch) return;
    forget();
    cluster.crash(follower);
  });
  cluster.world.resume(`broker-${follower}`);
  await cluster.pass(1_000);
  for (const id of others) cluster.crash(id, "power cut");
  await cluster.pass(1_000);
  await cluster.restart(...others);
  await cluster.restart(follower);
  await cluster.pass(3_000);
  expect(topic.acknowledged.size).toBeGreaterThan(20);
  expect(await topic.lost()).toEqual([]);
  expect(topic.isr).toEqual(brokers);
});
