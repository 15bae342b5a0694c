import { bytes, json, type Message, type Mill, type Producer, type Received, text, tombstones, topic } from "@millrace/client";
import { expectTypeOf, test } from "vitest";
import { z } from "zod";

const Order = z.object({ id: z.string(), amount: z.number().default(0) });
const orders = topic("orders", { key: text, value: json(Order) });
const refunds = topic("refunds", { key: text, value: tombstones(json(z.object({ refund: z.number() }))) });
const audit = topic("audit", { value: bytes });

test("a message holds the input of the topic's schema", () => {
  expectTypeOf<Message<typeof orders>["value"]>().toEqualTypeOf<{ id: string; amount?: number | undefined }>();
  expectTypeOf<Message<typeof orders>["key"]>().toEqualTypeOf<string>();
  expectTypeOf<Message<typeof refunds>["value"]>().toEqualTypeOf<{ refund: number } | null>();
});

test("a key may be left out where the topic names no codec for keys, and only there", () => {
  expectTypeOf<{ value: Uint8Array }>().toExtend<Message<typeof audit>>();
  expectTypeOf<{ value: { id: string } }>().not.toExtend<Message<typeof orders>>();
});

test("a record holds the output of the topic's schema", () => {
  expectTypeOf<Received<typeof orders>["value"]>().toEqualTypeOf<{ id: string; amount: number }>();
  expectTypeOf<Received<typeof orders>["topic"]>().toEqualTypeOf<"orders">();
  expectTypeOf<Received<typeof audit>["key"]>().toEqualTypeOf<Buffer | null>();
});

test("the topic of a record narrows its value", () => {
  const use = (record: Received<typeof orders | typeof refunds>) => {
    if (record.topic === "orders") expectTypeOf(record.value).toEqualTypeOf<{ id: string; amount: number }>();
    else expectTypeOf(record.value).toEqualTypeOf<{ refund: number } | null>();
  };
  expectTypeOf(use).toBeFunction();
});

declare const mill: Mill;

test("a consumer's handler gets the records of its topics, told apart by topic", () => {
  const use = () =>
    mill.consumer([orders, refunds], { group: "billing" }).run((record, { signal, attempt }) => {
      expectTypeOf(record.topic).toEqualTypeOf<"orders" | "refunds">();
      if (record.topic === "refunds") expectTypeOf(record.value).toEqualTypeOf<{ refund: number } | null>();
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
      expectTypeOf(attempt).toEqualTypeOf<number>();
    });
  expectTypeOf(use).toBeFunction();
});

test("raw records come only where they were asked for, and are told apart by their error", () => {
  const use = async () => {
    for await (const record of mill.consumer([orders], { group: "billing", undecodable: "raw" })) {
      if (record.undecodable === undefined) expectTypeOf(record.value).toEqualTypeOf<{ id: string; amount: number }>();
      else expectTypeOf(record.value).toEqualTypeOf<Buffer | null>();
    }
    for await (const record of mill.consumer([orders], { partitions: "all" }))
      expectTypeOf(record.value).toEqualTypeOf<{ id: string; amount: number }>();
  };
  expectTypeOf(use).toBeFunction();
});

test("what is sent must fit its topic", () => {
  const use = (producer: Producer) => {
    void producer.send(orders, { key: "7", value: { id: "7" } });
    void producer.send(audit, { value: Buffer.from("x") });
    // @ts-expect-error: the topic has keys
    void producer.send(orders, { value: { id: "7" } });
    // @ts-expect-error: the schema knows no such value
    void producer.send(orders, { key: "7", value: { id: 7 } });
    // @ts-expect-error: only tombstones are null
    void producer.send(orders, { key: "7", value: null });
    void producer.send(refunds, { key: "7", value: null });
  };
  expectTypeOf(use).toBeFunction();
});

test("a consumer is one of a group or of partitions, not both or neither", () => {
  const use = () => {
    // @ts-expect-error: neither
    mill.consumer([orders], { from: "earliest" });
    mill.consumer([orders], { partitions: [{ topic: "orders", partition: 0, from: 7 }] });
  };
  expectTypeOf(use).toBeFunction();
});
