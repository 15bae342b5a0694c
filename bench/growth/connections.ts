import { MiB } from "@millrace/vocabulary";
import type { Figures } from "../support/alternation.ts";
import { oneRecord } from "../support/first-ack.ts";
import type { Growth } from "../support/growth.ts";
import { untilKilled } from "../support/growth.ts";
import { openLoop } from "../support/loops.ts";
import type { Peer } from "../support/peer.ts";
import { PeerProcess } from "../support/peer-process.ts";
import { TimedProducer } from "../support/timed-producer.ts";
import { newTopic } from "../support/topics.ts";

/** That are being opened at once: fewer than any broker's backlog. */
const openingMax = 50;
/** Produce requests a second, whatever the number of connections that share them. */
const ratePerSecond = 500;
const produceMs = 5000;
/** The same before it: a virtual machine compiles while it runs. */
const warmMs = 3000;

/** What a connection costs, the work being the same. */
export const connectionGrowth: Growth = {
  title: "connections",
  sizes: [1, 10, 100, 1_000, 5_000],
  columns: [
    { figure: "residentMebibytes", title: "memory, MiB" },
    { figure: "p50Ms", title: "ack p50, ms" },
    { figure: "p99Ms", title: "ack p99, ms" },
    { figure: "cpuUsPerRequest", title: "broker's CPU, µs per request" },
    { figure: "openMs", title: "to open all, ms" },
  ],
  grow: async () => {}, // connections go with the process
  measure,
};

async function measure(peer: Peer, size: number): Promise<Figures> {
  return untilKilled(await PeerProcess.start(peer), async (running) => {
    const topic = await newTopic(peer, 1);
    using stack = new DisposableStack();
    const startMs = performance.now();
    const producers: TimedProducer[] = [];
    while (producers.length < size) {
      const opening = Array.from({ length: Math.min(openingMax, size - producers.length) }, () => open(peer, topic));
      for (const producer of await Promise.all(opening)) producers.push(stack.use(producer));
    }
    const openMs = performance.now() - startMs;
    let next = 0;
    const produce = () => producers[next++ % size]!.send();
    await openLoop(produce, ratePerSecond, warmMs);
    const { cpuMs } = running;
    const loop = await openLoop(produce, ratePerSecond, produceMs);
    const cpuUsPerRequest = ((running.cpuMs - cpuMs) * 1000) / (loop["perSecond"]! * (produceMs / 1000));
    return { ...loop, openMs, cpuUsPerRequest, residentMebibytes: running.figures.residentBytes / MiB };
  });
}

/** A connection counts once it has been served. */
async function open({ bootstrap }: Peer, topic: string): Promise<TimedProducer> {
  const producer = await TimedProducer.connect(bootstrap, oneRecord(topic));
  await producer.send();
  return producer;
}
