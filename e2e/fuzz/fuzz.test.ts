import { expect, test } from "vitest";
import { expectedAnswers } from "./expected-answers.ts";
import { fuzz } from "./fuzz.ts";
import { isSound } from "./verdict.ts";

const inputs = 1_000;

test(`${inputs} bad inputs: each is answered as its version says, or its connection closes; nobody else notices`, async () => {
  const report = await fuzz({ inputs, seed: 1, warmUpInputs: 300 });
  expect(report).toMatchObject({ inputs, faults: [], complaints: [], bystander: { faults: [], anomalies: [] } });
  expect(report.ends.closed).toBeGreaterThan(0.9 * inputs);
  expect(report.answers).toBeGreaterThan(inputs / 4);
  expect(report.bystander.acknowledged).toBeGreaterThan(10);
  expect(isSound(report), JSON.stringify([report.memoryBefore, report.memoryAfter])).toBe(true);
});

test("what is owed for bytes ends where they are no request, and is uncertain behind a request without an answer", () => {
  const apiVersions = Buffer.from("0000000a" + "0012" + "0000" + "00000009" + "ffff", "hex");
  const silent = Buffer.from("00000012" + "0000" + "0003" + "00000001" + "ffff" + "ffff" + "0000" + "00000000" + "00000000", "hex");
  const sized = Buffer.concat([Buffer.from([0, 0, 0, silent.length - 4]), silent.subarray(4)]);
  const owed = { name: "ApiVersions", version: 0, correlationId: 9 };
  expect(expectedAnswers(Buffer.concat([apiVersions, apiVersions]))).toEqual({ answers: [owed, owed], certain: 2 });
  expect(expectedAnswers(Buffer.concat([apiVersions, Buffer.alloc(5, 0xff), apiVersions]))).toEqual({ answers: [owed], certain: 1 });
  expect(expectedAnswers(Buffer.concat([apiVersions, sized, apiVersions]))).toEqual({ answers: [owed, owed], certain: 1 });
});
