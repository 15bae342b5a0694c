import { LeaderEpoch, Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { groupCoordinator, shardOf } from "../src/index.ts";
import { joining as joiningWith } from "./support/coordinator.ts";
import { CountingRandom, QuietLogger, Settings, Topics } from "./support/fixtures.ts";
import { MemoryLog } from "./support/memory-log.ts";
import { VirtualClock } from "./support/virtual-clock.ts";

test("the README's example says what it does", async () => {
  const clock = new VirtualClock();
  const runtime = { clock, random: new CountingRandom(), logger: new QuietLogger() };
  const configuration = new Settings();
  configuration.set("offsets.topic.num.partitions", 50);
  const surroundings = new Topics();
  surroundings.create("orders", 1);
  const log = new MemoryLog().lead();
  const leaderEpoch = 0;
  const joining = joiningWith({ groupId: "billing" });
  const orders = (offset: number) => ({
    topic: "orders",
    partition: 0,
    offset: Offset(offset),
    leaderEpoch: LeaderEpoch(-1),
    metadata: "",
  });

  const groups = groupCoordinator({ runtime, configuration, surroundings });
  groups.lead(shardOf("billing", 50), leaderEpoch, log);
  await clock.pass(0);
  const joined = groups.joinGroup(joining, { clientId: "billing-1", host: "/127.0.0.1" });
  await clock.pass(0);
  const { memberId, generationId, members } = await joined;
  const assignments = members.map((member) => ({ memberId: member.memberId, assignment: Buffer.from("orders-0") }));
  const self = { groupId: "billing", memberId, generationId, groupInstanceId: undefined };
  await groups.syncGroup({ ...self, protocolType: undefined, protocolName: undefined, assignments });
  await groups.commitOffsets({ ...self, retentionMs: undefined, reportsMissingGroup: true, partitions: [orders(7)] });
  const fetched = await groups.fetchOffsets({ groupId: "billing", partitions: undefined, requireStable: true });
  expect(fetched.map(({ offset }) => offset)).toEqual([7]);
});
