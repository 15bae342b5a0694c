import { setTimeout as sleep } from "node:timers/promises";
import type { Brokers } from "./brokers.ts";
import { type TimedLoad, TimedProducer } from "./timed-producer.ts";

/** Between two attempts of the client to get through. */
const retryMs = 2;

/** Tries one broker after the other until a record is acknowledged. Rejects when a process ends before. */
export async function firstAck(running: Pick<Brokers, "bootstrap" | "checkAlive">, topic: string): Promise<void> {
  const addresses = running.bootstrap.split(",");
  for (let turn = 0; ; turn++) {
    running.checkAlive();
    try {
      using producer = await TimedProducer.connect(addresses[turn % addresses.length]!, oneRecord(topic));
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
