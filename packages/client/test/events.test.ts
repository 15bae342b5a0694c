import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { json, text, topic } from "@millrace/client";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { MemoryCluster } from "./support/memory-cluster.ts";

const listening: (() => void)[] = [];
afterEach(() => {
  for (const stop of listening.splice(0)) stop();
});

/** What is told on a channel from now on. */
function told(name: string): unknown[] {
  const messages: unknown[] = [];
  const listener = (message: unknown) => void messages.push(message);
  subscribe(`millrace.client.${name}`, listener);
  listening.push(() => void unsubscribe(`millrace.client.${name}`, listener));
  return messages;
}

test("what happens in a client is told on diagnostics channels", async () => {
  const cluster = new MemoryCluster();
  cluster.createTopic("orders");
  const names = ["delivered", "undelivered", "assigned", "released", "committed", "undecodable", "handlerFailed"];
  const heard = Object.fromEntries(names.map((name) => [name, told(name)]));
  const plain = topic("orders", { key: text, value: text });
  const producer = cluster.client("producer").producer();
  await cluster.drive(producer.send(plain, { key: "a", value: "1" }));
  cluster.refusals.push("MESSAGE_TOO_LARGE");
  await cluster.drive(producer.send(plain, { key: "a", value: "2" }).catch(() => {}));
  await cluster.drive(producer.send(plain, { key: "a", value: '"x"' }));

  const numbers = topic("orders", { key: text, value: json(z.number()) });
  const consumer = cluster.client().consumer([numbers], { group: "billing", from: "earliest", undecodable: "skip" });
  const handle = (_: unknown, { attempt }: { attempt: number }) => {
    if (attempt === 1) throw new Error("not yet");
  };
  const run = consumer.run(handle, { onError: () => "retry" });
  await cluster.pass(5000);
  await cluster.drive(Promise.all([consumer.close(), run]));

  expect(heard).toMatchObject({
    delivered: [
      { topic: "orders", partition: 0, baseOffset: 0, records: 1 },
      { topic: "orders", partition: 0, baseOffset: 1 },
    ],
    undelivered: [{ topic: "orders", records: 1, error: { code: "MESSAGE_TOO_LARGE" } }],
    assigned: [{ group: "billing", memberId: "member-1", generationId: 1, partitions: [{ topic: "orders", partition: 0 }] }],
    committed: [{ group: "billing", offsets: [{ topic: "orders", partition: 0, offset: 2 }] }],
    undecodable: [{ topic: "orders", partition: 0, offset: 1, error: { code: "RECORD_UNDECODABLE" } }],
    handlerFailed: [{ topic: "orders", offset: 0, attempt: 1, error: { message: "not yet" } }],
  });
});
