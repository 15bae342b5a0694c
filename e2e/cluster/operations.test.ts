import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { clusterEnvironment, Controllers } from "../support/controllers.ts";
import { kafkaTool, kafkaToolsMissing } from "../support/kafka-tools.ts";
import { Millrace } from "../support/millrace.ts";

interface Quorum {
  readonly leader: number;
  readonly term: number;
  readonly members: readonly { readonly id: number; readonly role: string; readonly lag: number | null; readonly directoryId: string }[];
}

let controllers: Controllers;
let broker: BrokerProcess;
let millrace: Millrace;

beforeAll(async () => {
  controllers = await Controllers.start();
  broker = await BrokerProcess.start({ environment: clusterEnvironment, set: controllers.brokerSettings(1) });
  millrace = new Millrace(broker.bootstrap);
});
afterAll(async () => {
  await broker[Symbol.asyncDispose]();
  await controllers[Symbol.asyncDispose]();
});

const quorum = () => millrace.json<Quorum>("quorum status -o json");
const roles = async () => (await quorum()).members.map(({ id, role }) => `${id} ${role}`).sort();

test("quorum status names the leader, the term, and how far every controller is", async () => {
  const { leader, term, members } = await quorum();
  expect(members.map(({ id }) => id).sort()).toEqual([101, 102, 103]);
  expect(members.filter(({ role }) => role === "leader").map(({ id }) => id)).toEqual([leader]);
  expect(members.every(({ lag }) => lag !== null)).toBe(true);
  const { stdout } = await millrace.run("quorum status");
  expect(stdout).toMatch(new RegExp(`^leader +${leader}\nterm +${term}\ncommitted +\\d+\n\n *CONTROLLER +ADDRESS +ROLE +LAG`));
  const { stdout: status } = await millrace.run("cluster status");
  expect(status).toMatch(new RegExp(`\ncontroller +${leader}, term ${term}\n`));
});

test("the lead is handed over to the controller that is named, in a later term", async () => {
  const { leader, term } = await quorum();
  const other = controllers.ids.find((id) => id !== leader)!;
  expect(await millrace.run(`quorum transfer ${other}`)).toMatchObject({ code: 0, stdout: `controller ${other} leads\n` });
  const after = await quorum();
  expect(after.leader).toBe(other);
  expect(after.term).toBeGreaterThan(term);
});

test("a fourth controller is let in, counts, and is taken out again, as is one that leads", async () => {
  const address = await controllers.startAnother(104);
  expect(await millrace.run(`quorum add 104@${address}`)).toMatchObject({ code: 0, stdout: "controller 104 added\n" });
  expect((await quorum()).members.map(({ id }) => id).sort()).toEqual([101, 102, 103, 104]);
  expect(await millrace.run("topic create with-four")).toMatchObject({ code: 0 });
  const { leader } = await quorum();
  expect(await millrace.json(`quorum remove ${leader} -o json`)).toEqual({ controller: leader, outcome: "removed" });
  const left = [101, 102, 103, 104].filter((id) => id !== leader);
  await expect.poll(async () => (await quorum()).members.map(({ id }) => id).sort(), { timeout: 30_000 }).toEqual(left);
  expect(await millrace.run("topic create with-three")).toMatchObject({ code: 0 });
});

test("a controller that is not there, one that takes part, and one that does not answer are refused by what is wrong with them", async () => {
  const { leader } = await quorum();
  expect(await millrace.run("quorum remove 199")).toMatchObject({ code: 3, stderr: expect.stringContaining("VOTER_NOT_FOUND") });
  expect(await millrace.run("quorum transfer 199")).toMatchObject({ code: 3 });
  expect(await millrace.run(`quorum add ${leader}@127.0.0.1:1`)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("DUPLICATE_VOTER"),
  });
  expect(await millrace.run("quorum add 105@127.0.0.1:1 --timeout 2s")).toMatchObject({ code: 4 });
  expect(await millrace.run("quorum add 105")).toMatchObject({ code: 2 });
});

const missing = await kafkaToolsMissing();

describe.skipIf(missing !== undefined)("Kafka's own tools", () => {
  const describeWith = async (flag: string) => {
    const { code, stdout, stderr } = await kafkaTool("kafka-metadata-quorum", ["--bootstrap-server", broker.bootstrap, "describe", flag]);
    expect(code, stderr).toBe(0);
    return stdout.toString();
  };

  test("kafka-metadata-quorum describe --status shows the leader, the epoch, and that nobody is behind", async () => {
    const { leader, term } = await quorum();
    const status = await describeWith("--status");
    expect(status).toMatch(new RegExp(`LeaderId: +${leader}\n`));
    expect(status).toMatch(new RegExp(`LeaderEpoch: +${term}\n`));
    expect(status).toMatch(/MaxFollowerLag: +0\n/);
    expect(status).toContain(clusterEnvironment["CLUSTER_ID"]);
  });

  test("kafka-metadata-quorum describe --replication has a line for each controller", async () => {
    const lines = (await describeWith("--replication")).trim().split("\n").slice(1);
    const shown = lines.map((line) => line.split(/\s+/)).map(([id, directory, , , , , status]) => `${id} ${directory} ${status}`);
    const { members } = await quorum();
    const expected = members.map(({ id, directoryId, role }) => `${id} ${directoryId} ${role === "leader" ? "Leader" : "Follower"}`);
    expect(shown.sort()).toEqual(expected.sort());
  });

  test("kafka-metadata-quorum remove-controller takes one out", async () => {
    const { members, leader } = await quorum();
    const { id, directoryId } = members.find((member) => member.id !== leader)!;
    const args = ["remove-controller", "--controller-id", String(id), "--controller-directory-id", directoryId];
    const { code, stderr } = await kafkaTool("kafka-metadata-quorum", ["--bootstrap-server", broker.bootstrap, ...args]);
    expect(code, stderr).toBe(0);
    expect((await roles()).map((role) => Number(role.split(" ")[0]))).not.toContain(id);
  });

  test("kafka-features shows the level of the metadata, and refuses one that nobody knows", async () => {
    const features = (...args: string[]) => kafkaTool("kafka-features", ["--bootstrap-server", broker.bootstrap, ...args]);
    expect((await features("describe")).stdout.toString()).toMatch(
      /Feature: millrace\.version\s+SupportedMinVersion: 1\s+SupportedMaxVersion: 1\s+FinalizedVersionLevel: 1/,
    );
    const refused = await features("upgrade", "--feature", "millrace.version=9");
    expect(refused.code).toBe(1);
    expect(refused.stdout.toString()).toContain("INVALID_UPDATE_VERSION");
  });
});
