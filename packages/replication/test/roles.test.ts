import type { PartitionImage } from "@millrace/metadata";
import { BrokerId, LeaderEpoch, MillraceError, noBroker, Offset, PartitionEpoch } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { type RoleHost, Roles } from "../src/roles.ts";
import type { ReplicaSurroundings } from "../src/surroundings.ts";

const self = BrokerId(1);

function stateOf(replicas: readonly number[], epochs: { partition: number; leader: number }): PartitionImage {
  const ids = replicas.map(BrokerId);
  return {
    index: 0,
    leader: BrokerId(2),
    leaderEpoch: LeaderEpoch(epochs.leader),
    partitionEpoch: PartitionEpoch(epochs.partition),
    replicas: ids,
    isr: [BrokerId(2)],
    eligibleLeaders: [],
    lastKnownLeader: noBroker,
    addingReplicas: [],
    removingReplicas: [],
  };
}

function roles() {
  const host = { highWatermark: Offset(0), log: { logEnd: Offset(9), damagedFrom: undefined }, left: () => {}, moved: () => {} };
  const around = { self, follow: () => {}, leave: () => {} };
  return new Roles(host as unknown as RoleHost, around as unknown as ReplicaSurroundings);
}

const over = () => new MillraceError("NOT_LEADER_OR_FOLLOWER", {});

test("who learns that its replica has gone to others follows nobody with the log that it still has", () => {
  const one = roles();
  one.assume(stateOf([1, 2, 3], { partition: 0, leader: 0 }), over);
  expect(one.following).toBeDefined();
  one.assume(stateOf([2, 3, 4], { partition: 1, leader: 1 }), over);
  expect(one.following).toBeUndefined();
});

test("a replica that comes back in the same leader epoch follows again", () => {
  const one = roles();
  one.assume(stateOf([2, 3], { partition: 1, leader: 1 }), over);
  one.assume(stateOf([2, 3, 1], { partition: 2, leader: 1 }), over);
  expect(one.following?.leaderEpoch).toBe(1);
});
