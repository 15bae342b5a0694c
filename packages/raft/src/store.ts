import { decodeStrictly, type MessageType } from "@millrace/contracts";
import { Format, HardState, Snapshot, VoterSet as VoterSetMessage } from "@millrace/contracts/raft";
import type { Kv } from "@millrace/runtime";
import { assert, MillraceError, Offset, type Uuid } from "@millrace/vocabulary";
import { decodeEntry, endOf, type LogEntry } from "./entry.ts";
import { entryKey, formatKey, hardStateKey, offsetOf, snapshotKey, voterSetKey } from "./keys.ts";
import type { TermRun } from "./machine/log.ts";
import { endOfSnapshot, type SnapshotDescription } from "./snapshot-description.ts";
import { readUuid, readVoterId, readVoterSet, type VoterId, type VoterSet } from "./voters.ts";

/** How the store is laid out. A store with a higher version was written by a later Millrace. */
export const formatVersion = 1;

/** What a voter finds when it starts. */
export interface Stored {
  readonly clusterId: Uuid;
  readonly self: VoterId;
  readonly term: number;
  readonly vote: VoterId | undefined;
  readonly snapshot: SnapshotDescription;
  /** The offset after the last entry; after the snapshot where there is none. */
  readonly logEnd: Offset;
  /** Where the terms of the log begin. */
  readonly runs: readonly TermRun[];
  /** The sets of voters that stand in the log. */
  readonly sets: readonly { readonly offset: Offset; readonly set: VoterSet }[];
}

/** Reads what `format` and the lives before this one left. Throws DATA_UNFORMATTED, LEVEL_UNKNOWN, DATA_DAMAGED. */
export function readStored(kv: Kv): Stored {
  const format = readMessage(kv, formatKey, Format);
  if (format === undefined) throw new MillraceError("DATA_UNFORMATTED", { store: "raft" });
  if (format.version !== formatVersion) throw new MillraceError("LEVEL_UNKNOWN", { store: "raft", version: format.version, formatVersion });
  const { term, vote } = present(readMessage(kv, hardStateKey, HardState), "hard state");
  const snapshot = readSnapshot(kv);
  const last = lastEntry(kv, snapshot);
  if ((last?.term ?? snapshot.term) > term)
    throw new MillraceError("DATA_DAMAGED", { store: "raft", term, lastTerm: last?.term ?? snapshot.term });
  const logEnd = last === undefined ? endOfSnapshot(snapshot) : endOf(last);
  return {
    clusterId: readUuid(format.clusterId),
    self: readVoterId(format.voter),
    term,
    vote: vote === null ? undefined : readVoterId(vote),
    snapshot,
    logEnd,
    runs: readRuns(kv, endOfSnapshot(snapshot), logEnd),
    sets: readSets(kv, endOfSnapshot(snapshot)),
  };
}

export function readSnapshot(kv: Kv): SnapshotDescription {
  const { offset, term, voters, chunks, bytes, checksum } = present(readMessage(kv, snapshotKey, Snapshot), "snapshot");
  return { offset: Offset(offset), term, set: readVoterSet(voters), chunks, bytes, checksum };
}

function lastEntry(kv: Kv, snapshot: SnapshotDescription): LogEntry | undefined {
  return entriesBetween(kv, { from: endOfSnapshot(snapshot), to: Offset(Number.MAX_SAFE_INTEGER), reverse: true, limit: 1 })[0];
}

/** Finds where each term begins by halving: a term's entries lie together. Reads few entries, however long the log is. */
function readRuns(kv: Kv, from: Offset, end: Offset): TermRun[] {
  const runs: TermRun[] = [];
  for (let entry = entryAt(kv, from); entry !== undefined; entry = entryAt(kv, endOfTerm(kv, entry, end)))
    runs.push({ term: entry.term, from: entry.offset });
  return runs;
}

/** Where the entries of this one's term end. */
function endOfTerm(kv: Kv, first: LogEntry, end: Offset): Offset {
  let low = endOf(first);
  let high = end;
  while (low < high) {
    const middle = Offset(Math.floor((low + high) / 2));
    const entry = entryAt(kv, middle);
    if (entry === undefined || entry.term > first.term) high = middle;
    else low = endOf(entry);
  }
  return low;
}

/** The first entry that begins at `from` or later. */
function entryAt(kv: Kv, from: Offset): LogEntry | undefined {
  return entriesBetween(kv, { from, to: Offset(Number.MAX_SAFE_INTEGER), reverse: false, limit: 1 })[0];
}

function readSets(kv: Kv, from: Offset): { offset: Offset; set: VoterSet }[] {
  const bounds = { from: voterSetKey(from), to: voterSetKey(Offset(Number.MAX_SAFE_INTEGER)) };
  return [...kv.range(bounds)].map(({ key, value }) => ({
    offset: offsetOf(key),
    set: readVoterSet(decodeStrictly(VoterSetMessage, value)),
  }));
}

/**
 * Entries from `from`, which begins one, in [from, to): until they hold `recordsMax` records, or to the end. Throws
 * DATA_DAMAGED where one is missing.
 */
export function readEntries(kv: Kv, from: Offset, to: Offset, recordsMax: number): LogEntry[] {
  const entries: LogEntry[] = [];
  let next = from;
  while (next < to && next - from < recordsMax) {
    const value = kv.get(entryKey(next));
    if (value === undefined) throw new MillraceError("DATA_DAMAGED", { store: "raft", missing: next });
    const entry = decodeEntry(next, value);
    entries.push(entry);
    next = endOf(entry);
  }
  assert(next <= to || next - from >= recordsMax, "what is committed ends with an entry", { next, to });
  return entries;
}

/** The term of the entry that ends with this offset, which lies behind the snapshot's. */
export function termAt(kv: Kv, snapshot: SnapshotDescription, last: Offset): number {
  const [entry] = entriesBetween(kv, { from: endOfSnapshot(snapshot), to: Offset(last + 1), reverse: true, limit: 1 });
  assert(entry !== undefined && endOf(entry) === last + 1, "a snapshot ends with an entry", { last });
  return entry.term;
}

function entriesBetween(kv: Kv, { from, to, ...order }: { from: Offset; to: Offset; reverse: boolean; limit: number }): LogEntry[] {
  return [...kv.range({ from: entryKey(from), to: entryKey(to), ...order })].map(({ key, value }) => decodeEntry(offsetOf(key), value));
}

function readMessage<Message extends object>(kv: Kv, key: Buffer, type: MessageType<Message>): Message | undefined {
  const value = kv.get(key);
  return value === undefined ? undefined : decodeStrictly(type, value);
}

function present<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new MillraceError("DATA_DAMAGED", { store: "raft", missing: what });
  return value;
}
