import type { PartitionImage } from "@millrace/metadata";
import { BrokerEpoch, BrokerId, LeaderEpoch, noBroker, Offset, PartitionEpoch } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { Leadership } from "../src/leading/leadership.ts";

const [self, follower] = [BrokerId(1), BrokerId(2)];
const life = { brokerEpoch: BrokerEpoch(7), generation: 1 };

/** Broker 1 leads two replicas, and is alone in sync. */
function state(changes: Partial<PartitionImage> = {}): PartitionImage {
  return {
    index: 0,
    leader: self,
    leaderEpoch: LeaderEpoch(2),
    partitionEpoch: PartitionEpoch(5),
    replicas: [self, follower],
    isr: [self],
    eligibleLeaders: [],
    lastKnownLeader: noBroker,
    addingReplicas: [],
    removingReplicas: [],
    ...changes,
  };
}

/** A leader alone in the ISR of two replicas, whose epoch began at 3 with nothing past 2 known to be committed: it needs both to commit more. */
function leadership(rulesHere = { minInSync: 2 }): Leadership {
  const rules = { ...rulesHere, lagMaxMs: 30_000, isSynced: false, mayJoin: () => true, epochOf: () => life.brokerEpoch };
  const own = { written: Offset(4), synced: Offset(4) };
  return new Leadership({ self, state: state(), epochStart: Offset(3), highWatermark: Offset(2), own, rules, nowMs: 0 });
}

const upTo = (end: number) => ({ written: Offset(end), synced: Offset(end) });

test("a follower at the high watermark, but not at the start of the leader epoch, is not proposed for the ISR (KAFKA-7128)", () => {
  const leading = leadership();
  expect(leading.subscribe(follower, life, upTo(0))).toBe(true);
  expect(leading.acknowledged(follower, life, upTo(2), 10)).toBeUndefined();
  expect(leading.acknowledged(follower, life, upTo(3), 20)).toMatchObject({ isr: [{ broker: self }, { broker: follower, epoch: 7 }] });
});

test("an acknowledgement of another subscription, or another life, proposes nobody", () => {
  const leading = leadership();
  leading.subscribe(follower, life, upTo(0));
  expect(leading.acknowledged(follower, { ...life, generation: 0 }, upTo(4), 10)).toBeUndefined();
  expect(leading.acknowledged(follower, { ...life, brokerEpoch: BrokerEpoch(6) }, upTo(4), 10)).toBeUndefined();
  expect(leading.proposal).toBeUndefined();
});

test("a leader that hears of eligible leaders before it hears that the minimum was raised commits nothing without them (KIP-966)", () => {
  const leading = leadership({ minInSync: 1 });
  expect(leading.highWatermark).toBe(4);
  leading.assume(state({ partitionEpoch: PartitionEpoch(6), eligibleLeaders: [follower] }), 10);
  leading.wrote(Offset(9), Offset(9), 20);
  expect(leading.highWatermark).toBe(4);
  leading.assume(state({ partitionEpoch: PartitionEpoch(7) }), 30);
  expect(leading.highWatermark).toBe(9);
});
