import { expect, test } from "vitest";
import { drawPlan, failureLine, simulate } from "../src/index.ts";

test("the README's example does what it says", async () => {
  const plan = drawPlan(4711, {}, "broker");
  const verdict = await simulate(plan);
  expect(failureLine(verdict)).toBe("SIM OK seed=4711 cluster=broker");
  expect((await simulate(plan)).hash).toBe(verdict.hash);
});
