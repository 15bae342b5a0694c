import { expect, test } from "vitest";
import { ReplicatedTopic } from "./support/replicated-topic.ts";
import { SimulatedCluster } from "./support/simulated-cluster.ts";

const brokers = [1, 2, 3];

async function replicated(configs: Readonly<Record<string, string>> = {}, seed = 1): Promise<ReplicatedTopic> {
  return ReplicatedTopic.make(await SimulatedCluster.start({ seed }), configs);
}

test("what is acknowledged with acks=all is in every replica's log, and followers hear soon that it is committed", async () => {
  const topic = await replicated();
  for (const value of ["a", "b", "c"]) expect(await topic.produce(value)).toMatchObject({ code: "NONE" });
  expect(brokers.map((id) => topic.replica(id).log.logEnd)).toEqual([3, 3, 3]);
  await topic.cluster.pass(1_000);
  expect(brokers.map((id) => topic.replica(id).highWatermark)).toEqual([3, 3, 3]);
  expect([...(await topic.readAll()).values()]).toEqual(["a", "b", "c"]);
});

test("when the leader is killed a follower leads with everything acknowledged, and the old leader comes back and catches up", async () => {
  const topic = await replicated({ "min.insync.replicas": "2" });
  for (const value of ["a", "b"]) await topic.produce(value);
  const killed = topic.leader;
  topic.cluster.crash(killed);
  await topic.cluster.pass(500);
  expect(topic.leader).not.toBe(killed);
  expect(await topic.produce("c")).toMatchObject({ code: "NONE", offset: 2 });
  expect([...(await topic.readAll()).values()]).toEqual(["a", "b", "c"]);
  expect(topic.isr).not.toContain(killed);

  await topic.cluster.restart(killed);
  await topic.cluster.pass(2_000);
  expect(topic.isr).toEqual(brokers);
  expect(topic.replica(killed).log.logEnd).toBe(3);
});

test("below min.insync.replicas acks=all is refused with nothing written, and acks=1 goes on", async () => {
  const topic = await replicated({ "min.insync.replicas": "3" });
  await topic.produce("a");
  const follower = brokers.find((id) => id !== topic.leader)!;
  topic.cluster.crash(follower);
  await topic.cluster.pass(500);
  expect(await topic.produce("b")).toMatchObject({ code: "NOT_ENOUGH_REPLICAS" });
  expect(topic.replica(topic.leader).log.logEnd).toBe(1);
  expect(await topic.produce("c", 1)).toMatchObject({ code: "NONE", offset: 1 });
  expect([...(await topic.readAll()).values()]).toEqual(["a"]);

  await topic.cluster.restart(follower);
  await topic.cluster.pass(2_000);
  expect(await topic.produce("d")).toMatchObject({ code: "NONE", offset: 2 });
  expect([...(await topic.readAll()).values()]).toEqual(["a", "c", "d"]);
});

test("what waits while the ISR falls below min.insync.replicas is told so, and is in the log all the same", async () => {
  const topic = await replicated({ "min.insync.replicas": "3" });
  const follower = brokers.find((id) => id !== topic.leader)!;
  topic.cluster.world.partition([`broker-${follower}`], [`broker-${topic.leader}`]);
  const waiting = (await topic.client()).produce(topic.name, "a", -1);
  await topic.cluster.pass(1_000);
  topic.cluster.crash(follower);
  expect(await topic.cluster.world.drive(waiting)).toMatchObject({ code: "NOT_ENOUGH_REPLICAS_AFTER_APPEND", offset: 0 });
  expect(topic.replica(topic.leader).log.logEnd).toBe(1);
});

test("a leader that stops in order hands over to another, and nothing that is written meanwhile fails", async () => {
  const topic = await replicated({ "min.insync.replicas": "2" });
  const stopped = topic.leader;
  topic.beginWriting(-1, 2, 10);
  await topic.cluster.pass(100);
  const before = topic.acknowledged.size;
  await topic.cluster.stop(stopped);
  await topic.cluster.pass(300);
  topic.endWriting();
  await topic.cluster.pass(100);
  expect(topic.leader).not.toBe(stopped);
  expect(topic.isr).toEqual(brokers.filter((id) => id !== stopped));
  expect(topic.acknowledged.size).toBeGreaterThan(before);
  expect(await topic.lost()).toEqual([]);
});

test("a follower that hears nothing leaves the ISR after the lag time, and writing goes on without it", async () => {
  const topic = await replicated({ "min.insync.replicas": "2" });
  const follower = brokers.find((id) => id !== topic.leader)!;
  topic.cluster.world.partition(
    [`broker-${follower}`],
    brokers.filter((id) => id !== follower).map((id) => `broker-${id}`),
  );
  const { world } = topic.cluster;
  const client = await topic.client();
  const waiting = client.produce(topic.name, "a", -1);
  await topic.cluster.pass(29_000);
  expect(topic.replica(topic.leader).highWatermark).toBe(0);
  await topic.cluster.pass(20_000);
  expect(await world.drive(waiting)).toMatchObject({ code: "REQUEST_TIMED_OUT" });
  expect(topic.isr).toEqual(brokers.filter((id) => id !== follower));
  expect(await topic.produce("b")).toMatchObject({ code: "NONE", offset: 1 });

  world.reunite(
    [`broker-${follower}`],
    brokers.filter((id) => id !== follower).map((id) => `broker-${id}`),
  );
  await topic.cluster.pass(10_000);
  expect(topic.isr).toEqual(brokers);
  expect(topic.replica(follower).log.logEnd).toBe(2);
});

test("a leader that is cut off from its cluster says so to whoever waits for it, as soon as others may lead", async () => {
  const topic = await replicated({ "min.insync.replicas": "2" });
  const cutOff = topic.leader;
  const client = await topic.client();
  const others = ["controller", ...brokers.filter((id) => id !== cutOff).map((id) => `broker-${id}`)];
  topic.cluster.world.partition([`broker-${cutOff}`], others);
  const waiting = client.produce(topic.name, "a", -1);
  await topic.cluster.pass(2_100);
  expect(await topic.cluster.world.drive(waiting)).toMatchObject({ code: "NOT_LEADER_OR_FOLLOWER" });
  expect(topic.cluster.world.nowMs).toBeLessThan(10_000);
  expect(topic.leader).not.toBe(cutOff);
  expect(await topic.produce("b")).toMatchObject({ code: "NONE", offset: 0 });
});
