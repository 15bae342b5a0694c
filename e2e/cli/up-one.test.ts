import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { freePort } from "../support/free-port.ts";
import { LocalCluster } from "../support/local-cluster.ts";
import { Millrace } from "../support/millrace.ts";

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "millrace-up-one-"));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

/** Whether a process runs on a directory; one that has ended, but that nobody has asked after, does not. */
function lives(pid: number, directory: string): boolean {
  const path = `/proc/${pid}/cmdline`;
  return existsSync(path) && readFileSync(path, "utf8").includes(directory);
}

async function listening(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
}

test("a port in use is named, with ports that are free", async () => {
  const port = await freePort();
  const server = await listening(port);
  const up = LocalCluster.spawn({ data, port, brokers: 1 });
  expect(await up.ended).toBe(1);
  expect(up.said).toEqual([expect.stringMatching(new RegExp(`^millrace: ADDRESS_IN_USE: .*127\\.0\\.0\\.1:${port}.* free="--port \\d+"`))]);
  server.close();
});

test("a setting that is none is told once, with exit code 2, and nothing runs on", async () => {
  const up = LocalCluster.spawn({ data, brokers: 3, set: ["num.partition=3"] });
  expect(await up.ended).toBe(2);
  expect(up.said.filter((line) => line.includes("num.partition: no such configuration key"))).toHaveLength(1);
  expect([1, 2, 3].map((id) => up.brokerPid(id))).toEqual([undefined, undefined, undefined]);
});

test("data that one broker wrote before there was a cluster file go on as a cluster of one", async () => {
  const broker = await BrokerProcess.start({ directory: data });
  expect((await new Millrace(broker.bootstrap).run("produce orders", "a\nb\n")).code).toBe(0);
  await broker.kill("SIGTERM");
  await using up = await LocalCluster.start({ data });
  expect(up.addresses).toHaveLength(1);
  expect((await up.millrace.run("consume orders --from start --exit")).stdout).toBe("a\nb\n");
});

test("after kill -9 of up its brokers end by themselves, and the next up waits for one that stood still", async () => {
  const first = await LocalCluster.start({ data, brokers: 1 });
  const pid = first.brokerPid(1)!;
  expect((await first.order("pause", 1)).code).toBe(0);
  expect(await first.stop("SIGKILL")).toBe("SIGKILL");
  expect(lives(pid, data)).toBe(true);
  await using second = await LocalCluster.start({ data });
  expect(second.said).toEqual([`millrace: broker 1 of an earlier start (pid ${pid}) still stops`]);
  expect(lives(pid, data)).toBe(false);
});

test("a pid file of somebody else's process harms nobody", async () => {
  const bystander = spawn("sleep", ["60"]);
  mkdirSync(join(data, "broker-1"));
  writeFileSync(join(data, "broker-1/pid"), `${bystander.pid}\n`);
  const up = await LocalCluster.start({ data, brokers: 1 });
  expect([up.said, bystander.signalCode]).toEqual([[], null]);
  expect(await up.stop("SIGINT")).toBe(0);
  expect(bystander.signalCode).toBeNull();
  bystander.kill();
});

test("Ctrl-C while brokers start ends all of them", async () => {
  const up = LocalCluster.spawn({ data, brokers: 3 });
  while ([1, 2, 3].some((id) => up.brokerPid(id) === undefined)) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await up.stop("SIGINT")).toBe(0);
  expect([1, 2, 3].map((id) => up.brokerPid(id))).toEqual([undefined, undefined, undefined]);
  expect(up.said).toEqual([]);
});
