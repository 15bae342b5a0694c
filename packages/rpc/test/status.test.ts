import * as grpc from "@grpc/grpc-js";
import { catalogue, type ErrorCode, MillraceError } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { errorToTell, reasonOf, statusOf } from "../src/status.ts";

const codes = Object.keys(catalogue) as ErrorCode[];

test("every error crosses with its code and facts", () => {
  for (const code of codes)
    expect(reasonOf(statusOf(grpc, new MillraceError(code, { partition: "orders-3" })))).toEqual({
      code,
      facts: { partition: "orders-3" },
    });
});

test("no error is told with the status that means success", () => {
  for (const code of codes) expect(statusOf(grpc, new MillraceError(code)).code).not.toBe(grpc.status.OK);
});

test.each([
  ["UNKNOWN_TOPIC_OR_PARTITION", grpc.status.NOT_FOUND],
  ["NOT_LEADER_OR_FOLLOWER", grpc.status.UNAVAILABLE],
  ["TOPIC_AUTHORIZATION_FAILED", grpc.status.PERMISSION_DENIED],
  ["SASL_AUTHENTICATION_FAILED", grpc.status.UNAUTHENTICATED],
  ["INVALID_REQUEST", grpc.status.INVALID_ARGUMENT],
  ["MESSAGE_TOO_LARGE", grpc.status.RESOURCE_EXHAUSTED],
  ["ILLEGAL_GENERATION", grpc.status.FAILED_PRECONDITION],
] as const)("%s has the status that says about the same", (code, status) => {
  expect(statusOf(grpc, new MillraceError(code)).code).toBe(status);
});

test.each([
  [grpc.status.DEADLINE_EXCEEDED, "REQUEST_TIMED_OUT"],
  [grpc.status.UNAVAILABLE, "CONNECTION_FAILED"],
  [grpc.status.UNIMPLEMENTED, "UNSUPPORTED_VERSION"],
  [grpc.status.INTERNAL, "UNKNOWN_SERVER_ERROR"],
  [grpc.status.DATA_LOSS, "UNKNOWN_SERVER_ERROR"],
  [99, "UNKNOWN_SERVER_ERROR"],
] as const)("status %i without our trailers is %s", (code, expected) => {
  expect(reasonOf({ code, details: "…", metadata: new grpc.Metadata() }).code).toBe(expected);
});

test("a code that this version does not know is UNKNOWN_SERVER_ERROR and keeps its name", () => {
  const metadata = new grpc.Metadata();
  metadata.set("millrace-code", "SOMETHING_NEW");
  expect(reasonOf({ code: grpc.status.UNKNOWN, details: "", metadata })).toEqual({
    code: "UNKNOWN_SERVER_ERROR",
    facts: { remoteCode: "SOMETHING_NEW" },
  });
});

test("the text is short and can be written as a URI, whatever the facts hold", () => {
  const { details } = statusOf(grpc, new MillraceError("CLOSED", { text: `${"\ud800".repeat(2000)}` }));
  expect(details.length).toBeLessThanOrEqual(3 * 1024);
  expect(() => encodeURI(details)).not.toThrow();
});

test("what is no MillraceError tells nothing of itself", () => {
  expect(errorToTell(new TypeError("secret"))).toMatchObject({ code: "UNKNOWN_SERVER_ERROR", facts: {} });
});
