import { readFileSync } from "node:fs";
import { join } from "node:path";
import { batchHeaderBytes, BatchView, readRecords } from "@millrace/records";
import { codeOf } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { decodeGroupRecord } from "../src/stored/decode.ts";
import type { GroupMetadataRecord } from "../src/stored/group-record.ts";
import { groupEntry, offsetEntry } from "../src/stored/entries.ts";
import { Fixture } from "./support/coordinator.ts";
import { MemoryLog } from "./support/memory-log.ts";

/**
 * A segment of __consumer_offsets as Kafka 4.3.1 wrote it: `billing`, a consumer that came and went, with one offset
 * deleted; `audit`, two static members of librdkafka, still there; `manual`, an offset set by the tools; `gone`, deleted;
 * `modern`, a group of the new protocol (KIP-848).
 */
const segment = readFileSync(join(import.meta.dirname, "fixtures", "consumer-offsets-kafka-4.3.log"));

function batches(): Buffer[] {
  const found: Buffer[] = [];
  for (let from = 0, view = new BatchView(segment); from < segment.length; from += view.moveTo(from).sizeBytes)
    found.push(Buffer.from(segment.subarray(from, from + view.moveTo(from).sizeBytes)));
  return found;
}

async function led(): Promise<Fixture> {
  const log = new MemoryLog();
  for (const batch of batches()) log.append(batch);
  log.highWatermark = log.end;
  const fixture = new Fixture();
  fixture.topics.delete("orders");
  await fixture.lead(0, 1, log);
  return fixture;
}

test("groups that Kafka stored are there with their states", async () => {
  const { coordinator } = await led();
  const states = coordinator.listGroups().groups.map(({ groupId, state, protocolType }) => `${groupId} ${state} ${protocolType}`);
  expect(states).toEqual(["billing Empty consumer", "audit Stable consumer", "manual Empty ", "modern Empty "]);
});

test("offsets that Kafka stored can be fetched; those that it deleted are gone", async () => {
  const fixture = await led();
  expect(await fixture.offsets("billing")).toEqual(["orders-0=0", "orders-1=0"]);
  expect(await fixture.offsets("audit")).toEqual(["orders-2=30", "refunds-0=5"]);
  expect(await fixture.offsets("manual")).toEqual(["orders-1=0"]);
  expect(await fixture.offsets("gone")).toEqual([]);
});

test("offsets that Kafka stored mean nothing to a topic that has only the name of theirs", async () => {
  const fixture = await led();
  fixture.topics.create("orders", 8);
  expect(await fixture.offsets("audit")).toEqual(["refunds-0=5"]);
});

test("members that Kafka stored go on where they were", async () => {
  const { coordinator, clock } = await led();
  const { members, protocolName } = await coordinator.describeGroup("audit");
  expect(members.map(({ groupInstanceId, clientId, clientHost }) => [groupInstanceId, clientId, clientHost])).toEqual([
    ["audit-2", "rdkafka", "/127.0.0.1"],
    ["audit-1", "rdkafka", "/127.0.0.1"],
  ]);
  expect(protocolName).toBe("range");
  const member = { groupId: "audit", generationId: 2, memberId: members[0]!.memberId, groupInstanceId: "audit-2" };
  await clock.pass(44_000);
  await coordinator.heartbeat(member);
  await clock.pass(1_000);
  const { assignment } = await coordinator
    .syncGroup({ ...member, protocolType: undefined, protocolName: undefined, assignments: [] })
    .catch((error: unknown) => ({ assignment: Buffer.from(codeOf(error)) }));
  // The other one was silent for its session time-out of 45 seconds.
  expect(assignment.toString()).toBe("REBALANCE_IN_PROGRESS");
});

test("kinds of records that are not known here are left out, with a warning for each", async () => {
  const { logger } = await led();
  expect(logger.phrases).toEqual(Array.from({ length: 5 }, () => "records of an unknown kind left out"));
});

test("what is written here is what Kafka writes, byte for byte", () => {
  let compared = 0;
  for (const batch of batches()) {
    const view = new BatchView(batch);
    for (const { key, value } of readRecords(view, batch.subarray(batchHeaderBytes))) {
      if (key!.readInt16BE(0) > 2) continue;
      const stored = decodeGroupRecord(key!, value);
      const { groupId } = stored;
      const entry =
        stored.type === "group" ? groupEntry(groupId, stored.value) : offsetEntry(groupId, stored.topic, stored.partition, stored.value);
      expect({ key: entry.key, value: entry.value }).toEqual({ key, value });
      compared++;
    }
  }
  expect(compared).toBe(21);
});

test("records of old versions of Kafka are read: one rebalance time-out for both, no time of the last change", () => {
  const text = (word: string) => Buffer.concat([Buffer.from([0, word.length]), Buffer.from(word)]);
  const int32 = (number: number) => Buffer.from([number >>> 24, number >>> 16, number >>> 8, number]);
  const member = [text("m-1"), text("m"), text("/127.0.0.1"), int32(45_000), int32(1), Buffer.from([7]), int32(0)];
  const value = Buffer.concat([int32(0).subarray(2), text("consumer"), int32(3), text("range"), text("m-1"), int32(1), ...member]);
  const { value: group } = decodeGroupRecord(Buffer.concat([Buffer.from([0, 2]), text("g")]), value) as GroupMetadataRecord;
  expect(group).toMatchObject({ generationId: 3, protocolName: "range", leaderId: "m-1", stateSinceMs: undefined });
  expect(group?.members[0]).toMatchObject({ sessionTimeoutMs: 45_000, rebalanceTimeoutMs: 45_000, groupInstanceId: undefined });
});
