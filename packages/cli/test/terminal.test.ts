import { expect, test } from "vitest";
import { folded } from "../src/output/terminal.ts";

test("a sentence breaks between words, and its further lines are indented", () => {
  expect(folded("no broker can be reached", 12, 2)).toBe("no broker\n  can be\n  reached");
});

test("a word that is longer than a line stays whole, since it may be to be copied", () => {
  expect(folded("see averylongword", 8, 2)).toBe("see\n  averylongword");
});

test("without a terminal a sentence is one line", () => {
  expect(folded("no broker can be reached", Infinity, 2)).toBe("no broker can be reached");
});
