import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { expect, test } from "vitest";
import { simulatedWorld } from "../src/simulated/index.ts";

test("the README's example does what it says", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, example] = /```ts\n([^`]*)```/.exec(readme)!;
  const AsyncFunction = (async () => {}).constructor as new (...texts: string[]) => (make: typeof simulatedWorld) => Promise<unknown>;
  const run = new AsyncFunction("simulatedWorld", `${stripTypeScriptTypes(example!)}\nreturn [entry.sizeBytes, world.nowMs > 60_000];`);
  expect(await run(simulatedWorld)).toEqual([7, true]);
});
