import { type ChildProcess, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { Millrace, millraceMain } from "../support/millrace.ts";

let broker: BrokerProcess;
let millrace: Millrace;
beforeAll(async () => {
  broker = await BrokerProcess.start();
  millrace = new Millrace(broker.bootstrap);
  await millrace.run("topic create many");
  await millrace.run("produce many", Array.from({ length: 50_000 }, (_, line) => `line ${line}\n`).join(""));
});
afterAll(() => broker[Symbol.asyncDispose]());

function end(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));
}

test.each([
  "--help",
  "topic --help",
  "completion bash",
  "topic list -o json",
  "consume many",
  "consume many --follow",
  "consume many -g piped --exit",
])("millrace %s ends quietly with 0 when nobody reads on", (line) => {
  const command = `"${process.execPath}" "${millraceMain}" ${line} | head -c 1 > /dev/null; echo "\${PIPESTATUS[0]}"`;
  const environment = { ...process.env, MILLRACE_BOOTSTRAP: broker.bootstrap };
  const { stdout, stderr } = spawnSync("bash", ["-c", command], { encoding: "utf8", env: environment });
  expect([stdout, stderr]).toEqual(["0\n", ""]);
});

test("Ctrl-C in a group commits what was printed, no more, and leaves the group", async () => {
  await millrace.run("topic create orders");
  await millrace.run("produce orders", "1\n2\n3\n");
  const consumer = millrace.spawn("consume orders -g billing --follow");
  const ended = end(consumer);
  let lines = 0;
  await new Promise<void>((third) => createInterface({ input: consumer.stdout! }).on("line", () => void (++lines === 3 && third())));
  consumer.kill("SIGINT");
  expect(await ended).toBe(0);
  expect(await millrace.json("group describe billing -o json")).toMatchObject([
    { state: "Empty", members: [], offsets: [{ topic: "orders", partition: 0, committed: 3, logEnd: 3, lag: 0 }] },
  ]);
});

test("Ctrl-C while sending ends with 130, and what was acknowledged is told", async () => {
  await millrace.run("topic create typed");
  const producer = millrace.spawn("produce typed -o jsonl");
  const ended = end(producer);
  const receipt = new Promise((first) => createInterface({ input: producer.stdout! }).once("line", first));
  producer.stdin!.write("a\nb");
  expect(JSON.parse((await receipt) as string)).toMatchObject({ topic: "typed", offset: 0 });
  producer.kill("SIGINT");
  expect(await ended).toBe(130);
});

test("following goes on with what comes", async () => {
  await millrace.run("topic create news");
  const consumer = millrace.spawn("consume news --follow");
  const ended = end(consumer);
  const line = new Promise((first) => createInterface({ input: consumer.stdout! }).once("line", first));
  await millrace.run("produce news", "fresh\n");
  expect(await line).toBe("fresh");
  consumer.kill("SIGINT");
  expect(await ended).toBe(0);
});

test("--timeout bounds how long a broker that answers nothing is waited for: exit code 4", async () => {
  process.kill(broker.pid, "SIGSTOP");
  try {
    expect((await millrace.run("topic list --timeout 1s")).code).toBe(4);
  } finally {
    process.kill(broker.pid, "SIGCONT");
  }
});
