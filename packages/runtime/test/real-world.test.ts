import net from "node:net";
import { MillraceError } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { elapse } from "../src/conformance/index.ts";
import { realClock, realHost, realLogger, realSocket, RealWork } from "../src/real/index.ts";
import { Child } from "./child.ts";
import { StreamLog } from "./stream-log.ts";
import { inDirectory } from "./worlds.ts";

function logged(form: "json" | "readable", level: "info" | "debug" = "info") {
  const lines: string[] = [];
  return { lines, logger: realLogger({ level, form, write: (line) => lines.push(line) }) };
}

test("a log line is one JSON object with level, time, phrase and fields; a logger's own fields come with each", () => {
  const { lines, logger } = logged("json");
  logger
    .with({ node: 1 })
    .with({ partition: "orders-3" })
    .info("isr shrunk", { to: [1, 2], lagMs: 10_004 });
  logger.debug("for whoever searches");
  expect(lines.length).toBe(1);
  const { time, ...rest } = JSON.parse(lines[0]!) as Record<string, unknown>;
  expect(rest).toEqual({ level: "info", msg: "isr shrunk", node: 1, partition: "orders-3", to: [1, 2], lagMs: 10_004 });
  expect(new Date(time as string).toISOString()).toBe(time);
});

test("an error among the fields keeps code, facts, stack and cause, in whatever field it is", () => {
  const { lines, logger } = logged("json");
  const cause = new RangeError("too far");
  logger.error("log failed", { failure: new MillraceError("DISK_FAILED", { operation: "sync", errno: "EIO" }, { cause }) });
  const { failure } = JSON.parse(lines[0]!) as { failure: Record<string, unknown> };
  expect(failure).toMatchObject({
    code: "DISK_FAILED",
    facts: { operation: "sync", errno: "EIO" },
    cause: { name: "RangeError", message: "too far" },
  });
  expect(failure["stack"]).toContain("real-world.test.ts");
});

test("a field may be named as the logger's own", () => {
  const { lines, logger } = logged("json");
  logger.info("phrase", { time: 5, level: 3, msg: "x" });
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: "info", msg: "phrase", time_: 5, level_: 3, msg_: "x" });
});

test("a readable line is LEVEL phrase field=value, with what needs quotes in quotes, and stacks below", () => {
  const { lines, logger } = logged("readable", "debug");
  logger.info("isr shrunk", { partition: "orders-3", from: [1, 2, 3], note: "two words" });
  logger.warn("odd", { error: new MillraceError("CLOSED") });
  expect(lines[0]).toBe('INFO  isr shrunk partition=orders-3 from=[1,2,3] note="two words"\n');
  expect(lines[1]).toMatch(/^WARN {2}odd error="CLOSED: closed already"\n {2}at .*real-world\.test\.ts/);
});

test("a host knows its boot, and tells its loop's delay since it was asked last", async () => {
  const [first, second] = [realHost(), realHost()];
  expect(first.bootId).toMatch(/^[0-9a-f-]{36}$/);
  if (process.platform === "linux") expect(second.bootId).toBe(first.bootId);
  expect(first.residentBytes()).toBeGreaterThan(1 << 20);
  await elapse(realClock, 60);
  const from = performance.now();
  while (performance.now() - from < 200);
  await elapse(realClock, 60);
  const { p50Ms, maxMs } = first.takeLoopDelay();
  expect(maxMs).toBeGreaterThan(100);
  expect(p50Ms).toBeLessThanOrEqual(maxMs);
  expect(first.takeLoopDelay().maxMs).toBeLessThan(maxMs);
});

test("a connection handed over gives first what was unshifted, then what comes", async () => {
  const text = await new Promise<string>((resolve) => {
    const server = net.createServer((connection) => {
      connection.once("readable", () => {
        const peeked = connection.read() as Buffer;
        connection.unshift(peeked);
        let received = "";
        realSocket(connection).receive(
          new StreamLog((event) => {
            if (event === "ended") resolve(received);
            else received += event;
          }),
        );
      });
    });
    server.listen(0, "127.0.0.1", () => {
      const client = net.connect((server.address() as net.AddressInfo).port, "127.0.0.1");
      client.write("first ");
      setTimeout(() => client.end("second"), 20);
      client.on("close", () => server.close());
      setTimeout(() => client.destroy(), 100);
    });
  });
  expect(text).toBe("first second");
});

test("a worker thread that dies rejects the task it had, and the tasks that waited are done by its successor", async () => {
  const work = new RealWork({ entry: new URL("./work-entry.ts", import.meta.url), size: 1 });
  const tasks = ["echo", "die", "echo", "echo"].map((task) => work.run(task, [Buffer.from("x")]));
  const settled = await Promise.allSettled(tasks);
  expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
  expect(settled[1]).toMatchObject({ reason: { message: "a worker thread died with exit code 3" } });
  await work.close();
});

test("a worker whose entry cannot be loaded rejects every task, with the reason", async () => {
  const work = new RealWork({ entry: new URL("./no-such-entry.ts", import.meta.url), size: 1 });
  for (let time = 0; time < 2; time++)
    await expect(work.run("echo", [])).rejects.toMatchObject({ cause: { code: expect.stringContaining("MODULE_NOT_FOUND") } });
  await work.close();
});

test("a pool that is closed twice while it works is closed for both", async () => {
  const work = new RealWork({ entry: new URL("./work-entry.ts", import.meta.url), size: 1 });
  const answer = work.run("echo", [Buffer.from("x")]);
  await Promise.all([work.close(), work.close()]);
  expect(await answer).toHaveLength(1);
});

test("a process that used every port and is done ends: no timer, thread, claim or store keeps it", () =>
  inDirectory(async (directory) => {
    const child = new Child("idle", [directory]);
    expect(await child.ended()).toBe("done");
    expect(JSON.parse(child.errors)).toMatchObject({ level: "info", msg: "done" });
  }));
