import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { connect, text, topic } from "@millrace/client";
import { expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";

const jobs = topic("jobs", { key: text, value: text });

/** Runs a program that uses the client, and hands out its lines. */
function program(body: string, bootstrap: string) {
  const source = `import { connect, text, topic } from "@millrace/client";
    const jobs = topic("jobs", { key: text, value: text });
    const mill = connect(${JSON.stringify(bootstrap)});
    ${body}`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "--eval", source], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  const exited = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  const said = async (line: string) => {
    while (!lines.includes(line) && child.exitCode === null) await new Promise((resolve) => void setTimeout(resolve, 20));
    expect(lines).toContain(line);
  };
  return { child, lines, exited, said };
}

test("SIGTERM lets handlers end, commits what they have done, and then ends the process as it would have", async () => {
  await using broker = await BrokerProcess.start();
  await using mill = connect(broker.bootstrap, { signals: false });
  await mill.admin.topics.create("jobs", { partitions: 1 });
  await mill.producer().send(jobs, { key: "a", value: "slow" });
  const { child, exited, said } = program(
    `await mill.consumer([jobs], { group: "workers", from: "earliest" }).run(async () => {
      console.log("handling");
      await new Promise((resolve) => setTimeout(resolve, 500));
      console.log("handled");
    });`,
    broker.bootstrap,
  );
  await said("handling");
  child.kill("SIGTERM");
  await said("handled");
  expect(await exited).toEqual([null, "SIGTERM"]);
  expect(await mill.admin.groups.offsets("workers")).toEqual([{ topic: "jobs", partition: 0, offset: 1 }]);
  expect((await mill.admin.groups.describe("workers")).members).toEqual([]);
});

test("a process that waits for records, or for a broker, stays alive", async () => {
  const broker = await BrokerProcess.start();
  const { child, exited, said } = program(
    `const run = mill.consumer([jobs], { group: "workers" }).run(() => {});
    await mill.ready();
    console.log("ready");
    await run;`,
    broker.bootstrap,
  );
  await said("ready");
  await broker[Symbol.asyncDispose]();
  await new Promise((resolve) => void setTimeout(resolve, 1500));
  expect(child.exitCode).toBe(null);
  child.kill("SIGINT");
  expect(await exited).toEqual([null, "SIGINT"]);
});

test("a process that has closed its client ends", async () => {
  await using broker = await BrokerProcess.start();
  const { lines, exited } = program(
    `const { offset } = await mill.producer().send(jobs, { key: "a", value: "only" });
    const consumer = mill.consumer([jobs], { group: "workers", from: "earliest" });
    for await (const { value } of consumer) {
      console.log(offset, value);
      break;
    }
    await mill.close();`,
    broker.bootstrap,
  );
  expect(await exited).toEqual([0, null]);
  expect(lines).toEqual(["0 only"]);
});
