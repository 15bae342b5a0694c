import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { hasProgram, runCommand } from "../support/command.ts";

const isThere = hasProgram("python3", "-c", "import confluent_kafka");

describe.skipIf(!isThere)(`confluent-kafka for Python${isThere ? "" : " (left out: there is none)"}`, () => {
  let broker: BrokerProcess;
  beforeAll(async () => {
    broker = await BrokerProcess.start();
  });
  afterAll(async () => {
    await broker[Symbol.asyncDispose]();
  });

  test.each(["admin", "produce-consume", "static-member", "timestamps"])("%s", async (story) => {
    const { code, stderr } = await runCommand("python3", [join(import.meta.dirname, "python/stories.py"), story, broker.bootstrap]);
    expect([code, stderr]).toEqual([0, ""]);
  });
});
