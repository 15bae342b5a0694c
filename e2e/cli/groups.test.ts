import { afterAll, beforeAll, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { Millrace } from "../support/millrace.ts";

let broker: BrokerProcess;
let millrace: Millrace;
beforeAll(async () => {
  broker = await BrokerProcess.start();
  millrace = new Millrace(broker.bootstrap);
  await millrace.run("topic create orders -p 2");
  await millrace.run("produce orders -p 0", "1\n2\n3\n4\n");
  await millrace.run("produce orders -p 1", "5\n6\n");
});
afterAll(() => broker[Symbol.asyncDispose]());

interface Described {
  readonly members: readonly { readonly partitions: readonly unknown[] }[];
}

test("a group goes on where it stood, is described, and is deleted", async () => {
  expect((await millrace.run("consume orders -g billing -n 6")).stdout.split("\n").filter(Boolean).sort()).toEqual([..."123456"]);
  expect((await millrace.run("consume orders -g billing --exit")).stdout).toBe("");
  expect(await millrace.json("group list -o json")).toContainEqual({ groupId: "billing", state: "Empty", protocolType: "consumer" });
  expect(await millrace.json("group describe billing -o json")).toEqual([
    {
      groupId: "billing",
      state: "Empty",
      protocolType: "consumer",
      protocolName: expect.any(String),
      members: [],
      offsets: [
        { topic: "orders", partition: 0, committed: 4, logEnd: 4, lag: 0, member: null },
        { topic: "orders", partition: 1, committed: 2, logEnd: 2, lag: 0, member: null },
      ],
      totalLag: 0,
    },
  ]);
  expect((await millrace.run("group delete billing --yes")).stdout).toBe("billing deleted\n");
  const gone = await millrace.run("group describe billing");
  expect([gone.code, gone.stderr]).toEqual([
    3,
    "millrace: GROUP_ID_NOT_FOUND: there is no such group (groupId=billing); millrace group list shows what there is\n",
  ]);
});

test("the members of a group and their partitions are shown; a group with members is neither deleted nor reset", async () => {
  const consumer = millrace.spawn("consume orders -g busy --follow");
  try {
    await expect
      .poll(async () => (await millrace.json<Described[]>("group describe busy -o json").catch(() => []))[0]?.members ?? [], {
        timeout: 20_000,
      })
      .toMatchObject([{ partitions: [{ partition: 0 }, { partition: 1 }] }]);
    const { stdout } = await millrace.run("group describe busy");
    expect(stdout).toMatch(/^busy {2}state=Stable assignor=range members=1 lag=\d\nMEMBER +CLIENT +HOST +PARTITIONS\nmillrace-cli-/);
    for (const line of ["group delete busy --yes", "group reset busy --to start --yes"]) {
      const { code, stderr } = await millrace.run(line);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^millrace: NON_EMPTY_GROUP: .*; stop its consumers first; millrace group describe shows them\n$/);
    }
  } finally {
    const ended = new Promise((end) => consumer.once("exit", end));
    consumer.kill("SIGINT");
    await ended;
  }
});

test("a reset is shown first, done with --yes, and read from then on", async () => {
  await millrace.run("group reset moved --to end --topic orders --yes");
  const moves = [
    { topic: "orders", partition: 0, before: 4, after: 3 },
    { topic: "orders", partition: 1, before: 2, after: 1 },
  ];
  expect(await millrace.json("group reset moved --to -1 --dry-run -o json")).toEqual(moves);
  expect((await millrace.run("consume orders -g moved --exit")).stdout).toBe("");
  expect(await millrace.json("group reset moved --to -1 --yes -o json")).toEqual(moves);
  expect((await millrace.run("consume orders -g moved --exit")).stdout.split("\n").sort()).toEqual(["", "4", "6"]);
});

test("a reset outside of a terminal says which of the two it is to be", async () => {
  const { code, stderr } = await millrace.run("group reset moved --to start");
  expect([code, stderr]).toEqual([2, "millrace: --yes: without a terminal to show it at, say --yes to do it, or --dry-run\n"]);
});

test("a group that does not exist ends with 3, and the nearest name there is", async () => {
  await millrace.run("group reset shipping --to start --topic orders --yes");
  const { code, stderr } = await millrace.run("group describe shiping");
  expect(code).toBe(3);
  expect(stderr).toMatch(/did you mean shipping\?\n$/);
});
