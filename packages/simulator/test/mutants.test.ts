import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hunt, mutants } from "../src/command/mutant-copy.ts";

const root = join(import.meta.dirname, "../../..");

test.each(mutants())("$name can be planted in the sources of today", ({ path, story }) => {
  execFileSync("git", ["apply", "--check", path], { cwd: root });
  expect(story).toMatch(/\.$/);
});

test("a planted bug is found, and the sources are left alone", () => {
  const mutant = mutants().find(({ name }) => name.startsWith("33"))!;
  expect(hunt(mutant, 60).failure).toContain("property=P8");
  execFileSync("git", ["apply", "--check", mutant.path], { cwd: root });
});
