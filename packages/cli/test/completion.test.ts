import { expect, test } from "vitest";
import { complete } from "../src/completion/completion.ts";
import { program } from "../src/program.ts";

function candidates(...words: string[]): string[] {
  const completion = complete(program(), words);
  return completion.kind === "words" ? completion.candidates.map(({ word }) => word) : [completion.kind];
}

test("commands are completed, and hidden ones are not", () => {
  expect(candidates("co")).toEqual(["consume", "completion"]);
  expect(candidates("")).not.toContain("__complete");
  expect(candidates("topic", "d")).toEqual(["describe", "delete"]);
});

test("options are completed with those of their command", () => {
  expect(candidates("consume", "orders", "--fo")).toEqual(["--follow", "--format"]);
});

test("the choices of an option are completed", () => {
  expect(candidates("produce", "orders", "-z", "")).toEqual(["none", "gzip", "snappy", "lz4", "zstd"]);
});

test("topics, groups and files are completed where they belong, also as values of options", () => {
  expect(candidates("topic", "describe", "")).toEqual(["topics"]);
  expect(candidates("consume", "orders", "")).toEqual(["topics"]);
  expect(candidates("group", "describe", "")).toEqual(["groups"]);
  expect(candidates("consume", "orders", "--group", "")).toEqual(["groups"]);
  expect(candidates("produce", "orders", "-f", "")).toEqual(["files"]);
});

test("names are asked of the cluster that the line names", () => {
  expect(complete(program(), ["topic", "describe", "-b", "other:9092", "or"])).toEqual({
    kind: "topics",
    prefix: "or",
    bootstrapServer: "other:9092",
  });
});

test("behind -- nothing is an option", () => {
  expect(candidates("consume", "--", "-")).toEqual(["topics"]);
});
