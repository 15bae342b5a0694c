import { MillraceError } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { clusterIdOf } from "../src/cluster-id.ts";
import { exitCodeOf } from "../src/exit-codes.ts";
import { misuse } from "../src/option-values.ts";
import { linesOf } from "../src/print-error.ts";

test.each([
  [new MillraceError("NOT_ENOUGH_REPLICAS"), 1],
  [new Error("something else"), 1],
  [misuse("--from: must be start"), 2],
  [new MillraceError("UNKNOWN_TOPIC_OR_PARTITION"), 3],
  [new MillraceError("GROUP_ID_NOT_FOUND"), 3],
  [new MillraceError("REQUEST_TIMED_OUT"), 4],
  [new MillraceError("CONNECTION_FAILED"), 4],
])("%s ends a command with %d", (error, exitCode) => {
  expect(exitCodeOf(error)).toBe(exitCode);
});

test("an error says what to do next, and keeps to itself what only the client needs", () => {
  const error = new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", {
    topic: "ordres",
    peer: "127.0.0.1:9092",
    path: "/admin",
    nearest: "orders",
  });
  expect(linesOf(error)).toEqual([
    "UNKNOWN_TOPIC_OR_PARTITION: there is no such topic or partition here (topic=ordres); did you mean orders?",
  ]);
});

test("a name that resembles none is followed by the command that lists them", () => {
  expect(linesOf(new MillraceError("GROUP_ID_NOT_FOUND", { groupId: "x" }))[0]).toMatch(/; millrace group list shows what there is$/);
});

test("the cluster's id is the option's, or else the environment's, where that is not empty", () => {
  expect(clusterIdOf("a", { CLUSTER_ID: "b" })).toBe("a");
  expect(clusterIdOf(undefined, { CLUSTER_ID: "b" })).toBe("b");
  expect(clusterIdOf(undefined, { CLUSTER_ID: "" })).toBeUndefined();
  expect(clusterIdOf(undefined, {})).toBeUndefined();
});
