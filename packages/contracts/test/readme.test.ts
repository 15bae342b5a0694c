import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("the README's example says what it does", async () => {
  const readme = await readFile(join(import.meta.dirname, "../README.md"), "utf8");
  const [, example] = /```ts\n(.+?)```/s.exec(readme)!;
  const options = { cwd: import.meta.dirname };
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module-typescript", "--eval", example!], options);
  expect(stdout.split("\n")).toEqual([expect.stringMatching(/^\/millrace\.log\.v1\.Log\/Produce \d+$/), "42", ""]);
});
