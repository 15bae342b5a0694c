import { bytes, json, type Message, type Received, text, tombstones, topic } from "@millrace/client";
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
