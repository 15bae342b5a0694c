import { simulatedWorld, type SimulatedWorld } from "@millrace/runtime/simulated";
import { LeaderEpoch, MillraceError, Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import type { SessionTarget } from "../src/doors/kafka/fetch-session.ts";
import { FetchSessions } from "../src/doors/kafka/fetch-sessions.ts";
import type { Fetched } from "../src/operations/fetch.ts";

function target(name: string, partition = 0, offset = 0): SessionTarget {
  return {
    key: `${name}:${partition}`,
    topic: { name },
    partition,
    offset: Offset(offset),
    bytesMax: 1000,
    currentLeaderEpoch: LeaderEpoch(-1),
    lastFetchedEpoch: LeaderEpoch(-1),
  };
}

function answer({ highWatermark = 0, bytes = 0, error = undefined as MillraceError | undefined } = {}): Fetched {
  return {
    error,
    bytes,
    parts: [],
    pinnedBytes: 0,
    highWatermark: Offset(highWatermark),
    lastStableOffset: Offset(highWatermark),
    logStart: Offset(0),
    abortedTransactions: undefined,
    preferredReplica: undefined,
    diverging: undefined,
  };
}

function sessions({ world = simulatedWorld(1) as SimulatedWorld, slots = 10 } = {}) {
  const { clock, random } = world.process("broker");
  return new FetchSessions({ clock, random: random.stream("sessions"), slotsMax: () => slots });
}

const begin = (targets: SessionTarget[]) => ({ sessionId: 0, sessionEpoch: 0, usesTopicIds: false, targets, forgotten: [] });
const next = (sessionId: number, sessionEpoch: number, targets: SessionTarget[] = [], forgotten: string[] = []) => ({
  sessionId,
  sessionEpoch,
  usesTopicIds: false,
  targets,
  forgotten,
});

test("a full fetch is answered with every partition, and opens a session", () => {
  const context = sessions().context(begin([target("a"), target("b")]));
  expect(context.sessionId).toBeGreaterThan(0);
  expect(context.tell([answer(), answer()])).toEqual([0, 1]);
});

test("a later fetch names nothing, reads everything, and is told only what has changed", () => {
  const all = sessions();
  const first = all.context(begin([target("a"), target("b"), target("c")]));
  first.tell([answer(), answer(), answer()]);
  const second = all.context(next(first.sessionId, 1));
  expect(second.targets.map(({ key }) => key)).toEqual(["a:0", "b:0", "c:0"]);
  expect(second.tell([answer(), answer({ highWatermark: 5 }), answer({ bytes: 10 })])).toEqual([1, 2]);
});

test("a partition that had data goes to the end, so that it starves nobody", () => {
  const all = sessions();
  const first = all.context(begin([target("a"), target("b")]));
  first.tell([answer({ bytes: 10 }), answer()]);
  expect(all.context(next(first.sessionId, 1)).targets.map(({ key }) => key)).toEqual(["b:0", "a:0"]);
});

test("a partition that recovers from an error is told again, though nothing else has changed", () => {
  const all = sessions();
  const first = all.context(begin([target("a")]));
  first.tell([answer({ highWatermark: 3 })]);
  all.context(next(first.sessionId, 1)).tell([answer({ highWatermark: 3, error: new MillraceError("NOT_LEADER_OR_FOLLOWER") })]);
  expect(all.context(next(first.sessionId, 2)).tell([answer({ highWatermark: 3 })])).toEqual([0]);
});

test("partitions are added, moved to another offset, and forgotten", () => {
  const all = sessions();
  const first = all.context(begin([target("a"), target("b")]));
  const second = all.context(next(first.sessionId, 1, [target("a", 0, 7), target("c")], ["b:0"]));
  expect(second.targets.map(({ key, offset }) => [key, offset])).toEqual([
    ["a:0", 7],
    ["c:0", 0],
  ]);
});

test("a session whose partitions are all forgotten ends", () => {
  const all = sessions();
  const first = all.context(begin([target("a")]));
  expect(all.context(next(first.sessionId, 1, [], ["a:0"])).sessionId).toBe(0);
  expect(() => all.context(next(first.sessionId, 2))).toThrow(expect.objectContaining({ code: "FETCH_SESSION_ID_NOT_FOUND" }));
});

test.each([
  ["an unknown session", next(77, 1), "FETCH_SESSION_ID_NOT_FOUND"],
  ["another epoch than the next", (id: number) => next(id, 2), "INVALID_FETCH_SESSION_EPOCH"],
  ["topic ids in a session of names", (id: number) => ({ ...next(id, 1), usesTopicIds: true }), "FETCH_SESSION_TOPIC_ID_ERROR"],
])("%s is refused as a whole", (_, request, code) => {
  const all = sessions();
  const { sessionId } = all.context(begin([target("a")]));
  expect(() => all.context(typeof request === "function" ? request(sessionId) : request)).toThrow(expect.objectContaining({ code }));
});

test("epoch -1 ends the session and is answered without one", () => {
  const all = sessions();
  const { sessionId } = all.context(begin([target("a")]));
  expect(all.context(next(sessionId, -1, [target("a")])).sessionId).toBe(0);
  expect(all.size).toBe(0);
});

test("where no slot is free a client goes on without a session, until one has been idle for two minutes", async () => {
  const world = simulatedWorld(1);
  const all = sessions({ world, slots: 1 });
  all.context(begin([target("a")]));
  expect(all.context(begin([target("b")])).sessionId).toBe(0);
  await world.run(120_000);
  expect(all.context(begin([target("b")])).sessionId).toBeGreaterThan(0);
  expect(all.size).toBe(1);
});
