import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { capturedFolder, consumerOffsetsFile } from "../support/captured.ts";
import { readConsumerOffsets } from "./consumer-offsets.ts";
import { askEveryVersion } from "./every-version.ts";
import { startProxy } from "./proxy.ts";
import type { Address } from "./redirect.ts";
import { select } from "./selection.ts";

/*
 * Records what clients and a broker say to each other:
 *
 *     node test/capture/record.ts HOST:PORT [CLIENT…]
 *
 * CLIENT: kcat, confluent (Python), java-tools (needs KAFKA_JARS, a folder with the jars of Kafka and its tools), kafkajs, platformatic
 * (both from npm, in a folder of their own), every-version; left out: all of them. The broker must be the only one of its cluster. What its
 * group coordinator stored meanwhile is recorded too.
 */

const run = promisify(execFile);
const clientsFolder = join(import.meta.dirname, "clients");

const clients: Record<string, (proxy: Address) => Promise<unknown>> = {
  kcat: (proxy) => run("bash", [join(clientsFolder, "kcat.sh")], { env: environment(proxy) }),
  confluent: (proxy) => run("python3", [join(clientsFolder, "confluent.py")], { env: environment(proxy) }),
  "java-tools": (proxy) => run("bash", [join(clientsFolder, "java-tools.sh")], { env: environment(proxy) }),
  kafkajs: (proxy) => runFromNpm("kafkajs.mjs", "kafkajs@2.2.4", proxy),
  platformatic: (proxy) => runFromNpm("platformatic.mjs", "@platformatic/kafka@2.12.1", proxy),
  "every-version": askEveryVersion,
};

function environment({ host, port }: Address): NodeJS.ProcessEnv {
  return { ...process.env, BOOTSTRAP: `${host}:${port}` };
}

async function runFromNpm(script: string, library: string, proxy: Address): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "millrace-capture-"));
  try {
    await run("npm", ["install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", library]);
    await copyFile(join(clientsFolder, script), join(folder, script));
    await run(process.execPath, [script], { cwd: folder, env: environment(proxy), timeout: 120_000 });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function record(client: string, broker: Address): Promise<void> {
  const proxy = await startProxy(broker);
  try {
    await clients[client]!(proxy.address);
  } finally {
    proxy.close();
  }
  const kept = select(proxy.exchanges).toSorted((a, b) => a.api.localeCompare(b.api) || a.version - b.version);
  await writeFixture(`${client}.json`, kept);
}

async function writeFixture(name: string, entries: readonly object[]): Promise<void> {
  const text = `${JSON.stringify(entries, undefined, 2)}\n`;
  await writeFile(join(capturedFolder, name), text);
  console.log(`${name}: ${entries.length} entries, ${text.length} bytes`);
}

const [bootstrap = "", ...names] = process.argv.slice(2);
const [host, port] = bootstrap.split(":");
if (host === undefined || port === undefined) throw new Error("usage: record.ts HOST:PORT [CLIENT…]");
const broker = { host, port: Number(port) };
for (const client of names.length > 0 ? names : Object.keys(clients)) {
  await record(client, broker).catch((error: unknown) => console.error(`${client}:`, error));
}
await writeFixture(consumerOffsetsFile, await readConsumerOffsets(broker));
