import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tellScenarios } from "../../../test/support/scenarios.ts";
import { anomalyKinds } from "./anomalies.ts";
import { check } from "./check.ts";
import type { Operation } from "./operations.ts";
import { HistoryStory } from "./story.ts";

const stories = join(import.meta.dirname, "stories");

tellScenarios(stories, () => {
  const story = new HistoryStory();
  return { tell: (line) => story.tell(line) };
});

test.each(Object.keys(anomalyKinds))("%s has three planted positives and three negatives at least", (kind) => {
  const passages = readFileSync(join(stories, `${kind}.txt`), "utf8").split("\n\n");
  const found = passages.filter((passage) =>
    passage
      .split("----\n")[1]!
      .split("\n")
      .some((line) => line.startsWith(`${kind} `)),
  );
  expect(found.length).toBeGreaterThanOrEqual(3);
  expect(passages.length - found.length).toBeGreaterThanOrEqual(3);
});

/** Sends of one value, and polls that follow them, in turn: a history without anything wrong. */
function soundHistory(operations: number): Operation[] {
  const partitions = 10;
  const history: Operation[] = [];
  for (let index = 0; index < operations / 2; index++) {
    const [partition, offset, fromMs] = [index % partitions, Math.floor(index / partitions), index * 4];
    const record = { partition, offset, value: index };
    history.push({ f: "send", process: partition, outcome: "ok", fromMs, toMs: fromMs + 1, sends: [record] });
    history.push({ f: "poll", process: 100 + partition, outcome: "ok", fromMs: fromMs + 2, toMs: fromMs + 3, records: [record] });
  }
  return history;
}

test("a million operations are checked, and the one that was planted is found among them", () => {
  const history = soundHistory(1_000_000);
  const planted = history[500_001]!;
  history.splice(500_001, 1);
  const { counts, sent, polled } = check(history);
  expect(planted.f).toBe("poll");
  expect(Object.fromEntries(counts)).toEqual({ "lost-write": 1, "poll-skip": 1 });
  expect([sent.ok, polled]).toEqual([500_000, 499_999]);
});
