import { MiB } from "@millrace/vocabulary";
import { createTopic } from "../../e2e/support/topics.ts";
import { WireClient } from "../../e2e/support/wire-client.ts";
import type { Figures } from "../support/alternation.ts";
import { firstAck, oneRecord } from "../support/first-ack.ts";
import type { Growth } from "../support/growth.ts";
import { untilKilled } from "../support/growth.ts";
import { closedLoop } from "../support/loops.ts";
import type { Peer } from "../support/peer.ts";
import { PeerProcess } from "../support/peer-process.ts";
import { TimedProducer } from "../support/timed-producer.ts";
import { whenLed } from "../support/topics.ts";

/** The partition that is produced to, beside all the others. */
const probe = "probe";
/** In one topic: creating more in one request says little about what follows. */
const perTopicMax = 1000;
const produceMs = 3000;
/** The same before it: a virtual machine compiles while it runs. */
const warmMs = 3000;

/** What a partition costs that has nothing to do. */
export const partitionGrowth: Growth = {
  title: "partitions",
  sizes: [1, 100, 1_000, 10_000],
  columns: [
    { figure: "firstAckMs", title: "first ack after kill -9, ms" },
    { figure: "readMebibytes", title: "read at the start, MiB" },
    { figure: "residentMebibytes", title: "memory, MiB" },
    { figure: "p50Ms", title: "ack p50, ms" },
    { figure: "p99Ms", title: "ack p99, ms" },
  ],
  grow,
  measure,
};

async function grow({ peer }: PeerProcess, from: number, to: number): Promise<void> {
  using client = await WireClient.connect(peer.bootstrap);
  if (from === 0) await createLed(client, probe, 1);
  for (let made = Math.max(1, from); made < to;) {
    const partitions = Math.min(perTopicMax, to - made);
    await createLed(client, `idle-${made}`, partitions);
    made += partitions;
  }
}

async function createLed(client: WireClient, topic: string, partitions: number): Promise<void> {
  await createTopic(client, topic, { partitions });
  await whenLed(client, topic, partitions);
}

function measure(peer: Peer): Promise<Figures> {
  const startMs = performance.now();
  return untilKilled(PeerProcess.spawn(peer), async (running) => {
    await firstAck(running, probe);
    const firstAckMs = performance.now() - startMs;
    const { readBytes } = running.figures;
    using producer = await TimedProducer.connect(peer.bootstrap, oneRecord(probe));
    await closedLoop(() => producer.send(), warmMs);
    const loop = await closedLoop(() => producer.send(), produceMs);
    return { ...loop, firstAckMs, readMebibytes: readBytes / MiB, residentMebibytes: running.figures.residentBytes / MiB };
  });
}
