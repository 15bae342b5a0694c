import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { JsonSequence } from "../src/output/json-sequence.ts";
import { Outlet } from "../src/output/outlet.ts";

const directory = mkdtempSync(join(tmpdir(), "millrace-outlet-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function written(write: (outlet: Outlet) => void | Promise<void>): Promise<Buffer> {
  const path = join(directory, "out");
  const descriptor = openSync(path, "w");
  const outlet = new Outlet(descriptor);
  await write(outlet);
  await outlet.flush();
  closeSync(descriptor);
  return readFileSync(path);
}

test("pieces come out in order, byte by byte, and are told once they are out", async () => {
  const calls: number[] = [];
  const bytes = await written((outlet) => {
    outlet.write("a");
    outlet.write(Buffer.from([0xff, 0x00]), () => calls.push(1));
    outlet.write("ä\n", () => calls.push(2));
    expect(calls).toEqual([]);
  });
  expect(bytes).toEqual(Buffer.concat([Buffer.from("a"), Buffer.from([0xff, 0x00]), Buffer.from("ä\n")]));
  expect(calls).toEqual([1, 2]);
});

test("what waits is bounded: there is no room until it has been written", async () => {
  await written(async (outlet) => {
    outlet.write(Buffer.alloc(1024 * 1024));
    outlet.write(Buffer.alloc(1024 * 1024));
    expect(outlet.hasRoom).toBe(false);
    await outlet.flush();
    expect(outlet.hasRoom).toBe(true);
  });
});

test("an output that cannot be written is an error, and what stood behind it is not told", async () => {
  const descriptor = openSync("/dev/full", "w");
  const outlet = new Outlet(descriptor);
  outlet.write("a", () => expect.unreachable());
  await expect(outlet.flush()).rejects.toThrow("ENOSPC");
  closeSync(descriptor);
});

test.each([
  [[], "[]\n"],
  [[{ a: 1 }], '[\n{"a":1}\n]\n'],
  [[{ a: 1 }, { b: 2 }], '[\n{"a":1},\n{"b":2}\n]\n'],
])("%j is one JSON array, one value a line", async (values, text) => {
  const bytes = await written((outlet) => {
    const sequence = new JsonSequence("json", outlet);
    for (const value of values) sequence.add(value);
    sequence.end();
  });
  expect(bytes.toString()).toBe(text);
});
