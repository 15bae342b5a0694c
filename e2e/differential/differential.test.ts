import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kafkaToolsMissing } from "../support/kafka-tools.ts";
import type { Difference } from "./comparison.ts";
import { Explanations } from "./explanations.ts";
import { generatedScenarios } from "./generated/scenarios.ts";
import { malformedScenarios } from "./malformed.ts";
import { Pair } from "./pair.ts";
import { recordedScenarios } from "./recorded.ts";
import { scenarios } from "./scenarios/index.ts";

/** `npm run differential -- --seed N --runs N` sets both; by default few requests are drawn, and always the same. */
const generation = {
  seed: Number(process.env["DIFFERENTIAL_SEED"] ?? 4711),
  runs: Number(process.env["DIFFERENTIAL_RUNS"] ?? 4),
};

const missing = await kafkaToolsMissing();

describe.skipIf(missing !== undefined)(`Kafka and Millrace${missing === undefined ? "" : ` (left out: ${missing})`}`, () => {
  let pair: Pair;
  const explanations = new Explanations();
  beforeAll(async () => {
    pair = await Pair.start();
  });
  afterAll(async () => {
    await pair?.[Symbol.asyncDispose]();
  });

  test.each(scenarios)("answer alike: $title", async (scenario) => {
    expect(report(explanations.unexplained(await pair.play(scenario)))).toBe("");
  });

  test.each(recordedScenarios())("answer alike: $title", async (scenario) => {
    expect(report(explanations.unexplained(await pair.play(scenario)))).toBe("");
  });

  test.each([...generatedScenarios(generation), ...malformedScenarios(generation)])("answer alike: $title", async (scenario) => {
    expect(report(explanations.unexplained(await pair.play(scenario)))).toBe("");
  });

  test("every difference that is explained is still there", () => {
    expect(explanations.idle.map(({ line }) => line)).toEqual([]);
  });

  test("no request made Millrace complain of an error of its own", () => {
    expect(pair.complaints).toEqual([]);
  });
});

/** Each difference once, with the versions that have it and the request that shows it. */
function report(differences: readonly Difference[]): string {
  const versions = new Map<string, number[]>();
  const requests = new Map<string, unknown>();
  for (const { api, version, situation, field, kafka, millrace, request } of differences) {
    const row = `| ${[api, field, situation, kafka, millrace].join(" | ")} |`;
    versions.set(row, [...(versions.get(row) ?? []), version]);
    requests.set(row, request);
  }
  return [...versions]
    .map(([row, all]) => `${row} versions ${[...new Set(all)].join(" ")}, ${JSON.stringify(requests.get(row))}`)
    .join("\n");
}
