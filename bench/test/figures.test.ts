import { expect, test } from "vitest";
import type { Run } from "../support/alternation.ts";
import { parseConsumerPerf } from "../support/consumer-perf.ts";
import { closedLoop, openLoop } from "../support/loops.ts";
import { wholeNumber } from "../support/options.ts";
import { machineFigures, processFigures } from "../support/process-figures.ts";
import { plot } from "../support/plot.ts";
import { parseProducerPerf, producerFigures } from "../support/producer-perf.ts";
import { ratioOfRuns, spreadOf } from "../support/spread.ts";
import { shares, table } from "../support/table.ts";

const runsOf = (figures: Record<string, number[]>): Run[] =>
  Object.entries(figures).flatMap(([target, values]) =>
    values.map((value, round) => ({ target, round, figures: { rate: value }, othersShare: 0 })),
  );

test("of producer-perf-test's output the summaries count, and one that is missing is an error", () => {
  const text = `12 records sent, 2.4 records/sec (0.00 MB/sec), 1.0 ms avg latency, 2.0 ms max latency.
1000 records sent, 500.0 records/sec (0.49 MB/sec), 486.12 ms avg latency, 999.00 ms max latency, 486 ms 50th, 900 ms 95th, 990 ms 99th, 998 ms 99.9th.\n`;
  expect(parseProducerPerf(text, 1)).toEqual([{ records: 1000, seconds: 2, p50Ms: 486, p99Ms: 990 }]);
  expect(() => parseProducerPerf(text, 2)).toThrow("of 2 producers 1 came to their end");
});

test("several producers are as fast as all their records until the slowest is done, and as late as the latest", () => {
  const [fast, slow] = [
    { records: 1000, seconds: 1, p50Ms: 4, p99Ms: 9 },
    { records: 1000, seconds: 2, p50Ms: 3, p99Ms: 12 },
  ];
  expect(producerFigures([fast!, slow!], 2 ** 20)).toEqual({ recordsPerSecond: 1000, mebibytesPerSecond: 1000, p50Ms: 4, p99Ms: 12 });
});

test("consumer-perf-test's rates are those without the rebalancing, and a topic that was not read to its end is an error", () => {
  const text = "2026-11-21 10:00:00:000, 2026-11-21 10:00:03:500, 976.5625, 279.0, 1000000, 285714.3, 500, 3000, 325.5, 333333.3\n";
  const slow = text.replace("3000,", "4000,");
  expect(parseConsumerPerf(text, 1_000_000, 1)).toEqual({ mebibytesPerSecond: 976.5625 / 3, recordsPerSecond: 1_000_000 / 3 });
  expect(parseConsumerPerf(text + slow, 1_000_000, 2)).toEqual({ mebibytesPerSecond: 976.5625 / 2, recordsPerSecond: 500_000 });
  expect(() => parseConsumerPerf(text, 1_000_001, 1)).toThrow("got 1000000 of 1000001 records");
  expect(() => parseConsumerPerf(text, 1_000_000, 2)).toThrow("of 2 consumers 1 came to their end");
});

test("a spread is the median between the least and the greatest", () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4 });
});

test("targets are compared within each round, so that a slow round counts for both", () => {
  const runs = runsOf({ millrace: [20, 10, 40], kafka: [10, 5, 20] });
  expect(ratioOfRuns(runs, "millrace", "kafka", "rate")).toEqual({ median: 2, min: 2, max: 2 });
});

test("the table's base is Kafka where it takes part, and the first target where not", () => {
  const columns = [{ figure: "rate", title: "MiB/s" }];
  expect(table(runsOf({ millrace: [20, 10, 42], kafka: [10, 5, 20] }), columns).split("\n")).toEqual([
    "| target | MiB/s |",
    "| --- | --- |",
    "| millrace | 20 (10–42), 2× (2–2.1) |",
    "| kafka | 10 (5–20) |",
  ]);
  expect(table(runsOf({ before: [4000], millrace: [6000] }), columns)).toContain("| before | 4,000 |\n| millrace | 6,000, 1.5× |");
  expect(table(runsOf({ millrace: [3, 4], kafka: [NaN, NaN] }), columns)).toContain("| millrace | 3.5 (3–4) |\n| kafka | – |");
});

test("what share of a limit is reached is said of the first target, in the first figure", () => {
  const runs = runsOf({ millrace: [20, 30], kafka: [10, 20], spike: [40, 30], null: [80, 60] });
  expect(shares(runs, { figure: "rate", title: "MiB/s" })).toEqual([
    "millrace reaches 0.75 (0.5–1) of the bare spike, in MiB/s.",
    "millrace reaches 0.375 (0.25–0.5) of what the client can do, in MiB/s.",
  ]);
  expect(shares(runsOf({ millrace: [20], kafka: [10] }), { figure: "rate", title: "MiB/s" })).toEqual([]);
});

test("a plot has a line for each series on logarithmic axes, and leaves out what has no place there", () => {
  const points = [1, 10, 100].map((x) => ({ x, y: x * 2 }));
  const svg = plot(
    [
      { name: "a < b", points },
      { name: "level", points: [{ x: 1, y: NaN }, ...points.slice(1).map(({ x }) => ({ x, y: 20 }))] },
    ],
    { title: "time, ms, by size", x: "size", y: "time, ms" },
  );
  const lines = [...svg.matchAll(/<path d="(M[^"]*)" fill="none"/g)].map(([, path]) =>
    path!
      .split(/[ML]/)
      .slice(1)
      .map((pair) => pair.split(" ").map(Number)),
  );
  const [rising, level] = lines;
  expect(rising!.map(([x]) => x)).toEqual([72, 346, 620]);
  expect(rising![1]![1]).toBeCloseTo((rising![0]![1]! + rising![2]![1]!) / 2, 0);
  expect(level!.map(([, y]) => y)).toEqual([rising![1]![1], rising![1]![1]]);
  expect(svg).toContain(">a &lt; b</text>");
});

test("a process's figures are there, and grow as it works", () => {
  const [before, machine] = [processFigures(process.pid), machineFigures()];
  for (let round = 0; processFigures(process.pid).cpuMs < before.cpuMs + 30; round++) Math.sqrt(round);
  const after = machineFigures();
  expect(before.residentPeakBytes).toBeGreaterThanOrEqual(before.residentBytes);
  expect(before.residentBytes).toBeGreaterThan(2 ** 20);
  expect(after.ownMs - machine.ownMs).toBeGreaterThanOrEqual(30);
  expect(after.busyMs).toBeGreaterThan(machine.busyMs);
});

test("numbers on the command line may have a factor, and must be whole", () => {
  expect(["20", "500k", "1_000", "2M"].map(wholeNumber)).toEqual([20, 500_000, 1000, 2_000_000]);
  for (const wrong of ["", "-1", "1.5", "5x", "k"]) expect(() => wholeNumber(wrong)).toThrow("a whole number");
});

test("the open loop begins every operation, however long the earlier ones take; the closed loop one at a time", async () => {
  let [underWay, most, begun] = [0, 0, 0];
  const operation = async () => {
    begun++;
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setTimeout(resolve, 20));
    underWay--;
  };
  await openLoop(operation, 500, 100);
  expect([begun, most > 1]).toEqual([50, true]);
  most = 0;
  await closedLoop(operation, 50);
  expect(most).toBe(1);
});
