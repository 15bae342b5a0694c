import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasProgram, runCommand } from "../support/command.ts";
import { freePort } from "../support/free-port.ts";
import { batchOf, createTopic, fetchOne, produceBatch } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";
import { importBaseImage } from "./base-image.ts";

const image = "millrace-test";
const baseImage = "millrace-test-node";
const missing = !hasProgram("docker", "info")
  ? "no Docker engine runs"
  : !hasProgram("busybox", "true")
    ? "there is no busybox"
    : undefined;

describe.skipIf(missing !== undefined)(`the image${missing === undefined ? "" : ` (left out: ${missing})`}`, () => {
  let container: string;
  let bootstrap: string;

  beforeAll(async () => {
    importBaseImage(baseImage);
    await docker("build", "--network=host", "--build-arg", `NODE=${baseImage}`, "-f", "deploy/Dockerfile", "-t", image, ".");
    const port = await freePort();
    bootstrap = `127.0.0.1:${port}`;
    container = await docker(
      "run",
      "-d",
      "-p",
      `127.0.0.1:${port}:9092`,
      "-e",
      `KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://${bootstrap}`,
      "-e",
      "KAFKA_NUM_PARTITIONS=3",
      image,
    );
    await ready();
  }, 600_000);

  afterAll(async () => {
    if (container !== undefined) await docker("rm", "-f", "-v", container);
    await docker("rmi", "-f", image, baseImage);
  });

  async function docker(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await runCommand("docker", args, { timeoutMs: 500_000 });
    if (code !== 0) throw new Error(`docker ${args[0]} ended with ${code}:\n${stdout.toString().slice(-2000)}${stderr.slice(-2000)}`);
    return stdout.toString().trim();
  }

  async function ready(): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      const answer = await fetch(`http://${bootstrap}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(await docker("logs", container));
  }

  test("a client outside creates a topic, produces and fetches", async () => {
    using client = await WireClient.connect(bootstrap);
    await createTopic(client, "orders");
    expect((await produceBatch(client, "orders", batchOf(["a"]))).code).toBe("NONE");
    expect((await fetchOne(client, "orders", 0)).highWatermark).toBe(1);
    const { brokers } = await client.ask("Metadata", 9, { topics: [] });
    expect(brokers.map(({ host, port }) => `${host}:${port}`)).toEqual([bootstrap]);
  });

  test("settings come from the environment, as they do for Kafka's image", async () => {
    using client = await WireClient.connect(bootstrap);
    const { topics } = await client.ask("CreateTopics", 7, {
      topics: [{ name: "defaulted", numPartitions: -1, replicationFactor: -1, assignments: [], configs: [] }],
    });
    expect(topics[0]).toMatchObject({ errorCode: 0, numPartitions: 3, replicationFactor: 1 });
  });

  test("it runs as one process that is not root, and stops in order", async () => {
    const [titles = "", ...processes] = (await docker("top", container, "-eo", "uid,pid,args")).split("\n");
    expect([titles.trim().split(/\s+/)[0], processes.length]).toEqual(["UID", 1]);
    expect(processes[0]!.trim().split(/\s+/)[0]).toBe("1000");
    await docker("stop", "-t", "20", container);
    expect(await docker("inspect", "-f", "{{.State.ExitCode}}", container)).toBe("0");
  });

  test("what was acknowledged is there when the container starts again", async () => {
    await docker("start", container);
    await ready();
    using client = await WireClient.connect(bootstrap);
    expect((await fetchOne(client, "orders", 0)).highWatermark).toBe(1);
  });
});
