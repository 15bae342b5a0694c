import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pages } from "../scripts/docs.ts";

const root = join(import.meta.dirname, "..");

test.each([...pages()])("%s says what the code says (npm run docs writes it)", (path, text) => {
  expect(readFileSync(join(root, path), "utf8")).toBe(text);
});
