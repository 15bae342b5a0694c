import * as fc from "fast-check";
import { MillraceError } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { decodeAssignment, decodeSubscription, encodeAssignment, encodeSubscription } from "../src/group/consumer-protocol.ts";

function hex(digits: string): Buffer {
  return Buffer.from(digits.replaceAll(" ", ""), "hex");
}

test("a subscription is Kafka's, byte by byte", () => {
  expect(encodeSubscription(["orders"])).toEqual(hex("0000 00000001 0006 6f7264657273 ffffffff"));
});

test("an assignment is Kafka's, byte by byte", () => {
  const bytes = encodeAssignment(new Map([["orders", [0, 2]]]));
  expect(bytes).toEqual(hex("0000 00000001 0006 6f7264657273 00000002 00000000 00000002 ffffffff"));
});

test("a subscription of version 3 is read as far as it is known", () => {
  // Version, topics, user data, owned partitions, generation, rack: as Kafka's Java client of version 4 writes it.
  const bytes = hex("0003 00000001 0006 6f7264657273 ffffffff 00000000 ffffffff ffff");
  expect(decodeSubscription(bytes)).toEqual(["orders"]);
});

test("what was written is read", () => {
  const topics = fc.uniqueArray(fc.string({ maxLength: 20 }));
  const partitions = fc.array(fc.tuple(fc.string(), fc.array(fc.nat()))).map((entries) => new Map(entries));
  fc.assert(fc.property(topics, (names) => void expect(decodeSubscription(encodeSubscription(names))).toEqual(names)));
  fc.assert(fc.property(partitions, (assigned) => void expect(decodeAssignment(encodeAssignment(assigned))).toEqual(assigned)));
});

test("no bytes at all are no partitions", () => {
  expect(decodeAssignment(Buffer.alloc(0))).toEqual(new Map());
});

test("any bytes are read or INVALID_REQUEST", () => {
  const read = fc.constantFrom(decodeAssignment, decodeSubscription);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), read, (bytes, decode) => {
      try {
        decode(Buffer.from(bytes));
      } catch (error) {
        expect(error).toMatchObject({ code: "INVALID_REQUEST" } satisfies Partial<MillraceError>);
      }
    }),
    { numRuns: 2000 },
  );
});

test("a count beyond the bytes is refused before anything is made of it", () => {
  expect(() => decodeSubscription(hex("0000 7fffffff"))).toThrow(/INVALID_REQUEST.*count=2147483647/);
});
