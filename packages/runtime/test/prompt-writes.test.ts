import { expect, test } from "vitest";
import { PromptWrites } from "../src/real/prompt-writes.ts";

const KiB = 1024;

test("small runs are written at once, large ones are not", () => {
  const prompt = new PromptWrites();
  expect([prompt.allows(128 * KiB, 0), prompt.allows(128 * KiB + 1, 0)]).toEqual([true, false]);
});

test("one slow write sends all that follow to the threads, for twice as long each time, and a minute at most", () => {
  const prompt = new PromptWrites();
  const pauses = [];
  let nowMs = 0;
  for (let slow = 0; slow < 8; slow++) {
    prompt.took(6, nowMs);
    let pauseMs = 0;
    while (!prompt.allows(1, nowMs + pauseMs)) pauseMs += 500;
    pauses.push(pauseMs);
    nowMs += pauseMs;
  }
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
});

test("after a minute without a slow write it begins anew", () => {
  const prompt = new PromptWrites();
  prompt.took(6, 0);
  prompt.took(6, 1_000);
  prompt.took(1, 70_000);
  prompt.took(6, 70_001);
  expect([prompt.allows(1, 71_000), prompt.allows(1, 71_001)]).toEqual([false, true]);
});
