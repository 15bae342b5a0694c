import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { CommittedOffset } from "../src/index.ts";
import { Bench, settledState } from "./support/bench.ts";
import { Claims, type Joining, type Marks, MemberModel, modelGroup, noMarks } from "./support/member-model.ts";

/** More where time is no matter: MILLRACE_MODEL_RUNS=100000. */
const runs = Number(process.env["MILLRACE_MODEL_RUNS"] ?? 4_000);

type Action =
  | { readonly type: "join"; readonly who: number; readonly how: Joining }
  | { readonly type: "sync"; readonly who: number; readonly first: number }
  | { readonly type: "heartbeat" | "leave"; readonly who: number }
  | { readonly type: "commit"; readonly who: number; readonly partition: number; readonly offset: number; readonly how: Committing }
  | { readonly type: "fetch"; readonly partition: number }
  | { readonly type: "pass"; readonly ms: number }
  | { readonly type: "crash" | "deleteGroup" | "replay" };

interface Committing {
  readonly asOutsider: boolean;
  readonly generationsBack: number;
}

const who = fc.nat({ max: 4 });
const partition = fc.nat({ max: 5 });
const joining = fc.record({
  forgets: fc.nat({ max: 3 }).map((draw) => draw === 0),
  topics: fc.constantFrom<string[]>(["orders"], ["orders", "refunds"]),
  requiresKnownMemberId: fc.boolean(),
});
const committing = fc.record({ asOutsider: fc.boolean(), generationsBack: fc.nat({ max: 1 }) });

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant("join" as const), who, how: joining }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant("sync" as const), who, first: fc.nat({ max: 3 }) }) },
  { weight: 8, arbitrary: fc.record({ type: fc.constant("heartbeat" as const), who }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("leave" as const), who }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant("commit" as const), who, partition, offset: fc.nat(), how: committing }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("fetch" as const), partition }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("pass" as const), ms: fc.constantFrom(0, 1_000, 5_000, 20_000) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom("crash" as const, "deleteGroup" as const, "replay" as const) }) },
);

interface World {
  readonly bench: Bench;
  readonly claims: Claims;
  readonly members: readonly MemberModel[];
}

function beginWorld(marks: Marks): World {
  const bench = new Bench();
  const claims = new Claims(marks);
  const kinds = [
    { name: "m0", instance: undefined, isDiligent: true },
    { name: "m1", instance: undefined, isDiligent: true },
    { name: "m2", instance: undefined, isDiligent: false },
    { name: "m3", instance: "i1", isDiligent: true },
    { name: "m4", instance: "i2", isDiligent: false },
  ];
  return { bench, claims, members: kinds.map((kind) => new MemberModel(bench, claims, kind)) };
}

function act(world: World, taken: Action): void {
  const { bench, claims, members } = world;
  switch (taken.type) {
    case "join":
      return members[taken.who]!.join(taken.how);
    case "sync":
      return members[taken.who]!.sync(taken.first);
    case "heartbeat":
      return members[taken.who]!.heartbeat();
    case "leave":
      return members[taken.who]!.leave();
    case "commit":
      return members[taken.who]!.commit(taken.partition, taken.offset, taken.how);
    case "fetch":
      return fetch(world, taken.partition);
    case "pass":
      return bench.pass(taken.ms);
    case "crash":
      claims.crash();
      return bench.crash();
    case "deleteGroup":
      return deleteGroup(world);
    case "replay":
      return expectReplayAlike(bench);
  }
}

function fetch({ bench, claims }: World, asked: number): void {
  const partitions = [{ topic: "orders", partition: asked }];
  const request = { groupId: modelGroup, partitions, requireStable: true };
  for (const committed of bench.askNow<CommittedOffset[]>({ type: "fetch", fetch: request })) claims.check(committed);
}

function deleteGroup({ bench, claims }: World): void {
  bench.ask({ type: "deleteGroup", groupId: modelGroup }, (outcome) => {
    if ("answer" in outcome) claims.forgetGroup();
  });
}

/** Of groups in which ids have only been announced there is no record. */
function expectReplayAlike(bench: Bench): void {
  const replayed = settledState(bench.replayed());
  for (const [groupId, live] of Object.entries(settledState(bench.machine))) {
    const read = replayed[groupId];
    expect(read?.offsets ?? []).toEqual(live.offsets);
    if (live.group !== undefined && read !== undefined) expect(read.group).toEqual(live.group);
    if (read === undefined) expect(live.group?.state ?? "Empty").toBe("Empty");
  }
}

test("whatever members do and whenever the coordinator crashes: a partition has one owner in a generation, a committed offset stays, an old generation commits nothing, what is replayed is what was there, and every request is answered once", () => {
  const marks = noMarks();
  fc.assert(
    fc.property(fc.array(action, { minLength: 20, maxLength: 100, size: "max" }), (taken) => {
      const world = beginWorld(marks);
      for (const step of taken) act(world, step);
      expectReplayAlike(world.bench);
      // A new member's JoinGroup may be parked for five minutes, and no other one for longer.
      world.bench.pass(400_000);
      expect(world.bench.open).toBe(0);
    }),
    { numRuns: runs },
  );
  expect(Object.entries(marks).filter(([, count]) => count < runs / 50)).toEqual([]);
});
