import { expect, test } from "vitest";
import { Marks, shrink, type Cuts, type Verdict } from "../src/index.ts";

const found = (seed: number, property: "P8" | undefined): Verdict => ({
  seed,
  cluster: "broker",
  failure: property && { property, step: 10, atMs: 100_000, text: "" },
  events: 10,
  operations: 1,
  virtualMs: 100,
  hash: "",
  marks: new Marks(),
});

test("of a failing run there is left what the failure needs: two faults, one client, one operation", async () => {
  const needs = ({ faults, operations }: Cuts) => faults!.includes(2) && faults!.includes(5) && operations!.includes("fetch");
  const { cuts, runs } = await shrink(async (each) => found(149, needs(each) ? "P8" : undefined), found(149, "P8"));
  expect(cuts).toEqual({ faults: [2, 5], clients: 1, operations: ["fetch"] });
  expect(runs).toBeLessThan(80);
});

test("a run that fails by another property is no smaller run of this one", async () => {
  const { cuts, verdict } = await shrink(async () => ({ ...found(149, "P8"), failure: undefined }), found(149, "P8"));
  expect(verdict.failure?.property).toBe("P8");
  expect(cuts.operations!.length).toBeGreaterThan(10);
});
