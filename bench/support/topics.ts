import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createTopic } from "../../e2e/support/topics.ts";
import { WireClient } from "../../e2e/support/wire-client.ts";
import type { Peer } from "./peer.ts";

/** What a broker without topics may keep of its own: Millrace holds 64 MiB against the day on which the disk is full. */
const idleBytesMax = 96 * 2 ** 20;
/** Kafka deletes files from a queue that it looks at from time to time. */
const removalMaxMs = 15_000;

/** Creates a topic and gives its name when all its partitions are led. */
export async function newTopic({ bootstrap }: Peer, partitions: number): Promise<string> {
  const topic = `bench-${Date.now().toString(36)}`;
  using client = await WireClient.connect(bootstrap);
  await createTopic(client, topic, { partitions });
  await whenLed(client, topic, partitions);
  return topic;
}

/** Removes a topic and waits until its files are gone, so that the next one finds the same machine. */
export async function removeTopic({ bootstrap, directory }: Peer, topic: string): Promise<void> {
  using client = await WireClient.connect(bootstrap);
  await client.ask("DeleteTopics", 5, { topics: [{ name: topic }], timeoutMs: 30_000 });
  for (const startMs = performance.now(); performance.now() - startMs < removalMaxMs; await sleep(100)) {
    if (bytesUnder(directory) < idleBytesMax) return;
  }
}

/** Resolves when every partition of a topic has a leader. */
export async function whenLed(client: WireClient, topic: string, partitions: number): Promise<void> {
  for (;;) {
    const { topics } = await client.ask("Metadata", 9, { topics: [{ name: topic }] });
    if (topics[0]!.partitions.filter(({ leaderId }) => leaderId >= 0).length === partitions) return;
    await sleep(10);
  }
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
