import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";

test("the example of the client's README says what it does", async () => {
  await using broker = await BrokerProcess.start();
  const readme = await readFile(join(import.meta.dirname, "../../packages/client/README.md"), "utf8");
  const [, example] = /```ts\n(.+?)```/s.exec(readme)!;
  const source = example!.replace("localhost:9092", broker.bootstrap);
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module-typescript", "--eval", source], {
    cwd: import.meta.dirname,
  });
  expect(stdout).toBe("0 7 12\n0 8 30\n");
});
