import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { chaos } from "./chaos.ts";
import { printAnomaly } from "./checker/anomalies.ts";

const hasProc = existsSync("/proc/net/tcp");

test.skipIf(!hasProc)(
  "three brokers that crash, stand still and are cut off lose nothing that was acknowledged, and show it the same to all",
  async () => {
    const report = await chaos({ durationMs: 20_000, brokers: 3, partitions: 6, replicationFactor: 3, seed: 20 });
    expect(report.verdict.examples.map(printAnomaly)).toEqual([]);
    expect(report.complaints).toEqual([]);
    expect(report.episodes.length).toBeGreaterThan(1);
    expect(report.verdict.sent.ok).toBeGreaterThan(500);
  },
);
