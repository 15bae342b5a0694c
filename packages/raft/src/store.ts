import { decodeStrictly, type MessageType } from "@millrace/contracts";
import { Format, HardState, Snapshot } from "@millrace/contracts/raft";
import type { Kv } from "@millrace/runtime";
import { assert, MillraceError, Offset, type Uuid } from "@millrace/vocabulary";
import { decodeEntry, endOf, type LogEntry } from "./entry.ts";
import { entryKey, formatKey, hardStateKey, offsetOf, snapshotKey } from "./keys.ts";
import { readUuid, readVoterId, readVoters, type Voter, type VoterId } from "./voters.ts";

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
}

/** Which snapshot is stored, and what it must hold. */
export interface SnapshotDescription {
  readonly offset: Offset;
  readonly term: number;
  readonly voters: readonly Voter[];
  readonly chunks: number;
  readonly bytes: number;
  /** CRC-32 over the chunks, one after the other. */
  readonly checksum: number;
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
  return {
    clusterId: readUuid(format.clusterId),
    self: readVoterId(format.voter),
    term,
    vote: vote === null ? undefined : readVoterId(vote),
    snapshot,
    logEnd: last === undefined ? endOfSnapshot(snapshot) : endOf(last),
  };
}

/** The offset after everything that is folded into the snapshot. */
export function endOfSnapshot({ offset }: SnapshotDescription): Offset {
  return Offset(offset + 1);
}

export function readSnapshot(kv: Kv): SnapshotDescription {
  const { offset, term, voters, chunks, bytes, checksum } = present(readMessage(kv, snapshotKey, Snapshot), "snapshot");
  return { offset: Offset(offset), term, voters: readVoters(voters), chunks, bytes, checksum };
}

function lastEntry(kv: Kv, snapshot: SnapshotDescription): LogEntry | undefined {
  return entriesBetween(kv, { from: endOfSnapshot(snapshot), to: Offset(Number.MAX_SAFE_INTEGER), reverse: true, limit: 1 })[0];
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
