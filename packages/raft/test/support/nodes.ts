import type { RandomStream } from "@millrace/runtime";
import { BrokerId, Offset, type Uuid } from "@millrace/vocabulary";
import { endOf, type LogEntry } from "../../src/entry.ts";
import type { RaftEffect, RaftEvent } from "../../src/machine/events.ts";
import { RaftLog, type TermRun } from "../../src/machine/log.ts";
import { type RaftState, started } from "../../src/machine/state.ts";
import { step, wakeAtMs } from "../../src/machine/step.ts";
import { VoterSets } from "../../src/machine/voter-sets.ts";
import { bootstrapOffset, endOfSnapshot, type SnapshotDescription } from "../../src/snapshot-description.ts";
import type { Voter, VoterId, VoterSet } from "../../src/voters.ts";

/** What survives a crash of a node. */
export interface Durable {
  term: number;
  vote: VoterId | undefined;
  snapshot: SnapshotDescription;
  entries: LogEntry[];
}

/** One thing that a node asked its disk for: what it changes there, and what the machine is told then. */
interface Write {
  readonly apply: (durable: Durable) => void;
  readonly event: RaftEvent;
}

export function voter(id: number, life = 0): Voter {
  const directoryId = Buffer.from([id, life, ...Buffer.alloc(14, 1)]).toString("base64url") as Uuid;
  return { nodeId: BrokerId(id), directoryId, listeners: [] };
}

export function idOf({ nodeId, directoryId }: VoterId): VoterId {
  return { nodeId, directoryId };
}

export function setOf(voters: readonly number[], learners: readonly number[] = []): VoterSet {
  return { voters: voters.map((id) => voter(id)), learners: learners.map((id) => voter(id)) };
}

export function snapshotOf(offset: number, term: number, set: VoterSet, chunks = 2): SnapshotDescription {
  return { offset: Offset(offset), term, set, chunks, bytes: chunks, checksum: 0 };
}

/** A machine with a disk of its own, whose writes end when the test says so, in order. */
export class Node {
  readonly id: VoterId;
  readonly durable: Durable;
  readonly #chance: RandomStream;
  readonly #observe: (node: Node, effect: RaftEffect) => void;
  #state: RaftState | undefined;
  #writes: Write[] = [];
  /** Everything below it was handed over, in this life. */
  appliedEnd = Offset(1);

  constructor(id: VoterId, set: VoterSet, chance: RandomStream, observe: (node: Node, effect: RaftEffect) => void) {
    this.id = id;
    this.durable = { term: 0, vote: undefined, snapshot: snapshotOf(bootstrapOffset, 0, set, 0), entries: [] };
    this.#chance = chance;
    this.#observe = observe;
  }

  get isUp(): boolean {
    return this.#state !== undefined;
  }

  get state(): RaftState {
    return this.#state!;
  }

  get writes(): number {
    return this.#writes.length;
  }

  get wakeAtMs(): number {
    return this.#state === undefined ? Infinity : wakeAtMs(this.#state);
  }

  start(nowMs: number): void {
    const { term, vote, snapshot, entries } = this.durable;
    const sets = entries.flatMap(({ offset, payload }) => (payload.kind === "voterSet" ? [{ offset, set: payload.set }] : []));
    const log = new RaftLog({
      snapshotEnd: endOfSnapshot(snapshot),
      snapshotTerm: snapshot.term,
      end: entries.length === 0 ? endOfSnapshot(snapshot) : endOf(entries.at(-1)!),
      runs: runsOf(entries),
      older: (from, to) => this.durable.entries.filter(({ offset }) => offset >= from && offset < to).slice(0, 2),
    });
    const voterSets = new VoterSets({ offset: snapshot.offset, set: snapshot.set }, sets);
    this.#state = started({ self: this.id, term, vote, snapshot, log, sets: voterSets, chance: this.#chance }, nowMs);
    this.appliedEnd = endOfSnapshot(snapshot);
    this.step({ type: "start" }, nowMs);
  }

  /** What the disk was not through with is lost. */
  crash(): void {
    this.#state = undefined;
    this.#writes = [];
  }

  step(event: RaftEvent, nowMs: number): void {
    if (this.#state === undefined) return;
    for (const effect of step(this.#state, event, nowMs)) this.#carryOut(effect);
  }

  /** Ends the write that has waited longest. */
  store(nowMs: number): void {
    const write = this.#writes.shift();
    if (write === undefined) return;
    write.apply(this.durable);
    this.step(write.event, nowMs);
  }

  /** What is durable of this node's log from one offset to another. */
  entries(from: Offset, to: Offset): LogEntry[] {
    return this.durable.entries.filter((entry) => entry.offset >= from && endOf(entry) <= to);
  }

  /** Stores its state as of `offset`, which ends an entry that was handed over, as a snapshot. */
  takeSnapshot(offset: Offset, nowMs: number): void {
    const { state } = this;
    if (offset >= this.appliedEnd) throw new Error(`a snapshot holds what was handed over: ${offset} >= ${this.appliedEnd}`);
    const term = state.log.termAt(Offset(offset + 1))!;
    const snapshot = snapshotOf(offset, term, state.sets.asOf(offset));
    this.durable.snapshot = snapshot;
    this.durable.entries = this.durable.entries.filter((entry) => entry.offset > offset);
    this.step({ type: "snapshotTaken", snapshot }, nowMs);
  }

  #carryOut(effect: RaftEffect): void {
    const write = writeOf(effect);
    if (write !== undefined) this.#writes.push(write);
    this.#observe(this, effect);
  }
}

function writeOf(effect: RaftEffect): Write | undefined {
  switch (effect.type) {
    case "storeHardState": {
      const { term, vote } = effect;
      return { apply: (durable) => Object.assign(durable, { term, vote }), event: { type: "hardStateStored", term, vote } };
    }
    case "storeEntries": {
      const { term, entries, truncateFrom = Offset(Number.MAX_SAFE_INTEGER) } = effect;
      const apply = (durable: Durable) => {
        durable.entries = [...durable.entries.filter(({ offset }) => offset < truncateFrom), ...entries];
      };
      return { apply, event: { type: "entriesStored", term, end: endOf(entries.at(-1)!) } };
    }
    case "storeChunk": {
      const { term, snapshot, index } = effect;
      return { apply: () => {}, event: { type: "chunkStored", term, offset: snapshot.offset, index, isSound: true } };
    }
    case "installSnapshot": {
      const { term, snapshot } = effect;
      const apply = (durable: Durable) => Object.assign(durable, { snapshot, entries: [] });
      return { apply, event: { type: "entriesStored", term, end: endOfSnapshot(snapshot) } };
    }
    default:
      return undefined;
  }
}

function runsOf(entries: readonly LogEntry[]): TermRun[] {
  const runs: TermRun[] = [];
  for (const { term, offset } of entries) if (term !== runs.at(-1)?.term) runs.push({ term, from: offset });
  return runs;
}
