import { apis, encodeRequest } from "@millrace/protocol";
import { expect, test } from "vitest";
import { expectedAnswers } from "./expected-answers.ts";
import { fuzz } from "./fuzz.ts";
import { isSound } from "./verdict.ts";

const inputs = 1_000;

test(`${inputs} bad inputs: each is answered as its version says, or its connection closes; nobody else notices`, async () => {
  const report = await fuzz({ inputs, seed: 1, warmUpInputs: 300 });
  expect(report).toMatchObject({ inputs, faults: [], complaints: [], aftermath: [], bystander: { faults: [], anomalies: [] } });
  expect(report.ends.closed).toBeGreaterThan(0.9 * inputs);
  expect(report.answers).toBeGreaterThan(inputs / 4);
  expect(report.bystander.acknowledged).toBeGreaterThan(10);
  expect(isSound(report), JSON.stringify([report.memoryBefore, report.memoryAfter])).toBe(true);
});

test("what is owed for bytes ends where they are no request, and is uncertain behind a request without an answer", () => {
  const header = { apiVersion: 3, correlationId: 9, clientId: null };
  const asked = Buffer.concat(encodeRequest(apis.Heartbeat, header, { groupId: "", generationId: 1, memberId: "" }).parts);
  const silent = Buffer.concat(encodeRequest(apis.Produce, header, { acks: 0, timeoutMs: 0, topicData: [] }).parts);
  const owed = { name: "Heartbeat", version: 3, correlationId: 9 };
  expect(expectedAnswers(Buffer.concat([asked, asked]))).toEqual({ answers: [owed, owed], certain: 2 });
  expect(expectedAnswers(Buffer.concat([asked, Buffer.alloc(5, 0xff), asked]))).toEqual({ answers: [owed], certain: 1 });
  expect(expectedAnswers(Buffer.concat([asked, silent, asked]))).toEqual({ answers: [owed, owed], certain: 1 });
});
