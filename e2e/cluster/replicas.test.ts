import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kafkaTool, kafkaToolsMissing, type KafkaTool } from "../support/kafka-tools.ts";
import { LocalCluster } from "../support/local-cluster.ts";

const missing = await kafkaToolsMissing();

/** A partition as kafka-topics describes it. */
interface Described {
  readonly leader: string;
  readonly replicas: string;
  readonly isr: string;
  readonly elr: string;
}

let cluster: LocalCluster;
let folder: string;

beforeAll(async () => {
  cluster = await LocalCluster.start({ brokers: 4 });
  folder = mkdtempSync(join(tmpdir(), "millrace-replicas-"));
});
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function order(line: string): Promise<void> {
  const { code, stderr } = await cluster.millrace.run(line);
  expect([code, stderr], line).toEqual([0, ""]);
}

test("a drained broker holds nothing", async () => {
  const { millrace } = cluster;
  await order("topic create drained --partitions 3 --replicas 3");
  const drained = await millrace.json<{ left: number; kept: string[] }>("broker drain 2 -o json");
  expect([drained.left, drained.kept]).toEqual([0, []]);
  const brokers = await millrace.json<{ id: number; replicas: number }[]>("broker list -o json");
  expect(brokers.find(({ id }) => id === 2)?.replicas).toBe(0);
});

describe.skipIf(missing !== undefined)(`Kafka's own tools${missing === undefined ? "" : ` (left out: ${missing})`}`, () => {
  async function tool(name: KafkaTool, ...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await kafkaTool(name, ["--bootstrap-server", cluster.addresses.join(","), ...args]);
    expect([code, stderr], `${name} ${args.join(" ")}`).toEqual([0, expect.not.stringContaining("ERROR")]);
    return stdout.toString();
  }

  async function describePartition(topic: string): Promise<Described> {
    const text = await tool("kafka-topics", "--describe", "--topic", topic);
    const [, leader, replicas, isr, elr] = /Partition: 0\s+Leader: (\S+)\s+Replicas: (\S+)\s+Isr: (\S*)\s+Elr: (\S*)/.exec(text) ?? [];
    return { leader: leader!, replicas: replicas!, isr: isr!, elr: elr! };
  }

  function file(name: string, content: object): string {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  }

  test("a partition moves by kafka-reassign-partitions, and its first replica leads by kafka-leader-election", async () => {
    await tool("kafka-topics", "--create", "--topic", "moved", "--replica-assignment", "1:2");
    const plan = file("plan.json", { version: 1, partitions: [{ topic: "moved", partition: 0, replicas: [3, 1] }] });
    expect(await tool("kafka-reassign-partitions", "--reassignment-json-file", plan, "--execute")).toContain("Successfully started");
    const verify = () => tool("kafka-reassign-partitions", "--reassignment-json-file", plan, "--verify", "--preserve-throttles");
    for (let said = ""; !said.includes("is completed"); said = await verify()) await sleep(100);
    const cancelled = await tool("kafka-reassign-partitions", "--reassignment-json-file", plan, "--cancel", "--preserve-throttles");
    expect(cancelled).toContain("None of the specified partition reassignments are active.");
    expect(await tool("kafka-reassign-partitions", "--list")).toContain("No partition reassignments found.");
    const { leader, replicas, isr, elr } = await describePartition("moved");
    expect([replicas, isr.split(",").sort().join(), elr]).toEqual(["3,1", "1,3", ""]);

    const elections = file("elections.json", { partitions: [{ topic: "moved", partition: 0 }] });
    const said = await tool("kafka-leader-election", "--election-type", "preferred", "--path-to-json-file", elections);
    expect(said).toContain(leader === "3" ? "Valid replica already elected" : "Successfully completed leader election");
    expect((await describePartition("moved")).leader).toBe("3");
  });
});
