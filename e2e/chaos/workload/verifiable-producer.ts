import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { kafkaClassPath } from "../../support/kafka-tools.ts";
import type { StartWorkload } from "./workload.ts";

const recordsPerSecond = 100;
/** What it sent last may not have been told: at this rate, what it sent in a longer time than anything lasts here. */
const untoldMax = 3_000;

/** A line that Kafka's verifiable producer prints. */
interface Told {
  readonly name: string;
  readonly value?: string;
  readonly partition?: number;
  readonly offset?: number;
}

/** Kafka's own verifiable producer, in Java, which sends to all partitions. `kafkaToolsMissing` must have been asked. */
export const verifiableProducer: StartWorkload = ({ bootstrap, topic, partitions }, recorder) => {
  const process = recorder.process();
  const load = ["--topic", topic, "--acks", "-1", "--throughput", String(recordsPerSecond), "--value-prefix", String(process.id)];
  const args = ["-Xmx256m", ...kafkaClassPath(), "org.apache.kafka.tools.VerifiableProducer", "--bootstrap-server", bootstrap, ...load];
  const child = spawn("java", args, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(child, "close");
  const told = new Set<number>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { name, value, partition, offset } = JSON.parse(line) as Told;
    if (name !== "producer_send_success") return;
    const number = Number(value!.split(".")[1]);
    told.add(number);
    // It does not say when it sent a record: at any time since the beginning.
    process.sent("ok", 0, [{ partition: partition!, value: process.valueOf(number), offset: offset! }]);
  });
  return {
    faults: [],
    async stop() {
      child.kill("SIGTERM");
      await ended;
      for (const number of untold(told))
        for (let partition = 0; partition < partitions; partition++)
          process.sent("info", 0, [{ partition, value: process.valueOf(number) }]);
    },
  };
};

/** Numbers that it may have sent without saying so; to which partition, nobody knows. */
function untold(told: ReadonlySet<number>): number[] {
  const newest = [...told].reduce((highest, number) => Math.max(highest, number), -1);
  return Array.from({ length: newest + untoldMax }, (_, number) => number).filter((number) => !told.has(number));
}
