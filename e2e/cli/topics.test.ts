import { afterAll, beforeAll, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { Millrace } from "../support/millrace.ts";

let broker: BrokerProcess;
let millrace: Millrace;
beforeAll(async () => {
  broker = await BrokerProcess.start();
  millrace = new Millrace(broker.bootstrap);
});
afterAll(() => broker[Symbol.asyncDispose]());

const id = expect.stringMatching(/^[\w-]{22}$/);

test("a topic is created, with one partition where nothing is said, described, altered and deleted", async () => {
  expect((await millrace.run("topic create files")).stdout).toBe(
    "TOPIC  PARTITIONS  REPLICAS  OUTCOME\nfiles           1         1  created\n",
  );
  await millrace.run("produce files", "a\nb\n");
  expect(await millrace.json("topic describe files -o json")).toEqual([
    {
      name: "files",
      id,
      isInternal: false,
      configs: {},
      partitions: [expect.objectContaining({ partition: 0, leader: 1, leaderEpoch: 0, replicas: [1], isr: [1], logStart: 0, logEnd: 2 })],
    },
  ]);
  expect(await millrace.json("topic alter files -c retention.ms=1000 -p 3 -o json")).toEqual({
    topic: "files",
    configs: { "retention.ms": "1000" },
    partitions: 3,
    outcome: "altered",
  });
  const [line, config, head, ...partitions] = (await millrace.run("topic describe files")).stdout.trimEnd().split("\n");
  expect(line).toMatch(/^files {2}partitions=3 replicas=1 id=/);
  expect(config).toBe("retention.ms=1000");
  expect(head).toBe("PARTITION  LEADER  EPOCH  REPLICAS  ISR  START  END");
  expect(partitions).toHaveLength(3);
  expect(await millrace.json("topic alter files --reset retention.ms -o json")).toMatchObject({ configs: { "retention.ms": null } });
  expect((await millrace.run("topic delete files --yes")).stdout).toBe("files deleted\n");
  expect((await millrace.run("topic describe files")).code).toBe(3);
});

test("topics are listed: as a table, as one array, or an object a line; the cluster's own ones on demand", async () => {
  await millrace.run("topic create list-a list-b -p 2");
  const listed = { id, partitions: 2, replicationFactor: 1, isInternal: false };
  const expected = ["list-a", "list-b"].map((name) => ({ ...listed, name }));
  expect(await millrace.json("topic list -o json")).toEqual(expect.arrayContaining(expected));
  const lines = (await millrace.run("topic list -o jsonl")).stdout.trimEnd().split("\n");
  expect(lines.map((each) => JSON.parse(each) as unknown)).toEqual(expect.arrayContaining(expected));
  await millrace.run("group reset somebody --to start --topic list-a --yes"); // the first group makes the topic of offsets
  expect((await millrace.run("topic list")).stdout).not.toContain("__consumer_offsets");
  expect((await millrace.run("topic list --internal")).stdout).toContain("__consumer_offsets");
});

test("a dry run changes nothing", async () => {
  expect((await millrace.run("topic create dry --dry-run")).stdout).toContain("would be created");
  expect((await millrace.run("topic describe dry")).code).toBe(3);
});

test("what exists already is a failure, and none with --if-not-exists", async () => {
  await millrace.run("topic create twice");
  const again = await millrace.run("topic create twice");
  expect([again.code, again.stdout]).toEqual([1, ""]);
  expect(again.stderr).toBe(
    "millrace: TOPIC_ALREADY_EXISTS: a topic of this name exists already (topic=twice); --if-not-exists lets that pass\n",
  );
  expect(await millrace.json("topic create twice --if-not-exists -o json")).toEqual([
    { name: "twice", id, partitions: 1, replicationFactor: 1, outcome: "exists" },
  ]);
});

test("of several topics those that can be are created, and each other one is told", async () => {
  const { code, stdout, stderr } = await millrace.run(["topic", "create", "one", "not a name", "two"]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^one .*created$[^]*^two .*created$/m);
  expect(stderr).toMatch(/^millrace: INVALID_TOPIC_EXCEPTION: /);
});

test("a topic that does not exist ends with 3, and the nearest name there is", async () => {
  await millrace.run("topic create orders");
  const { code, stderr } = await millrace.run("topic describe ordres");
  expect(code).toBe(3);
  expect(stderr).toMatch(/\(topic=ordres\); did you mean orders\?\n$/);
});

test("a setting that does not exist is refused with the nearest one", async () => {
  await millrace.run("topic create settings");
  const { code, stderr } = await millrace.run("topic alter settings -c retentio.ms=1");
  expect(code).toBe(1);
  expect(stderr).toContain("did you mean retention.ms?");
});

test("deleting needs a terminal or --yes, and says so before anything is asked of the cluster", async () => {
  await millrace.run("topic create kept");
  const { code, stderr } = await millrace.run("topic delete kept");
  expect([code, stderr]).toEqual([2, "millrace: --yes: without a terminal to ask at, say --yes to delete kept\n"]);
  expect((await millrace.run("topic describe kept")).code).toBe(0);
});

test.each([
  ["topic alter x", "nothing is to change"],
  ["topic alter x -c a=1 --reset a", "--reset: a is set by --config, too"],
  ["topic create x -c a", "--config: must be key=value"],
  ["topic create x -p 0", "It must be a whole number from 1."],
])("millrace %s is a mistake in the call: exit code 2", async (line, said) => {
  const { code, stderr } = await millrace.run(line);
  expect(code).toBe(2);
  expect(stderr).toContain(said);
});

test("a shell completes the names of topics", async () => {
  await millrace.run("topic create complete-me");
  expect((await millrace.run(["__complete", "--", "topic", "describe", "compl"])).stdout).toBe("complete-me\t\n");
});
