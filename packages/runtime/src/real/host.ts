import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Host, LoopDelay } from "../ports/host.ts";

/** How often the loop's lateness is sampled; more often would wake an idle process for nothing. */
const sampleEveryMs = 20;

/** This machine and this process. Samples the loop's delay from now on. */
export function realHost(): Host {
  const histogram = monitorEventLoopDelay({ resolution: sampleEveryMs });
  histogram.enable();
  const lateMs = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - sampleEveryMs);
  return {
    name: hostname(),
    processId: process.pid,
    bootId: bootId(),
    residentBytes: () => process.memoryUsage.rss(),
    takeLoopDelay: (): LoopDelay => {
      const [p50, p99, p999] = [50, 99, 99.9].map((percent) => lateMs(histogram.percentile(percent)));
      const delay = { p50Ms: p50!, p99Ms: p99!, p999Ms: p999!, maxMs: lateMs(histogram.max) };
      histogram.reset();
      return delay;
    },
  };
}

/**
 * What the kernel calls this boot. Where it has no name, every start counts as a boot of its own: a crash is then taken
 * for a power cut, never the other way round.
 */
function bootId(): string {
  try {
    if (process.platform === "darwin") return execFileSync("sysctl", ["-n", "kern.bootsessionuuid"], { encoding: "utf8" }).trim();
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return randomUUID();
  }
}
