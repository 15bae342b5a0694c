import { createHistogram, type RecordableHistogram } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Figures } from "./alternation.ts";

/** Does one operation; what is timed is how long its promise takes. */
export type Operation = () => Promise<unknown>;

/** Node's timers count whole milliseconds: what comes this late is the timer's doing, later than that the loop's. */
const timerSlackMs = 1;
const microseconds = 1000;

/** One operation at a time: the next begins when the last is acknowledged. Says what an idle broker takes. */
export async function closedLoop(operation: Operation, durationMs: number): Promise<Figures> {
  const histogram = createHistogram();
  for (const endMs = performance.now() + durationMs; performance.now() < endMs;) await timed(operation, performance.now(), histogram);
  return figuresOf(histogram, durationMs);
}

/**
 * Operations at a fixed rate, whether the earlier ones have ended or not, so that a broker that stands still is not asked less often
 * for it. An operation that begins late counts from the time at which it was due.
 */
export async function openLoop(operation: Operation, ratePerSecond: number, durationMs: number): Promise<Figures> {
  const histogram = createHistogram();
  const startMs = performance.now();
  const dueMs = (index: number) => startMs + (index * 1000) / ratePerSecond;
  const count = Math.floor((ratePerSecond * durationMs) / 1000);
  const underWay: Promise<void>[] = [];
  for (let index = 0; index < count;) {
    for (const nowMs = performance.now(); index < count && dueMs(index) <= nowMs; index++) {
      underWay.push(timed(operation, Math.min(nowMs, dueMs(index) + timerSlackMs), histogram));
    }
    await sleep(1);
  }
  await Promise.all(underWay);
  return figuresOf(histogram, performance.now() - startMs);
}

async function timed(operation: Operation, fromMs: number, histogram: RecordableHistogram): Promise<void> {
  await operation();
  histogram.record(Math.max(1, Math.round((performance.now() - fromMs) * microseconds)));
}

function figuresOf(histogram: RecordableHistogram, tookMs: number): Figures {
  const percentileMs = (percent: number) => histogram.percentile(percent) / microseconds;
  const percentiles = { p50Ms: percentileMs(50), p99Ms: percentileMs(99), p999Ms: percentileMs(99.9), maxMs: histogram.max / microseconds };
  return { ...percentiles, perSecond: (histogram.count / tookMs) * 1000 };
}
