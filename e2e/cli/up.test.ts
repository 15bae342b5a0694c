import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LocalCluster } from "../support/local-cluster.ts";
import { serves } from "../support/serving.ts";

let cluster: LocalCluster;
beforeAll(async () => {
  cluster = await LocalCluster.start({ set: ["num.partitions=4"] });
});
afterAll(() => cluster[Symbol.asyncDispose]());

interface Status {
  readonly brokers: readonly { readonly id: number; readonly address: string; readonly isFenced: boolean }[];
}

/** As Linux shows it: T stands still. */
function stateOf(pid: number): string {
  return readFileSync(`/proc/${pid}/stat`, "utf8").split(" ")[2]!;
}

/** How the life before the present one of a broker ended, by its log. */
function lastStopOf(of: LocalCluster, id: number): string {
  const lines = readFileSync(join(of.brokerDirectory(id), "broker.log"), "utf8")
    .trim()
    .split("\n");
  const starts = lines.map((line) => JSON.parse(line) as { msg: string; lastStop: string }).filter(({ msg }) => msg === "broker serves");
  return starts.at(-1)!.lastStop;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(10);
}

test("one line says that all brokers serve, and they are one cluster on ports that follow each other", async () => {
  const [port = 0, ...others] = cluster.addresses.map((address) => Number(address.split(":")[1]));
  expect(cluster.printed).toEqual([`ready ${cluster.addresses.join(",")} console http://${cluster.addresses[0]}`]);
  expect(others).toEqual([port + 1, port + 2]);
  const { brokers } = await cluster.millrace.json<Status>("cluster status -o json");
  expect(brokers.map(({ id, isFenced }) => ({ id, isFenced }))).toEqual([1, 2, 3].map((id) => ({ id, isFenced: false })));
});

test("--set goes to every broker", async () => {
  for (const id of [1, 2, 3])
    expect(readFileSync(`/proc/${cluster.brokerPid(id)}/cmdline`, "utf8").split("\0")).toContain("num.partitions=4");
});

test("a broker that was killed by order stays down, while one that dies by itself is started again, with a line each", async () => {
  const { code, stdout } = await cluster.order("kill", 2);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^broker 2 \(pid \d+\) is killed; millrace restart 2 starts it again\n$/)]);
  process.kill(cluster.brokerPid(3)!, "SIGKILL");
  await cluster.hears("broker 3 has ended by itself (SIGKILL; ");
  await cluster.until(() => cluster.said.some((line) => /broker 3 \(pid \d+\) serves again/.test(line)));
  expect(cluster.brokerPid(2)).toBeUndefined();
  expect(await cluster.order("pause", 2)).toMatchObject({ code: 1, stderr: expect.stringContaining("BROKER_NOT_AVAILABLE") });
  expect(await cluster.order("kill", 2)).toMatchObject({ code: 0, stdout: "broker 2 is down already\n" });
  expect(await cluster.order("restart", 2)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^broker 2 \(pid \d+\) serves\n$/) });
  expect(await serves(cluster.addresses[1]!)).toBe(true);
});

test("a broker that was paused stands still, and goes on as the same process", async () => {
  const pid = cluster.brokerPid(2)!;
  expect(await cluster.order("pause", 2)).toMatchObject({ code: 0 });
  await until(() => stateOf(pid) === "T");
  expect(await cluster.order("restart", 2)).toMatchObject({ code: 0, stdout: `broker 2 (pid ${pid}) goes on\n` });
  expect(await serves(cluster.addresses[1]!)).toBe(true);
  expect(cluster.brokerPid(2)).toBe(pid);
});

test("a broker that runs is stopped in order and started again by restart", async () => {
  const pid = cluster.brokerPid(3)!;
  expect(await cluster.order("restart", 3)).toMatchObject({ code: 0 });
  expect(cluster.brokerPid(3)).not.toBe(pid);
  expect(lastStopOf(cluster, 3)).toBe("clean");
});

test("an order for a broker that there is not ends with 3, and so does one where nothing runs", async () => {
  expect(await cluster.order("kill", 4)).toMatchObject({ code: 3, stderr: expect.stringContaining("BROKER_ID_NOT_REGISTERED") });
  const nowhere = LocalCluster.prototype.order.call({ data: join(cluster.data, "elsewhere") }, "kill", 1);
  expect(await nowhere).toMatchObject({ code: 3, stderr: expect.stringContaining("CLUSTER_NOT_RUNNING") });
});

test("a second up on the same data is refused, and so is another number of brokers", async () => {
  const second = LocalCluster.spawn({ data: cluster.data });
  expect(await second.ended).toBe(1);
  expect(second.said).toEqual([expect.stringMatching(/^millrace: DATA_IN_USE: .*directory=/)]);
});

test("SIGTERM stops every broker in order; started again without a number there are as many as before", async () => {
  const { data } = cluster;
  await cluster.millrace.run("produce kept", "a\n");
  expect(await cluster.stop()).toBe(0);
  expect([1, 2, 3].map((id) => cluster.brokerPid(id))).toEqual([undefined, undefined, undefined]);
  expect(existsSync(join(data, "up.sock"))).toBe(false);
  const refused = LocalCluster.spawn({ data, brokers: 5 });
  expect(await refused.ended).toBe(2);
  expect(refused.said).toEqual([expect.stringContaining(`--brokers: 5 was given, but ${data} holds a cluster of 3;`)]);
  await using again = await LocalCluster.start({ data });
  expect(again.addresses).toHaveLength(3);
  expect((await again.millrace.run("consume kept --from start --exit")).stdout).toBe("a\n");
  expect([1, 2, 3].map((id) => lastStopOf(again, id))).toEqual(["clean", "clean", "clean"]);
});
