import { MiB } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { recoverUnderLoad } from "./recovery.ts";

test("a start after kill -9 reads the end of the logs and no more, and everything acknowledged is there", async () => {
  const report = await recoverUnderLoad({ bytes: 300 * MiB, segmentBytes: 8 * MiB });
  expect(report.writtenBytes).toBeGreaterThan(2 * report.readBytesMax);
  expect(report.readBytes).toBeLessThanOrEqual(report.readBytesMax);
  expect(report.short).toEqual([]);
});
