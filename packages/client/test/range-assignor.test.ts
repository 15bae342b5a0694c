import * as fc from "fast-check";
import { expect, test } from "vitest";
import { assignRange, type Subscriber } from "../src/group/range-assignor.ts";

function subscriber(memberId: string, topics: readonly string[], groupInstanceId: string | null = null): Subscriber {
  return { memberId, topics, groupInstanceId };
}

function assigned(subscribers: readonly Subscriber[], counts: Record<string, number>) {
  const assignments = assignRange(subscribers, new Map(Object.entries(counts)));
  return Object.fromEntries([...assignments].map(([member, partitions]) => [member, Object.fromEntries(partitions)]));
}

test("each topic is cut into runs, the first ones one longer", () => {
  expect(assigned([subscriber("b", ["t", "u"]), subscriber("a", ["t", "u"])], { t: 3, u: 2 })).toEqual({
    a: { t: [0, 1], u: [0] },
    b: { t: [2], u: [1] },
  });
});

test("only subscribers of a topic get of it", () => {
  expect(assigned([subscriber("a", ["t"]), subscriber("b", ["u"])], { t: 2, u: 1 })).toEqual({ a: { t: [0, 1] }, b: { u: [0] } });
});

test("members with an instance id come first, in its order", () => {
  const members = [subscriber("a", ["t"]), subscriber("z", ["t"], "i-2"), subscriber("y", ["t"], "i-3")];
  expect(assigned(members, { t: 3 })).toEqual({ z: { t: [0] }, y: { t: [1] }, a: { t: [2] } });
});

test("more members than partitions, or a topic that does not exist, leave some with nothing", () => {
  expect(assigned([subscriber("a", ["t", "missing"]), subscriber("b", ["t"])], { t: 1 })).toEqual({ a: { t: [0] }, b: {} });
});

test("every partition goes to exactly one of its topic's subscribers", () => {
  const members = fc.uniqueArray(fc.record({ memberId: fc.string({ minLength: 1 }), topics: fc.subarray(["t", "u", "v"]) }), {
    selector: ({ memberId }) => memberId,
    minLength: 1,
    maxLength: 8,
  });
  const counts = fc.record({ t: fc.nat(20), u: fc.nat(20), v: fc.nat(20) });
  fc.assert(
    fc.property(members, counts, (subscribers, partitionCounts) => {
      const assignments = assigned(
        subscribers.map(({ memberId, topics }) => subscriber(memberId, topics)),
        partitionCounts,
      );
      for (const [topic, count] of Object.entries(partitionCounts)) {
        const takers = subscribers.filter(({ topics }) => topics.includes(topic));
        const given = Object.values(assignments).flatMap((partitions) => partitions[topic] ?? []);
        const expected = takers.length === 0 ? [] : Array.from({ length: count }, (_, index) => index);
        expect(given.sort((a, b) => a - b)).toEqual(expected);
      }
    }),
  );
});
