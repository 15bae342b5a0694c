import { setTimeout as sleep } from "node:timers/promises";
import { connect, type Producer, text, topic } from "@millrace/client";
import type { Sent } from "../checker/operations.ts";
import type { Process } from "./recorder.ts";
import { deliveryTimeoutMs, pauseMs, type StartWorkload } from "./workload.ts";

/** Values of one operation. */
const valuesPerSend = 4;

/** The SDK's producer, a process for each partition: its silence shows how long nothing could be written there. */
export const sdkProducers: StartWorkload = ({ bootstrap, topic: name, partitions }, recorder) => {
  const mill = connect(bootstrap, { signals: false });
  const producer = mill.producer({ acks: "all", deliveryTimeoutMs });
  const stopping = new AbortController();
  const run = async (process: Process, partition: number) => {
    while (!stopping.signal.aborted) {
      await send(producer, name, process, partition);
      await sleep(pauseMs);
    }
  };
  const running = Array.from({ length: partitions }, (_, partition) => run(recorder.process(), partition));
  return {
    faults: [],
    async stop() {
      stopping.abort();
      await Promise.all(running);
      await mill.close();
    },
  };
};

/** What is rejected may have been written all the same: its outcome is not known. */
async function send(producer: Producer, name: string, process: Process, partition: number): Promise<void> {
  const fromMs = process.nowMs;
  const values = Array.from({ length: valuesPerSend }, () => process.value());
  const sending = values.map((value) => producer.send(topicOf(name), { partition, value: String(value) }));
  const known: Sent[] = [];
  const unknown: Sent[] = [];
  for (const [index, result] of (await Promise.allSettled(sending)).entries()) {
    const sent = { partition, value: values[index]! };
    if (result.status === "fulfilled") known.push({ ...sent, offset: result.value.offset });
    else unknown.push(sent);
  }
  process.sent("ok", fromMs, known);
  process.sent("info", fromMs, unknown);
}

function topicOf(name: string) {
  return topic(name, { value: text });
}
