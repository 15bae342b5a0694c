import { Chance } from "@millrace/runtime/simulated";
import { Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import type { RaftEffect, RaftEvent } from "../src/machine/events.ts";
import { RaftLog } from "../src/machine/log.ts";
import { leads, type RaftState, started } from "../src/machine/state.ts";
import { step as stepAt, wakeAtMs } from "../src/machine/step.ts";
import { VoterSets } from "../src/machine/voter-sets.ts";
import { idOf, setOf, snapshotOf, voter as voterOf } from "./support/nodes.ts";

const self = idOf(voterOf(1));
const set = setOf([1]);
const step = (state: RaftState, event: RaftEvent) => stepAt(state, event, 0);

/** A voter that is alone. */
function voter({ term = 0, snapshotEnd = 1, logEnd = 1 } = {}): RaftState {
  const start = { snapshotEnd: Offset(snapshotEnd), snapshotTerm: term, end: Offset(logEnd), runs: [], older: () => [] };
  const snapshot = snapshotOf(snapshotEnd - 1, term, set);
  const sets = new VoterSets({ offset: snapshot.offset, set }, []);
  return started({ self, term, vote: undefined, snapshot, log: new RaftLog(start), sets, chance: new Chance(1, "voter") }, 0);
}

/** A voter that leads its first term; its log ends at 2. */
function leader(): RaftState {
  const state = voter();
  step(state, { type: "start" });
  step(state, { type: "hardStateStored", term: 1, vote: self });
  step(state, { type: "entriesStored", term: 1, end: Offset(2) });
  return state;
}

const record = Buffer.from("a");
const kinds = (effects: readonly RaftEffect[]) => effects.map(({ type }) => type);

test("a candidate leads only after its vote, and then an entry of its term, are durable", () => {
  const state = voter({ term: 6, logEnd: 9 });
  expect(step(state, { type: "start" })).toEqual([{ type: "storeHardState", term: 7, vote: self }]);
  const entry = { offset: 9, term: 7, payload: { kind: "leaderChange", leader: self } };
  expect(step(state, { type: "hardStateStored", term: 7, vote: self })).toEqual([
    { type: "leaderChanged", leader: self, term: 7 },
    { type: "storeEntries", term: 7, entries: [entry], truncateFrom: undefined },
  ]);
  expect(leads(state)).toBe(false);
  expect(step(state, { type: "entriesStored", term: 7, end: Offset(10) })).toEqual([
    { type: "commit", end: 10 },
    { type: "lead", term: 7 },
  ]);
  expect(leads(state)).toBe(true);
});

test("what earlier terms left is committed together with the first entry of the own one, not before", () => {
  const state = voter({ term: 3, snapshotEnd: 4, logEnd: 12 });
  expect(state.committedEnd).toBe(4);
  step(state, { type: "start" });
  step(state, { type: "hardStateStored", term: 4, vote: self });
  expect(state.committedEnd).toBe(4);
  expect(step(state, { type: "entriesStored", term: 4, end: Offset(13) })[0]).toEqual({ type: "commit", end: 13 });
});

test("a vote that was stored for an earlier term does not count", () => {
  const state = voter();
  step(state, { type: "start" });
  step(state, { type: "start" });
  expect(step(state, { type: "hardStateStored", term: 1, vote: self })).toEqual([]);
  expect(kinds(step(state, { type: "hardStateStored", term: 2, vote: self }))).toEqual(["leaderChanged", "storeEntries"]);
});

test("entries that were stored for an earlier term move nothing: others may lie at their offsets by now", () => {
  const state = leader();
  step(state, { type: "propose", records: [record] });
  expect(step(state, { type: "entriesStored", term: 0, end: Offset(3) })).toEqual([]);
  expect([state.log.storedEnd, state.committedEnd]).toEqual([2, 2]);
});

test("an entry takes an offset for each of its records, and is committed when it is stored", () => {
  const state = leader();
  expect(kinds(step(state, { type: "propose", records: [record, record, record] }))).toEqual(["storeEntries"]);
  expect([state.log.end, state.committedEnd]).toEqual([5, 2]);
  expect(step(state, { type: "entriesStored", term: 1, end: Offset(5) })).toEqual([{ type: "commit", end: 5 }]);
});

test("a voter that is not elected appends nothing", () => {
  const state = voter();
  step(state, { type: "start" });
  expect(() => step(state, { type: "propose", records: [record] })).toThrow("only a leader appends");
});

test("a term is never begun twice, whatever was stored", () => {
  const terms = [0, 1, 7].map((term) => {
    const state = voter({ term });
    step(state, { type: "start" });
    return state.term;
  });
  expect(terms).toEqual([1, 2, 8]);
});

test("a voter that is alone waits for no time", () => {
  expect(wakeAtMs(leader())).toBe(Infinity);
});
