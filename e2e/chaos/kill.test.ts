import { expect, test } from "vitest";
import { killUnderLoad } from "./kill.ts";

const kills = 3;

test(`kill -9 under load, ${kills} times: what was acknowledged is there once, in order, and committed offsets never go back`, async () => {
  const report = await killUnderLoad({ kills, seed: 1 });
  expect(report).toMatchObject({ anomalies: [], offsetFaults: [], sendFailures: {} });
  expect(report.logFaults ?? []).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(1_000);
  expect(report.committedOffsets).toBeGreaterThan(10);
});
