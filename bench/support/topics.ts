import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createTopic } from "../../e2e/support/topics.ts";
import { WireClient } from "../../e2e/support/wire-client.ts";

/** What a broker without topics may keep of its own: Millrace holds 64 MiB against the day on which the disk is full. */
const idleBytesMax = 96 * 2 ** 20;
/** Kafka deletes files from a queue that it looks at from time to time. */
const removalMaxMs = 15_000;

/** Creates a topic with a replica on each broker, and gives its name when all of them are in sync. */
export async function newTopic({ bootstrap }: { readonly bootstrap: string }, partitions: number): Promise<string> {
  const topic = `bench-${Date.now().toString(36)}`;
  const addresses = bootstrap.split(",");
  using client = await WireClient.connect(addresses[0]!);
  await createTopic(client, topic, { partitions, replicationFactor: addresses.length });
  await whenLed(client, topic, partitions, addresses.length);
  return topic;
}

/** Removes a topic and waits until its files are gone, so that the next one finds the same machine. */
export async function removeTopic(
  { bootstrap, directories }: { readonly bootstrap: string; readonly directories: readonly string[] },
  topic: string,
): Promise<void> {
  using client = await WireClient.connect(bootstrap.split(",")[0]!);
  await client.ask("DeleteTopics", 5, { topics: [{ name: topic }], timeoutMs: 30_000 });
  for (const startMs = performance.now(); performance.now() - startMs < removalMaxMs; await sleep(100)) {
    if (directories.every((directory) => bytesUnder(directory) < idleBytesMax)) return;
  }
}

/** Resolves when every partition of a topic has a leader, and so many replicas in sync. */
export async function whenLed(client: WireClient, topic: string, partitions: number, inSync = 1): Promise<void> {
  for (;;) {
    const { topics } = await client.ask("Metadata", 9, { topics: [{ name: topic }] });
    const led = topics[0]!.partitions.filter(({ leaderId, isrNodes }) => leaderId >= 0 && isrNodes.length >= inSync);
    if (led.length === partitions) return;
    await sleep(10);
  }
}

/** `host:port` of the broker that leads partition 0 of a topic. */
export async function leaderOf({ bootstrap }: { readonly bootstrap: string }, topic: string): Promise<string> {
  using client = await WireClient.connect(bootstrap.split(",")[0]!);
  const { brokers, topics } = await client.ask("Metadata", 9, { topics: [{ name: topic }] });
  const { host, port } = brokers.find(({ nodeId }) => nodeId === topics[0]!.partitions[0]!.leaderId)!;
  return `${host}:${port}`;
}

/** Files of a directory and of those in it, sockets left out; some may go while one looks. */
export function filesUnder(directory: string): string[] {
  return entriesOf(directory).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return entry.isFile() ? [path] : [];
  });
}

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** Blocks on the disk rather than lengths: indexes are made long before they are full. */
function bytesUnder(directory: string): number {
  return filesUnder(directory).reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.blocks ?? 0) * 512, 0);
}
