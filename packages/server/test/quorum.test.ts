import { expect, test } from "vitest";
import { QuorumCluster } from "./support/quorum-cluster.ts";

/** Names of topics, as a broker has them. */
function topicsAt(cluster: QuorumCluster, id: number): string[] {
  return [...cluster.broker(id).broker.controller.image.topics.all()].map(({ name }) => name).sort();
}

function epochsAt(cluster: QuorumCluster, id: number): number[] {
  return [...cluster.broker(id).broker.controller.image.topics.all()].flatMap(({ partitions }) =>
    partitions.map(({ leaderEpoch }) => leaderEpoch),
  );
}

test("when the active controller is killed another one takes over: topics go on being made, no broker is fenced, no leader changes", async () => {
  for (const seed of [1, 2]) {
    const cluster = await QuorumCluster.start({ seed });
    const clients = [await cluster.connect(1), await cluster.connect(2)];
    const made: string[] = [];
    for (let round = 0; round < 4; round++) {
      for (const client of clients) {
        made.push(`topic-${made.length}`);
        await client.createTopic(made.at(-1)!);
      }
      const [active] = cluster.leading as [number];
      cluster.crash(active);
      await cluster.pass(20);
      made.push(`topic-${made.length}`);
      await clients[round % 2]!.createTopic(made.at(-1)!);
      await cluster.restart(active);
      await cluster.pass(round * 100);
    }
    await cluster.pass(3_000);
    for (const id of [1, 2]) {
      expect(topicsAt(cluster, id)).toEqual([...made].sort());
      expect(new Set(epochsAt(cluster, id))).toEqual(new Set([0]));
      expect([cluster.isFenced(1, id), cluster.isFenced(2, id)]).toEqual([false, false]);
      expect([cluster.activeAt(id)]).toEqual(cluster.leading);
    }
  }
});

test("a request that comes while nobody leads waits for the next controller, and is refused where none comes in time", async () => {
  const cluster = await QuorumCluster.start();
  const client = await cluster.connect(1);
  const [first] = cluster.leading as [number];
  cluster.crash(first);
  await cluster.pass(3);
  expect([cluster.leading, cluster.activeAt(1)]).toEqual([[], undefined]);
  await client.createTopic("during-election");
  const [second] = cluster.leading as [number];
  cluster.crash(second);
  await cluster.pass(3);
  await expect(client.createTopic("without-majority")).rejects.toThrow("NOT_CONTROLLER");
  await cluster.restart(first);
  await client.createTopic("with-majority");
  await cluster.pass(100);
  expect(topicsAt(cluster, 2)).toEqual(["during-election", "with-majority"]);
});

test("brokers beside voters follow whichever voter leads, and any of the processes may be killed", async () => {
  const cluster = await QuorumCluster.start({ controllers: 0, brokers: 3 });
  expect(new Set([1, 2, 3].map((id) => cluster.activeAt(id))).size).toBe(1);
  for (let round = 0; round < 4; round++) {
    const active = cluster.activeAt(1)!;
    const other = (active % 3) + 1;
    cluster.crash(active);
    await cluster.pass(100);
    const client = await cluster.connect(other);
    await client.createTopic(`round-${round}`);
    expect(cluster.isFenced(active, other)).toBe(true);
    await cluster.restart(active);
    await cluster.pass(200);
    expect(cluster.isFenced(active, other)).toBe(false);
    for (const id of [1, 2, 3]) expect(topicsAt(cluster, id)).toHaveLength(round + 1);
  }
});

test("the active controller that stops in order hands its lead over: the others are without one for no election's time", async () => {
  for (const seed of [1, 2, 3, 4]) {
    const cluster = await QuorumCluster.start({ seed, controllers: 0, brokers: 3 });
    const active = cluster.activeAt(1)!;
    const others = [1, 2, 3].filter((id) => id !== active);
    let withoutMs = 0;
    const look = async (): Promise<void> => {
      for (;;) {
        await cluster.pass(1);
        if (others.every((id) => cluster.activeAt(id) === undefined)) withoutMs++;
      }
    };
    await Promise.race([cluster.broker(active).stop(), look()]);
    expect(withoutMs).toBeLessThan(10);
    const [next] = new Set(others.map((id) => cluster.activeAt(id)));
    expect(others).toContain(next);
    expect(cluster.isFenced(active, next!)).toBe(true);
  }
});

test("processes that all stop at once do not wait for a controller that is gone", async () => {
  for (const seed of [1, 2, 3, 4]) {
    const cluster = await QuorumCluster.start({ seed, controllers: 0, brokers: 3 });
    const beganMs = cluster.world.nowMs;
    await cluster.world.drive(Promise.all([1, 2, 3].map((id) => cluster.broker(id).stop())));
    expect(cluster.world.nowMs - beganMs).toBeLessThan(1_000);
  }
});

test("a cluster all of whose processes were killed at once comes back with all that it had acknowledged", async () => {
  const cluster = await QuorumCluster.start({ controllers: 0, brokers: 3 });
  const client = await cluster.connect(2);
  for (const topic of ["first", "second", "third"]) await client.createTopic(topic);
  for (const id of [1, 2, 3]) cluster.crash(id);
  await cluster.pass(500);
  await cluster.restart(1, 2, 3);
  await cluster.pass(100);
  for (const id of [1, 2, 3]) expect(topicsAt(cluster, id)).toEqual(["first", "second", "third"]);
});

test("a broker that is killed together with the active controller is found out by the new one's dialling, long before the session time-out", async () => {
  const cluster = await QuorumCluster.start();
  await (await cluster.connect(1)).createTopic("first");
  cluster.crash(2);
  cluster.crash(cluster.leading[0]!);
  await cluster.pass(700);
  expect([cluster.isFenced(1, 1), cluster.isFenced(2, 1)]).toEqual([false, true]);
});

test("a broker that the new controller can neither hear nor reach keeps its place for the session time-out, and no longer", async () => {
  for (const heals of [true, false]) {
    const cluster = await QuorumCluster.start();
    await (await cluster.connect(1)).createTopic("first");
    await (await cluster.connect(1)).createTopic("second");
    await cluster.pass(100);
    const epochs = epochsAt(cluster, 1);
    cluster.crash(cluster.leading[0]!);
    cluster.cut([2], cluster.controllerIds);
    await cluster.pass(1_400);
    expect([cluster.isFenced(2, 1), cluster.broker(2).broker.controller.mayLead]).toEqual([false, true]);
    if (heals) cluster.heal([2], cluster.controllerIds);
    await cluster.pass(2_000);
    expect([cluster.isFenced(2, 1), cluster.broker(2).broker.controller.mayLead]).toEqual([!heals, heals]);
    if (heals) expect(epochsAt(cluster, 1)).toEqual(epochs);
  }
});

test("a broker that hears of a new controller leaves one that was cut off from the others and does not know it yet", async () => {
  const cluster = await QuorumCluster.start();
  const client = await cluster.connect(1);
  await client.createTopic("first");
  const [former] = cluster.leading as [number];
  const others = cluster.controllerIds.filter((id) => id !== former);
  cluster.breakOff([former], others);
  await cluster.pass(300);
  expect(cluster.leading).toHaveLength(2);
  expect([former, undefined]).not.toContain(cluster.activeAt(1));
  await client.createTopic("second");
  await cluster.pass(5_000);
  expect(cluster.leading).toEqual([cluster.activeAt(1)]);
  expect([cluster.isFenced(1, 2), cluster.isFenced(2, 1)]).toEqual([false, false]);
  expect(new Set(epochsAt(cluster, 2))).toEqual(new Set([0]));
});
