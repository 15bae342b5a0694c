import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { Outlet } from "../src/output/outlet.ts";
import { JsonReceipts, type Receipts, TextReceipts } from "../src/produce/receipts.ts";

const directory = mkdtempSync(join(tmpdir(), "millrace-receipts-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function told(
  makeReceipts: (outlet: Outlet) => Receipts,
  tell: (receipts: Receipts) => void,
): Promise<{ out: string; summary: string[] }> {
  const path = join(directory, "out");
  const descriptor = openSync(path, "w");
  const outlet = new Outlet(descriptor);
  const summary = vi.spyOn(console, "error").mockImplementation(() => {});
  const receipts = makeReceipts(outlet);
  tell(receipts);
  receipts.end();
  await outlet.flush();
  closeSync(descriptor);
  const lines = summary.mock.calls.map(String);
  summary.mockRestore();
  return { out: readFileSync(path, "utf8"), summary: lines };
}

const textReceipts = (outlet: Outlet) => new TextReceipts(outlet, { isImmediate: false });
const sentTo = (partition: number, offset: number | undefined) => ({ topic: "orders", partition, offset, timestampMs: 5 });

test("a few records are told one by one, in the order of their lines", async () => {
  const { out, summary } = await told(textReceipts, (receipts) => {
    receipts.sent(sentTo(0, 8), 2);
    receipts.sent(sentTo(1, 3), 1);
  });
  expect([out, summary]).toEqual(["orders-1 offset=3\norders-0 offset=8\n", []]);
});

test("of many records each partition is told in a line, on stderr", async () => {
  const { out, summary } = await told(textReceipts, (receipts) => {
    for (let line = 1; line <= 11; line++) receipts.sent(sentTo(line % 2, 20 - line), line);
  });
  expect([out, summary]).toEqual(["", ["orders-0 offset=10..18 records=5", "orders-1 offset=9..19 records=6"]]);
});

test("without acknowledgements there are no offsets to tell", async () => {
  expect((await told(textReceipts, (receipts) => receipts.sent(sentTo(0, undefined), 1))).out).toBe("orders-0\n");
});

test("programs get a JSON object for each record", async () => {
  const { out } = await told(
    (outlet) => new JsonReceipts(outlet, "jsonl"),
    (receipts) => receipts.sent(sentTo(0, 7), 1),
  );
  expect(JSON.parse(out)).toEqual({ topic: "orders", partition: 0, offset: 7, timestamp: 5 });
});
