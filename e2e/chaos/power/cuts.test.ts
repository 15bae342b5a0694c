import { expect, test } from "vitest";
import { printAnomaly } from "../checker/anomalies.ts";
import { powerCuts } from "./cuts.ts";
import { powerCutsMissing } from "./library.ts";

const missing = powerCutsMissing();
if (missing !== undefined) console.log(`left out: ${missing}`);

test.skipIf(missing !== undefined).each([
  { durability: "synced", claim: "a power cut of every machine at once loses nothing that was acknowledged as synced" },
  {
    durability: "replicated",
    claim: "power cuts lose nothing that was acknowledged as replicated while one replica in sync keeps its power",
  },
] as const)("$claim", async ({ durability }) => {
  const { verdict, complaints, riskyElections } = await powerCuts({ durability, cuts: 3, seed: 1 });
  expect(verdict.examples.map(printAnomaly)).toEqual([]);
  expect(complaints).toEqual([]);
  expect(verdict.sent.ok).toBeGreaterThan(100);
  if (durability === "replicated") expect(riskyElections).toBe(0);
});

test.skipIf(missing !== undefined)(
  "where every machine loses its power, page caches are no promise: leaders that may lack records are counted",
  async () => {
    // The first cut of this seed meets all three.
    const { complaints, riskyElections } = await powerCuts({ durability: "replicated", machinesMax: 3, cuts: 1, seed: 1 });
    expect(complaints).toEqual([]);
    expect(riskyElections).toBeGreaterThan(0);
  },
);
