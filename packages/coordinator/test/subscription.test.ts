import * as fc from "fast-check";
import { expect, test } from "vitest";
import { subscribedTopics } from "../src/groups/subscription.ts";
import { subscription } from "./support/fixtures.ts";

test("topics are read from a subscription of any version, whatever follows them", () => {
  for (const version of [0, 1, 3, 99]) {
    const metadata = Buffer.concat([subscription(["orders", "größe"]), Buffer.from("what later versions add")]);
    metadata.writeInt16BE(version, 0);
    expect(subscribedTopics(metadata)).toEqual(["orders", "größe"]);
  }
});

test("bytes that are no subscription are none, and cost no memory", () => {
  const lie = Buffer.from([0, 0, 0x7f, 0xff, 0xff, 0xff, 0, 1]);
  expect(subscribedTopics(lie)).toBe(undefined);
  expect(subscribedTopics(Buffer.alloc(0))).toBe(undefined);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const topics = subscribedTopics(Buffer.from(bytes));
      expect(topics === undefined || topics.length <= bytes.length / 2).toBe(true);
    }),
  );
  const whole = subscription(["orders", "refunds"]);
  for (let end = 0; end < whole.length - 4; end++) expect(subscribedTopics(whole.subarray(0, end))).toBe(undefined);
});
