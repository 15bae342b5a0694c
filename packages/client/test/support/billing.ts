import { type GroupOptions, type Mill, text, topic } from "@millrace/client";
import type { MemoryCluster } from "./memory-cluster.ts";

export const orders = topic("orders", { key: text, value: text });

/** Puts values into a partition; their keys are their first letters. */
export async function produce(cluster: MemoryCluster, values: readonly string[], partition = 0): Promise<void> {
  const mill = cluster.client("producer", { clientId: "producer" });
  const producer = mill.producer();
  await cluster.drive(Promise.all(values.map((value) => producer.send(orders, { key: value[0]!, value, partition }))));
  await cluster.drive(mill.close());
}

/** A member of a group that reads from the beginning. */
export function billing(mill: Mill, options: Partial<GroupOptions> = {}) {
  return mill.consumer([orders], { group: "billing", from: "earliest", ...options });
}

/** Takes so many records by a loop, done with each. */
export async function take(consumer: ReturnType<typeof billing>, count: number): Promise<string[]> {
  const values: string[] = [];
  for await (const record of consumer) {
    values.push(record.value);
    consumer.done(record);
    if (values.length === count) break;
  }
  return values;
}
