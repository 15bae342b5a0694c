import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "vitest";
import { importBaseImage } from "../docker/base-image.ts";
import { hasProgram, runCommand } from "../support/command.ts";
import { freePort } from "../support/free-port.ts";
import type { FailoverCluster } from "./failover-cluster.ts";
import { tellFailover } from "./stories.ts";

const root = join(import.meta.dirname, "../..");
const image = "millrace-compose-test";
const baseImage = "millrace-compose-test-node";
const project = "millrace-failover-test";
/** The plugin of newer Docker engines, or the program of its own that came before. */
const compose = hasProgram("docker", "compose", "version")
  ? ["docker", "compose"]
  : hasProgram("docker-compose", "version")
    ? ["docker-compose"]
    : undefined;
const missing = !hasProgram("docker", "info")
  ? "no Docker engine runs"
  : compose === undefined
    ? "there is no docker compose"
    : !hasProgram("busybox", "true")
      ? "there is no busybox"
      : undefined;

if (missing === undefined) tellFailover("as containers of deploy/compose.yaml", startContainers);
else test.skip(`three brokers as containers of deploy/compose.yaml (left out: ${missing})`, () => {});

async function startContainers(): Promise<FailoverCluster> {
  importBaseImage(baseImage);
  await run("docker", "build", "--network=host", "--build-arg", `NODE=${baseImage}`, "-f", "deploy/Dockerfile", "-t", image, ".");
  const ports = [await freePort(), await freePort(), await freePort()];
  const environment = Object.fromEntries([
    ["MILLRACE_IMAGE", image],
    ...ports.map((port, index) => [`MILLRACE_PORT_${index + 1}`, String(port)]),
  ]);
  const [program, ...plugin] = compose!;
  const composed = (...args: string[]) => runWith(environment, program!, ...plugin, "-p", project, "-f", "deploy/compose.yaml", ...args);
  const containers: string[] = [];
  const dispose = async () => {
    await composed("down", "--volumes", "--timeout", "30");
    await run("docker", "rmi", "-f", image, baseImage);
  };
  try {
    await composed("up", "-d", "--no-build");
    for (const id of [1, 2, 3]) containers.push(await composed("ps", "-q", `broker-${id}`));
    for (const port of ports) await ready(port);
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    addresses: ports.map((port) => `127.0.0.1:${port}`),
    kill: async (id) => void (await run("docker", "kill", containers[id - 1]!)),
    restart: async (id) => {
      await run("docker", "restart", "-t", "30", containers[id - 1]!);
      await ready(ports[id - 1]!);
    },
    pause: async (id) => void (await run("docker", "pause", containers[id - 1]!)),
    resume: async (id) => void (await run("docker", "unpause", containers[id - 1]!)),
    [Symbol.asyncDispose]: dispose,
  };
}

async function ready(port: number): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`no broker is ready on port ${port}`);
}

function run(program: string, ...args: string[]): Promise<string> {
  return runWith({}, program, ...args);
}

/** What a program printed; rejects where it failed. */
async function runWith(environment: Record<string, string>, program: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(program, args, { timeoutMs: 500_000, directory: root, environment });
  if (code !== 0) throw new Error(`${program} ${args[0]} ended with ${code}:\n${stdout.toString().slice(-2000)}${stderr.slice(-2000)}`);
  return stdout.toString().trim();
}
