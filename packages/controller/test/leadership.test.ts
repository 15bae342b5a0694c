import type { PartitionImage } from "@millrace/metadata";
import { BrokerId, LeaderEpoch, noBroker, PartitionEpoch, TopicId } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { afterReturn, afterSettings, afterStop, afterUnfencing, type Holdings } from "../src/leadership.ts";
import type { Terms } from "../src/terms.ts";
import { uuid } from "./support/world.ts";

const topic = { id: TopicId(uuid(1)) };

interface Standing {
  replicas?: number[];
  isr?: number[];
  leader?: number;
  eligible?: number[];
  last?: number;
}

function partition({
  replicas = [1, 2, 3],
  isr = replicas,
  leader = isr[0] ?? -1,
  eligible = [],
  last = -1,
}: Standing = {}): PartitionImage {
  return {
    index: 0,
    leader: BrokerId(leader),
    leaderEpoch: LeaderEpoch(4),
    partitionEpoch: PartitionEpoch(7),
    replicas: replicas.map(BrokerId),
    isr: isr.map(BrokerId),
    eligibleLeaders: eligible.map(BrokerId),
    lastKnownLeader: BrokerId(last),
    addingReplicas: [],
    removingReplicas: [],
  };
}

/** Terms by which these brokers are active. */
function terms(active: number[], { minIsr = 1, unclean = false } = {}): Terms {
  return { isActive: (id) => active.includes(id), minIsr, isUncleanAllowed: unclean };
}

const stop = (of: Standing, broker: number, by: Terms) => afterStop(topic, partition(of), BrokerId(broker), by);
const back = (of: Standing, broker: number, holds: Holdings["holds"], by: Terms) =>
  afterReturn(topic, partition(of), BrokerId(broker), { holds }, by);

const head = { type: "PartitionChange", topicId: topic.id, index: 0, partitionEpoch: 8 };
const leads = (leader: number) => ({ leadership: { leader, leaderEpoch: 5 } });

test("a leader that stops is followed by the first active replica in sync, in the order of replicas", () => {
  const before = { replicas: [1, 2, 3], isr: [3, 2, 1], leader: 1 };
  expect(stop(before, 1, terms([2, 3]))).toEqual({ ...head, isr: [3, 2], ...leads(2) });
  expect(stop(before, 1, terms([3]))).toMatchObject(leads(3));
  expect(stop(before, 1, terms([]))).toMatchObject({ ...leads(noBroker), lastKnownLeader: 1 });
});

test("a follower that stops leaves the ISR, and the leader stays in its epoch", () => {
  expect(stop({}, 2, terms([1, 3]))).toEqual({ ...head, isr: [1, 3], leadership: undefined });
});

test("who leaves an ISR that is too small then stays an eligible leader, and nobody does who left it before", () => {
  expect(stop({}, 2, terms([1, 3], { minIsr: 3 }))).toEqual({ ...head, isr: [1, 3], eligibleLeaders: [2] });
  expect(stop({}, 2, terms([1, 3], { minIsr: 2 }))?.eligibleLeaders).toBeUndefined();
  expect(stop({ isr: [1, 2] }, 2, terms([1], { minIsr: 2 }))).toEqual({ ...head, isr: [1], eligibleLeaders: [2] });
  expect(stop({ isr: [1], eligible: [2] }, 1, terms([3], { minIsr: 2 }))).toMatchObject({ isr: [], eligibleLeaders: [1, 2], ...leads(-1) });
});

test("the last one in sync stays an eligible leader when it stops: nobody else holds everything", () => {
  const change = { ...head, isr: [], eligibleLeaders: [2], lastKnownLeader: 2, ...leads(noBroker) };
  expect(stop({ isr: [2] }, 2, terms([1, 3]))).toEqual(change);
});

test("an eligible leader takes over where nobody in sync can, and is alone in sync then", () => {
  const before = { isr: [1], eligible: [2, 3] };
  expect(stop(before, 1, terms([3], { minIsr: 2 }))).toEqual({ ...head, isr: [3], eligibleLeaders: [1, 2], ...leads(3) });
});

test("a replica that is not in sync may stop and return without a change", () => {
  expect(stop({ isr: [1, 2] }, 3, terms([1, 2]))).toBeUndefined();
  for (const holds of ["everything", "part", "nothing"] as const) expect(back({ isr: [1, 2] }, 3, holds, terms([1, 2, 3]))).toBeUndefined();
});

test("who was alone in sync leads when it is back, in a new epoch, whether it was deposed or not", () => {
  const deposed = { isr: [], eligible: [2], leader: -1, last: 2 };
  expect(back(deposed, 2, "everything", terms([2]))).toEqual({
    ...head,
    isr: [2],
    eligibleLeaders: [],
    lastKnownLeader: noBroker,
    ...leads(2),
  });
  expect(back({ isr: [2] }, 2, "everything", terms([2]))).toEqual({ ...head, ...leads(2) });
});

test("who is back without having been fenced leaves the ISR to the others", () => {
  expect(back({}, 1, "everything", terms([1, 2, 3]))).toEqual({ ...head, isr: [2, 3], ...leads(2) });
  expect(back({}, 3, "everything", terms([1, 2, 3]))).toEqual({ ...head, isr: [1, 2], leadership: undefined });
});

test("who may lack records is no eligible leader any more; who may not still is", () => {
  const before = { isr: [1], eligible: [2, 3] };
  expect(back(before, 2, "part", terms([1, 2], { minIsr: 2 }))).toEqual({ ...head, eligibleLeaders: [3] });
  expect(back(before, 2, "everything", terms([1, 2], { minIsr: 2 }))).toBeUndefined();
  expect(back({ isr: [1, 2] }, 2, "part", terms([1, 2], { minIsr: 2 }))).toEqual({ ...head, isr: [1] });
});

test("where nobody holds everything any more, the one that led last leads when it is back, and that is a risk", () => {
  const last = { isr: [2], ...leads(2), risk: "led last" };
  expect(back({ isr: [], eligible: [2], leader: -1, last: 2 }, 2, "part", terms([1, 2, 3]))).toMatchObject(last);
  expect(back({ isr: [], eligible: [1], leader: -1, last: 2 }, 1, "part", terms([1, 3]))).toEqual({ ...head, eligibleLeaders: [] });
  expect(back({ isr: [], leader: -1, last: 2 }, 2, "everything", terms([1, 2, 3]))).toMatchObject(last);
  expect(back({ isr: [], leader: -1, last: 2 }, 1, "everything", terms([1, 2, 3]))).toMatchObject(last);
  expect(back({ isr: [], leader: -1, last: 2 }, 1, "everything", terms([1, 3]))).toBeUndefined();
});

test("an empty directory does not lead because its broker led last", () => {
  expect(back({ isr: [2] }, 2, "nothing", terms([1, 2, 3]))).toEqual({ ...head, isr: [], ...leads(noBroker) });
  expect(back({ isr: [], leader: -1, last: 2 }, 2, "nothing", terms([1, 2, 3]))).toEqual({ ...head, lastKnownLeader: noBroker });
});

test("the only replica of a partition leads whatever it holds: that is all there is", () => {
  for (const holds of ["everything", "part", "nothing"] as const) {
    expect(back({ replicas: [1] }, 1, holds, terms([1]))).toEqual({ ...head, ...leads(1) });
    expect(back({ replicas: [1], isr: [], eligible: [1], last: 1 }, 1, holds, terms([1]))).toMatchObject({ isr: [1], ...leads(1) });
  }
});

test("where unclean elections are allowed whoever serves leads: the one that led last if it can, else in the order of replicas", () => {
  const before = { isr: [1], eligible: [2] };
  const allowed = { minIsr: 2, unclean: true };
  expect(stop(before, 1, terms([3], allowed))).toEqual({ ...head, isr: [3], eligibleLeaders: [], risk: "unclean", ...leads(3) });
  expect(stop(before, 1, terms([2, 3], allowed))?.risk).toBeUndefined();
  expect(back({ isr: [], eligible: [1], leader: -1, last: 3 }, 2, "part", terms([2, 3], allowed))).toMatchObject({
    isr: [3],
    risk: "unclean",
  });
});

test("who is unfenced leads what nobody leads, and nothing else changes", () => {
  expect(afterUnfencing(topic, partition({ isr: [], eligible: [2] }), terms([2]))).toMatchObject({ isr: [2], ...leads(2) });
  expect(afterUnfencing(topic, partition({ isr: [1], leader: 1, eligible: [2] }), terms([2]))).toBeUndefined();
});

test("eligible leaders are needed no longer when the ISR has enough members by a new setting, and stay when it has not", () => {
  const before = partition({ isr: [1], eligible: [2] });
  expect(afterSettings(topic, before, terms([1, 2], { minIsr: 1 }))).toEqual({ ...head, eligibleLeaders: [] });
  expect(afterSettings(topic, before, terms([1, 2], { minIsr: 3 }))).toBeUndefined();
  const waiting = partition({ isr: [], eligible: [2], leader: -1, last: 2 });
  expect(afterSettings(topic, waiting, terms([1], { minIsr: 1 }))).toBeUndefined();
  expect(afterSettings(topic, waiting, terms([1], { unclean: true }))).toMatchObject({ isr: [1], risk: "unclean", ...leads(1) });
});
