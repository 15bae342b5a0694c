import { Log } from "@millrace/contracts/log";
import { callMethod, serveMethod } from "@millrace/rpc";
import { MillraceError } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { serving } from "./support/serving.ts";

const timeoutMs = 10_000;

test("a method of a contract is served and called by its messages", async () => {
  const initProducer = serveMethod(Log.initProducer, async () => ({ producerId: 2 ** 40, producerEpoch: 3 }));
  await using its = await serving([initProducer]);
  expect(await callMethod(its.channel, Log.initProducer, {}, { timeoutMs })).toMatchObject({ producerId: 2 ** 40, producerEpoch: 3 });
});

test("a request that is no such message is INVALID_REQUEST", async () => {
  await using its = await serving([serveMethod(Log.listOffsets, async () => ({}))]);
  await expect(its.channel.call(Log.listOffsets.path, [Buffer.from([0x12, 0x7f])], { timeoutMs })).rejects.toMatchObject({
    code: "INVALID_REQUEST",
  });
});

test("an answer that is no such message is INVALID_REQUEST", async () => {
  await using its = await serving([{ kind: "unary", path: Log.listOffsets.path, handle: async () => [Buffer.from([0x0a, 0x7f])] }]);
  await expect(callMethod(its.channel, Log.listOffsets, {}, { timeoutMs })).rejects.toMatchObject({ code: "INVALID_REQUEST" });
});

test("a handler's error crosses by its code", async () => {
  const listOffsets = serveMethod(Log.listOffsets, async () => {
    throw new MillraceError("NOT_COORDINATOR", { groupId: "billing" });
  });
  await using its = await serving([listOffsets]);
  await expect(callMethod(its.channel, Log.listOffsets, {}, { timeoutMs })).rejects.toMatchObject({
    code: "NOT_COORDINATOR",
    facts: { groupId: "billing" },
  });
});
