import { setTimeout as sleep } from "node:timers/promises";
import type { PeerProcess } from "./peer-process.ts";
import { type TimedLoad, TimedProducer } from "./timed-producer.ts";

/** Between two attempts of the client to get through. */
const retryMs = 2;

/** Tries until a record is acknowledged. Rejects when the process ends before. */
export async function firstAck(running: PeerProcess, topic: string): Promise<void> {
  for (;;) {
    running.checkAlive();
    try {
      using producer = await TimedProducer.connect(running.peer.bootstrap, oneRecord(topic));
      return await producer.send();
    } catch {
      await sleep(retryMs); // nobody listens yet, or nobody leads
    }
  }
}

/** One record of 1 KiB, acknowledged by all. */
export function oneRecord(topic: string): TimedLoad {
  return { topic, acks: -1, records: 1, size: 1024 };
}
