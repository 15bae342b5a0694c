import { connect, text, topic } from "@millrace/client";
import { MillraceError } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { MemoryCluster } from "./support/memory-cluster.ts";

const orders = topic("orders", { value: text });

function fault(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toMatchObject({ code: "CONFIGURATION_INVALID" });
    return ((error as MillraceError).facts["faults"] as string[]).join("; ");
  }
  return "none";
}

test.each(["", " , ", "localhost", "localhost:", "localhost:0", "localhost:70000", "::1:9092", "[::1]", "http://localhost:9092"])(
  "%o is no address",
  (addresses) => {
    expect(fault(() => connect(addresses))).not.toBe("none");
  },
);

test.each(["localhost:9092", "a:1,b:2", "a:1, b:2,", "[::1]:9092", ["a:1", "b:2"]])("%o are addresses", (addresses) => {
  expect(fault(() => connect(addresses, { signals: false }))).toBe("none");
});

test("options out of their bounds are refused at once, all of them by name", () => {
  const mill = new MemoryCluster().client();
  expect(fault(() => mill.producer({ bufferBytesMax: 1, lingerMs: -1 }))).toMatch(/bufferBytesMax is 1.*; lingerMs is -1/);
  expect(fault(() => mill.producer({ deliveryTimeoutMs: Number.NaN }))).toMatch(/deliveryTimeoutMs is NaN/);
  expect(fault(() => mill.producer({ compression: "brotli" as never }))).toMatch(/compression is one of/);
  expect(fault(() => mill.consumer([orders], { group: "g", prefetchBytesMax: 0 }))).toMatch(/prefetchBytesMax/);
  expect(fault(() => mill.consumer([orders], { group: "g", sessionTimeoutMs: 5000 }))).toMatch(/two heartbeats/);
  expect(fault(() => connect("a:1", { requestTimeoutMs: 0 }))).toMatch(/requestTimeoutMs/);
  expect(fault(() => connect("a:1", { clientId: "Größe" }))).toMatch(/clientId/);
});

test("options that are undefined count as left out", () => {
  const mill = new MemoryCluster().client();
  expect(fault(() => mill.producer({ lingerMs: undefined, acks: undefined }))).toBe("none");
});
