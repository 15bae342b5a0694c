import { MillraceError } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { decodeMessage, decodeStrictly, encodeMessage, errorOf, failureOf } from "@millrace/contracts";
import { AlterConfigsRequest, ConfigVerb, NewTopic } from "@millrace/contracts/admin";
import { Groups, JoinRequest } from "@millrace/contracts/groups";
import { Acks, Log, ProduceRequest, ProduceResult } from "@millrace/contracts/log";

test("64-bit integers are numbers, exact up to 2^53", () => {
  for (const baseOffset of [0, -1, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])
    expect(decodeMessage(ProduceResult, encodeMessage(ProduceResult, { baseOffset })).baseOffset).toBe(baseOffset);
});

test("what was not there is a field all the same, and is spread with the others", () => {
  const { memberId, groupInstanceId, sessionTimeoutMs, protocols } = { ...decodeMessage(JoinRequest, Buffer.alloc(0)) };
  expect({ memberId, groupInstanceId, sessionTimeoutMs, protocols }).toEqual({
    memberId: "",
    groupInstanceId: null,
    sessionTimeoutMs: 0,
    protocols: [],
  });
  const zero = Buffer.from([0x20, 0x00]); // sessionTimeoutMs: 0, written out
  expect({ ...decodeMessage(JoinRequest, zero) }).toHaveProperty("sessionTimeoutMs", 0);
});

test("services name their methods as gRPC does", () => {
  expect(Log.produce).toMatchObject({ path: "/millrace.log.v1.Log/Produce", kind: "stream" });
  expect(Groups.join).toMatchObject({ path: "/millrace.groups.v1.Groups/Join", kind: "unary", request: JoinRequest });
});

test("enums are named without the prefix that protobuf needs", () => {
  expect(Acks).toEqual({ ALL: 0, LEADER: 1, NONE: 2 });
  expect(ConfigVerb.SUBTRACT).toBe(3);
});

test("maps keep keys that objects have of themselves", () => {
  const configs = Object.fromEntries([
    ["__proto__", "1"],
    ["constructor", "2"],
  ]);
  const topic = decodeMessage(NewTopic, encodeMessage(NewTopic, { configs }));
  expect(Object.entries(topic.configs)).toEqual(Object.entries(configs));
  expect(Object.getPrototypeOf(topic.configs)).toBe(Object.prototype);
});

test("an error crosses with its code and facts", () => {
  const error = errorOf(failureOf(new MillraceError("NOT_LEADER_OR_FOLLOWER", { partition: "orders-3", leader: 2 })));
  expect(error).toMatchObject({ code: "NOT_LEADER_OR_FOLLOWER", facts: { partition: "orders-3", leader: 2 } });
});

test("a code that this version does not know is UNKNOWN_SERVER_ERROR and keeps its name among the facts", () => {
  expect(errorOf({ code: "toString", facts: '{"at":1}' })).toMatchObject({
    code: "UNKNOWN_SERVER_ERROR",
    facts: { at: 1, remoteCode: "toString" },
  });
});

test("facts that are too long are left out, whole", () => {
  expect(failureOf(new MillraceError("CLOSED", { text: "x".repeat(5000) })).facts).toBe("");
});

test("facts of another process that are no JSON object, or too long, are none", () => {
  for (const facts of ["[1]", "7", "null", "{", `{"x":"${"x".repeat(5000)}"}`])
    expect(errorOf({ code: "CLOSED", facts }).facts).toEqual({});
});

test("replicated state with an unknown field, however deep, is LEVEL_UNKNOWN", () => {
  const known = encodeMessage(AlterConfigsRequest, { changes: [{ resource: { name: "orders" }, operations: [{ key: "a" }] }] });
  expect(decodeStrictly(AlterConfigsRequest, known).changes[0]!.operations[0]!.key).toBe("a");
  const unknown = Buffer.from([0xa0, 0x06, 0x01]);
  expect(() => decodeStrictly(AlterConfigsRequest, Buffer.concat([known, unknown]))).toThrow(/LEVEL_UNKNOWN/);
  const deep = Buffer.from([0x0a, 2 + unknown.length, 0x1a, unknown.length, ...unknown]);
  expect(() => decodeStrictly(AlterConfigsRequest, deep)).toThrow(/LEVEL_UNKNOWN/);
});

test("replicated state that is no message is DATA_DAMAGED", () => {
  expect(() => decodeStrictly(ProduceRequest, Buffer.from([0x22, 0x7f]))).toThrow(/DATA_DAMAGED/);
});
