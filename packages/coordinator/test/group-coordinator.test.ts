import { MillraceError } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { shardOf } from "../src/index.ts";
import { Fixture, joining, told } from "./support/coordinator.ts";
import { MemoryLog } from "./support/memory-log.ts";

const client = { clientId: "a", host: "/127.0.0.1" };

test("a group is served by the shard that its id names, and by no other", async () => {
  const fixture = new Fixture();
  fixture.settings.set("offsets.topic.num.partitions", 50);
  await fixture.lead(shardOf("billing", 50), 1);
  expect(await fixture.commit("billing")).toBe("ok");
  expect(await fixture.commit("audit")).toBe("NOT_COORDINATOR");
  expect(await told(fixture.coordinator.heartbeat({ groupId: "audit", generationId: 1, memberId: "m", groupInstanceId: undefined }))).toBe(
    "NOT_COORDINATOR",
  );
});

test("the shard of a group follows from the partitions that the topic has, not from those that it would be created with", async () => {
  const fixture = new Fixture();
  fixture.settings.set("offsets.topic.num.partitions", 3);
  fixture.topics.create("__consumer_offsets", 50);
  await fixture.lead(shardOf("billing", 50), 1);
  expect(await fixture.commit("billing")).toBe("ok");
});

test("a newer leader epoch takes the place of the shard, an older one and the same change nothing", async () => {
  const fixture = new Fixture();
  await fixture.lead(0, 5);
  await fixture.commit("g");
  await fixture.lead(0, 4);
  await fixture.lead(0, 5);
  expect(await fixture.offsets("g")).toEqual(["orders-0=5"]);
  await fixture.lead(0, 6);
  expect(await fixture.offsets("g")).toEqual([]);
});

test("after a resignation parked requests and new ones are sent to another broker", async () => {
  const fixture = new Fixture();
  fixture.settings.set("group.initial.rebalance.delay.ms", 3_000);
  await fixture.lead(0, 1);
  const parked = told(fixture.coordinator.joinGroup(joining({}), client));
  fixture.coordinator.resign(0);
  expect(await parked).toBe("NOT_COORDINATOR");
  expect(await fixture.commit("g")).toBe("NOT_COORDINATOR");
  expect(fixture.coordinator.listGroups()).toEqual({ groups: [], isLoading: false });
});

test("after the close nothing is served any more, and nothing is led", async () => {
  const fixture = new Fixture();
  fixture.settings.set("group.initial.rebalance.delay.ms", 3_000);
  await fixture.lead(0, 1);
  const parked = told(fixture.coordinator.joinGroup(joining({}), client));
  await fixture.coordinator.close();
  expect(await parked).toBe("COORDINATOR_NOT_AVAILABLE");
  await fixture.lead(0, 2);
  expect(await fixture.commit("g")).toBe("COORDINATOR_NOT_AVAILABLE");
  expect(fixture.clock.waiting).toBe(0);
});

test("topics that are deleted while a shard is loading lose their offsets in it too", async () => {
  const log = new MemoryLog();
  const before = new Fixture();
  await before.lead(0, 1, log);
  await before.commit("g");
  const fixture = new Fixture();
  fixture.topics.delete("orders");
  const leading = fixture.lead(0, 2, log);
  fixture.coordinator.topicsDeleted(["orders"]);
  await leading;
  expect(await fixture.offsets("g")).toEqual([]);
});

test("a group with more offsets than one turn removes goes whole: its offsets first, then itself, then the answer", async () => {
  const fixture = new Fixture();
  fixture.topics.create("wide", 2_500);
  const log = new MemoryLog();
  await fixture.lead(0, 1, log);
  for (let partition = 0; partition < 2_500; partition++) await fixture.commit("g", "wide", partition);
  const appended = log.batches.length;
  const deleted = told(fixture.coordinator.deleteGroup("g"));
  await fixture.clock.pass(0);
  expect(await deleted).toBe("ok");
  expect(log.batches.length - appended).toBe(3);
  expect(await fixture.offsets("g")).toEqual([]);
  expect(fixture.coordinator.counters.deletedOffsets).toBe(2_500);
});

test("a topic with more offsets than one turn removes loses them all", async () => {
  const fixture = new Fixture();
  fixture.topics.create("wide", 2_500);
  await fixture.lead(0, 1);
  for (let partition = 0; partition < 2_500; partition++) await fixture.commit(`g${partition % 7}`, "wide", partition);
  fixture.topics.delete("wide");
  fixture.coordinator.topicsDeleted(["wide"]);
  await fixture.clock.pass(0);
  for (let group = 0; group < 7; group++) expect(await fixture.offsets(`g${group}`)).toEqual([]);
});

test("more offsets than one turn removes expire all the same", async () => {
  const fixture = new Fixture();
  fixture.topics.create("wide", 2_500);
  fixture.settings.set("offsets.retention.minutes", 5);
  await fixture.lead(0, 1);
  for (let partition = 0; partition < 2_500; partition++) await fixture.commit(`g${partition % 2}`, "wide", partition);
  await fixture.clock.pass(600_000);
  expect(fixture.coordinator.listGroups().groups).toEqual([]);
  expect(fixture.coordinator.counters.expiredOffsets).toBe(2_500);
});

test("a refusal names the member id that a client is to use", async () => {
  const fixture = new Fixture();
  await fixture.lead(0, 1);
  const refusal = await fixture.coordinator
    .joinGroup(joining({ requiresKnownMemberId: true }), client)
    .catch((error: MillraceError) => error);
  expect(refusal).toBeInstanceOf(MillraceError);
  expect((refusal as MillraceError).facts["memberId"]).toMatch(/^a-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

test("what a member sends is kept apart from the memory of its request", async () => {
  const fixture = new Fixture();
  await fixture.lead(0, 1);
  const request = Buffer.from("a frame with metadata in it");
  const metadata = request.subarray(13, 21);
  const answer = fixture.coordinator.joinGroup(joining({ protocols: [{ name: "range", metadata }] }), client);
  await fixture.clock.pass(0);
  request.fill(0);
  expect((await answer).members[0]!.metadata.toString()).toBe("metadata");
});
