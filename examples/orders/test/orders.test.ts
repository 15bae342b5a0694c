import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BrokerProcess } from "../../../e2e/support/broker-process.ts";
import { runCommand } from "../../../e2e/support/command.ts";

let broker: BrokerProcess;
beforeAll(async () => {
  broker = await BrokerProcess.start();
});
afterAll(async () => {
  await broker[Symbol.asyncDispose]();
});

async function run(program: string, count: number): Promise<string> {
  const { code, stdout, stderr } = await runCommand(process.execPath, [
    join(import.meta.dirname, "../src", program),
    String(count),
    broker.bootstrap,
  ]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout.toString();
}

test("what the shop places, billing charges once each, going on where it stopped", async () => {
  expect(await run("shop.ts", 20)).toBe("placed 20 orders\n");
  const first = chargedIn(await run("billing.ts", 12));
  expect(await run("shop.ts", 5)).toBe("placed 5 orders\n");
  expect(first + chargedIn(await run("billing.ts", 25 - first))).toBe(25);
});

function chargedIn(output: string): number {
  return Number(/^charged (\d+) orders\n$/.exec(output)?.[1]);
}
