import { statfsSync } from "node:fs";
import { offsetNames } from "@millrace/protocol";
import { createTopic, fetchOne } from "../../e2e/support/topics.ts";
import { WireClient } from "../../e2e/support/wire-client.ts";
import type { Figures } from "../support/alternation.ts";
import { firstAck } from "../support/first-ack.ts";
import type { Growth } from "../support/growth.ts";
import { untilKilled } from "../support/growth.ts";
import { closedLoop } from "../support/loops.ts";
import { dropFromPageCache } from "../support/page-cache.ts";
import type { Peer } from "../support/peer.ts";
import { PeerProcess } from "../support/peer-process.ts";
import { TimedProducer } from "../support/timed-producer.ts";
import { whenLed } from "../support/topics.ts";

const [MiB, GiB] = [2 ** 20, 2 ** 30];
const topic = "retained";
/** Small, so that a log of some GiB has as many segments as one of a TiB has by default. */
const segmentBytes = 64 * MiB;
/** Four records of 16 KiB in a batch: what a fetch of this benchmark brings. */
const load = { topic, acks: 1, records: 4, size: 16 * 1024 };
const batchBytes = load.records * load.size;
/** Requests under way while the log is filled. */
const fillingMax = 16;
/** Produced before each kill, so that there is something to recover. */
const burstBytes = 128 * MiB;
/** That must stay free on the disk. */
const roomBytes = 8 * GiB;
const fetchMs = 5000;

/** What retained data cost: to find a place in them, and to start again after a crash. */
export const retainedGrowth: Growth = {
  title: "retained GiB",
  sizes: [1, 5, 20],
  columns: [
    { figure: "p50Ms", title: "fetch at a random offset, cold, p50, ms" },
    { figure: "p99Ms", title: "the same, p99, ms" },
    { figure: "firstAckMs", title: "first ack after kill -9, ms" },
    { figure: "readMebibytes", title: "read at the start, MiB" },
    { figure: "residentMebibytes", title: "memory, MiB" },
  ],
  grow,
  measure,
};

async function grow({ peer }: PeerProcess, from: number, to: number): Promise<void> {
  const { bavail, bsize } = statfsSync(peer.directory);
  if (bavail * bsize < (to - from) * GiB + roomBytes) throw new Error(`there is no room for ${to} GiB where ${peer.directory} lies`);
  if (from === 0) await createRetained(peer);
  await fill(peer, (to - from) * GiB);
}

async function createRetained({ bootstrap }: Peer): Promise<void> {
  using client = await WireClient.connect(bootstrap);
  await createTopic(client, topic, {
    configs: { "segment.bytes": String(segmentBytes), "retention.ms": "-1", "retention.bytes": "-1" },
  });
  await whenLed(client, topic, 1);
}

async function fill({ bootstrap }: Peer, bytes: number): Promise<void> {
  using producer = await TimedProducer.connect(bootstrap, load);
  let left = Math.ceil(bytes / batchBytes);
  const send = async () => {
    while (left-- > 0) await producer.send();
  };
  await Promise.all(Array.from({ length: fillingMax }, send));
}

async function measure(peer: Peer): Promise<Figures> {
  await dropFromPageCache(peer.directory);
  const startMs = performance.now();
  return untilKilled(PeerProcess.spawn(peer), async (running) => {
    await firstAck(running, topic);
    const firstAckMs = performance.now() - startMs;
    const { readBytes } = running.figures;
    const fetches = await fetchAnywhere(peer);
    const { residentBytes } = running.figures;
    await fill(peer, burstBytes);
    return { ...fetches, firstAckMs, readMebibytes: readBytes / MiB, residentMebibytes: residentBytes / MiB };
  });
}

async function fetchAnywhere({ bootstrap }: Peer): Promise<Figures> {
  using client = await WireClient.connect(bootstrap);
  const end = await logEnd(client);
  return await closedLoop(async () => {
    const { code, bytes } = await fetchOne(client, topic, Math.floor(Math.random() * end), { partitionBytesMax: batchBytes });
    if (code !== "NONE" || bytes === 0) throw new Error(`a fetch brought ${code} and ${bytes} bytes`);
  }, fetchMs);
}

async function logEnd(client: WireClient): Promise<number> {
  const partitions = [{ partitionIndex: 0, timestamp: offsetNames.latest }];
  const { topics } = await client.ask("ListOffsets", 5, { replicaId: -1, topics: [{ name: topic, partitions }] });
  return topics[0]!.partitions[0]!.offset;
}
