import { expect, test } from "vitest";
import { soak } from "./soak.ts";

test("a mixed load through two crashes: producers, a group and committed offsets lose nothing", async () => {
  const report = await soak({ durationMs: 3_000, crashEveryMs: 1_500, recordsPerSecond: 2_000 });
  expect(report).toMatchObject({ anomalies: [], faults: [], sendFailures: {} });
  expect(report.received).toBeGreaterThanOrEqual(report.acknowledged);
  expect(report.acknowledged).toBeGreaterThan(500);
});
