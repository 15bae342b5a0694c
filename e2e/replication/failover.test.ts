import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasProgram, runCommand } from "../support/command.ts";
import { kafkaTool, kafkaToolsMissing } from "../support/kafka-tools.ts";
import { ReplicatedCluster } from "../support/replicated-cluster.ts";
import { batchesIn, faultsInLogs } from "../support/sound-logs.ts";

let cluster: ReplicatedCluster;

beforeAll(async () => {
  cluster = await ReplicatedCluster.start();
});
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
});

async function create(topic: string): Promise<void> {
  const command = `topic create ${topic} -p 1 -r 3 --config min.insync.replicas=2`;
  expect(await cluster.millrace.run(command)).toMatchObject({ code: 0 });
}

test("lines written to three replicas are read when the leader has been killed, and it comes back in sync", async () => {
  await create("lines");
  expect(await cluster.millrace.run("produce lines --acks all", "a\nb\nc\n")).toMatchObject({ code: 0 });
  const leader = await cluster.leaderOf("lines");
  await cluster.kill(leader);
  expect(await cluster.millrace.run("produce lines --acks all", "d\n")).toMatchObject({ code: 0 });
  expect((await cluster.millrace.run("consume lines --from start --exit")).stdout).toBe("a\nb\nc\nd\n");
  await cluster.restart(leader);
  await cluster.untilInSync("lines");
});

test.skipIf(!hasProgram("kcat", "-V"))("kcat writes with acks=all and reads through the death of the leader", async () => {
  await create("kcat");
  const kcat = async (args: readonly string[], input = "") => {
    const { code, stdout, stderr } = await runCommand("kcat", ["-b", cluster.bootstrap, ...args], { input });
    // Brokers that are down are told on stderr, and are no failure.
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("Delivery failed")]);
    return stdout.toString();
  };
  const write = (lines: string) => kcat(["-P", "-t", "kcat", "-p", "0", "-X", "acks=all"], lines);
  await write("a\nb\n");
  const leader = await cluster.leaderOf("kcat");
  await cluster.kill(leader);
  await write("c\n");
  expect(await kcat(["-C", "-t", "kcat", "-p", "0", "-o", "beginning", "-e", "-q"])).toBe("a\nb\nc\n");
  await cluster.restart(leader);
  await cluster.untilInSync("kcat");
});

const missing = await kafkaToolsMissing();

describe.skipIf(missing !== undefined)(`Kafka's own producer${missing === undefined ? "" : ` (left out: ${missing})`}`, () => {
  /** Of how many records Kafka's producer says that they were acknowledged. */
  function acknowledgements(stdout: Buffer): number {
    return stdout.toString().split('"producer_send_success"').length - 1;
  }

  test("with acks=all, while leaders are killed under its load: everything is there once and in order, on every replica alike", async () => {
    await create("java");
    // By itself the tool tries nothing again.
    const folder = mkdtempSync(join(tmpdir(), "millrace-e2e-"));
    writeFileSync(join(folder, "producer.properties"), "retries=2147483647\nenable.idempotence=true\n");
    const load = ["--topic", "java", "--acks", "-1", "--throughput", "2000", "--max-messages", "30000"];
    const producing = kafkaTool(
      "kafka-verifiable-producer",
      ["--bootstrap-server", cluster.bootstrap, ...load, "--producer.config", join(folder, "producer.properties")],
      { timeoutMs: 120_000 },
    );
    for (let kill = 0; kill < 2; kill++) {
      await new Promise((resolve) => void setTimeout(resolve, 3_000));
      const leader = await cluster.leaderOf("java");
      await cluster.kill(leader);
      await new Promise((resolve) => void setTimeout(resolve, 1_000));
      await cluster.restart(leader);
      await cluster.untilInSync("java");
    }
    expect(acknowledgements((await producing).stdout)).toBe(30_000);
    rmSync(folder, { recursive: true });
    const { stdout: consumed } = await cluster.millrace.run("consume java --from start --exit");
    expect(consumed.trim().split("\n")).toEqual(Array.from({ length: 30_000 }, (_, index) => `${index}`));

    await cluster.untilInSync("java");
    const { id } = await cluster.describe("java");
    const replicas = await Promise.all([1, 2, 3].map((broker) => batchesIn(`${cluster.logs(broker)}/${id}-0`)));
    expect(replicas[1]).toEqual(replicas[0]);
    expect(replicas[2]).toEqual(replicas[0]);
    expect(await faultsInLogs(`${cluster.logs(1)}/${id}-0`)).toEqual([]);
  });
});
