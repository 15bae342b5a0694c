import { setTimeout as sleep } from "node:timers/promises";
import { type Consumer, Kafka, logLevel, type Producer } from "kafkajs";
import type { Polled, Sent } from "../checker/operations.ts";
import { type Process, valueIn } from "./recorder.ts";
import { pauseMs, type StartWorkload } from "./workload.ts";

/** Each sends to all partitions in turn. */
const producers = 2;
const group = "kafkajs";

/** kafkajs: idempotent producers, and a group of one. */
export const kafkajsClients: StartWorkload = ({ bootstrap, topic, partitions }, recorder) => {
  const kafka = new Kafka({ brokers: bootstrap.split(","), logLevel: logLevel.NOTHING, retry: { retries: 30, maxRetryTime: 1_000 } });
  const stopping = new AbortController();
  const { signal } = stopping;
  const produce = async (process: Process) => {
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    await connected(producer, signal);
    for (let count = 0; !signal.aborted; count++) {
      await send(producer, topic, count % partitions, process);
      await sleep(pauseMs);
    }
    await producer.disconnect().catch(() => {});
  };
  const running = Array.from({ length: producers }, () => produce(recorder.process()));
  const consumer = kafka.consumer({ groupId: group, sessionTimeout: 10_000, heartbeatInterval: 500 });
  const consuming = consume(consumer, topic, recorder.process(), signal);
  return {
    faults: [],
    async stop() {
      stopping.abort();
      await Promise.all(running);
      await consuming;
      await consumer.disconnect().catch(() => {});
    },
  };
};

/** Brokers may be away when a client begins. */
async function connected(client: Pick<Producer, "connect">, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      return await client.connect();
    } catch {
      await sleep(pauseMs);
    }
  }
}

async function send(producer: Producer, topic: string, partition: number, process: Process): Promise<void> {
  const fromMs = process.nowMs;
  const sent: Sent = { partition, value: process.value() };
  try {
    const [answer] = await producer.send({ topic, messages: [{ partition, value: String(sent.value) }] });
    process.sent("ok", fromMs, [{ ...sent, offset: Number(answer!.baseOffset) }]);
  } catch {
    process.sent("info", fromMs, [sent]);
  }
}

/** Whenever the group has formed anew the member begins where something was committed, as a new process would. */
async function consume(consumer: Consumer, topic: string, process: Process, signal: AbortSignal): Promise<void> {
  await connected(consumer, signal);
  consumer.on(consumer.events.GROUP_JOIN, () => process.crashed());
  while (!signal.aborted) {
    try {
      await consumer.subscribe({ topic, fromBeginning: true });
      return await consumer.run({
        eachBatch: async ({ batch: { partition, messages } }) => {
          const records = messages.map(({ offset, value }): Polled => ({
            partition,
            offset: Number(offset),
            value: valueIn(String(value)),
          }));
          process.polled(process.nowMs, records);
        },
      });
    } catch {
      await sleep(pauseMs);
    }
  }
}
