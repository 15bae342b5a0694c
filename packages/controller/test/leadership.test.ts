import type { PartitionImage } from "@millrace/metadata";
import { BrokerId, LeaderEpoch, noBroker, PartitionEpoch, TopicId } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { afterReturn, afterStop } from "../src/leadership.ts";
import { uuid } from "./support/world.ts";

const topic = TopicId(uuid(1));

function partition(of: { replicas?: number[]; isr?: number[]; leader?: number } = {}): PartitionImage {
  const { replicas = [1, 2, 3], isr = replicas, leader = isr[0]! } = of;
  return {
    index: 0,
    leader: BrokerId(leader),
    leaderEpoch: LeaderEpoch(4),
    partitionEpoch: PartitionEpoch(7),
    replicas: replicas.map(BrokerId),
    isr: isr.map(BrokerId),
    eligibleLeaders: [],
    lastKnownLeader: noBroker,
    addingReplicas: [],
    removingReplicas: [],
  };
}

const active =
  (...ids: number[]) =>
  (id: BrokerId) =>
    ids.includes(id);
const head = { type: "PartitionChange", topicId: topic, index: 0, partitionEpoch: 8 };

test("a leader that stops is followed by the first active replica in sync, in the order of replicas", () => {
  const stopped = partition({ replicas: [1, 2, 3], isr: [3, 2, 1], leader: 1 });
  expect(afterStop(topic, stopped, BrokerId(1), active(2, 3))).toEqual({ ...head, isr: [3, 2], leadership: { leader: 2, leaderEpoch: 5 } });
  expect(afterStop(topic, stopped, BrokerId(1), active(3))).toMatchObject({ leadership: { leader: 3, leaderEpoch: 5 } });
  expect(afterStop(topic, stopped, BrokerId(1), active())).toMatchObject({ leadership: { leader: -1, leaderEpoch: 5 } });
});

test("a follower that stops leaves the ISR, and the leader stays in its epoch", () => {
  expect(afterStop(topic, partition(), BrokerId(2), active(1, 3))).toEqual({ ...head, isr: [1, 3], leadership: undefined });
});

test("the last one in sync stays in the ISR when it stops: nobody else holds everything", () => {
  const alone = partition({ isr: [2] });
  expect(afterStop(topic, alone, BrokerId(2), active(1, 3))).toEqual({
    ...head,
    isr: undefined,
    leadership: { leader: -1, leaderEpoch: 5 },
  });
});

test("a replica that is not in sync may stop and return without a change", () => {
  const behind = partition({ isr: [1, 2] });
  expect(afterStop(topic, behind, BrokerId(3), active(1, 2))).toBeUndefined();
  expect(afterReturn(topic, behind, BrokerId(3), active(1, 2, 3))).toBeUndefined();
});

test("who is alone in sync leads when it is back, in a new epoch, whether it was deposed or not", () => {
  const leads = { ...head, isr: undefined, leadership: { leader: 2, leaderEpoch: 5 } };
  expect(afterReturn(topic, partition({ isr: [2], leader: -1 }), BrokerId(2), active(2))).toEqual(leads);
  expect(afterReturn(topic, partition({ isr: [2], leader: 2 }), BrokerId(2), active(2))).toEqual(leads);
});

test("who is back without having been fenced leaves the ISR to the others", () => {
  expect(afterReturn(topic, partition(), BrokerId(1), active(1, 2, 3))).toEqual({
    ...head,
    isr: [2, 3],
    leadership: { leader: 2, leaderEpoch: 5 },
  });
  expect(afterReturn(topic, partition(), BrokerId(3), active(1, 2, 3))).toEqual({ ...head, isr: [1, 2], leadership: undefined });
});
