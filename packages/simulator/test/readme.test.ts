import { expect, test } from "vitest";
import { drawPlan, failureLine, simulate } from "../src/index.ts";

test("the README's example does what it says", async () => {
  const verdict = await simulate(drawPlan(4711));
  expect(failureLine(verdict)).toBe("SIM OK seed=4711");
  expect((await simulate(drawPlan(4711))).hash).toBe(verdict.hash);
});
