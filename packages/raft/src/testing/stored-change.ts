import { decodeStrictly } from "@millrace/contracts";
import { HardState, Snapshot } from "@millrace/contracts/raft";
import { Offset } from "@millrace/vocabulary";
import { decodeEntry, type LogEntry } from "../entry.ts";
import { offsetOf } from "../keys.ts";
import type { SnapshotDescription } from "../snapshot-description.ts";
import { readVoterId, readVoterSet, type VoterId } from "../voters.ts";

/** What one change of a voter's store says. */
export type StoredChange =
  | { readonly kind: "hardState"; readonly term: number; readonly vote: VoterId | undefined }
  | { readonly kind: "entry"; readonly entry: LogEntry; readonly bytes: Buffer }
  | { readonly kind: "entryRemoved"; readonly offset: Offset }
  | { readonly kind: "snapshot"; readonly snapshot: SnapshotDescription }
  /** A chunk of the snapshot as of `offset`; undefined: it is gone. */
  | { readonly kind: "chunk"; readonly offset: Offset; readonly index: number; readonly bytes: Buffer | undefined }
  /** Says nothing that the others do not say. */
  | { readonly kind: "other" };

/** Reads a change of the store of a voter, for whoever follows what is durable there. Throws as reading the store does. */
export function readStoredChange({ key, value }: { readonly key: Buffer; readonly value: Buffer | undefined }): StoredChange {
  switch (key.toString("latin1", 0, 1)) {
    case "h":
      return hardStateOf(value!);
    case "l":
      if (value === undefined) return { kind: "entryRemoved", offset: offsetOf(key) };
      return { kind: "entry", entry: decodeEntry(offsetOf(key), value), bytes: value };
    case "s":
      return { kind: "snapshot", snapshot: snapshotOf(value!) };
    case "c":
      return { kind: "chunk", offset: offsetOf(key), index: key.readUInt32BE(9), bytes: value };
    default:
      return { kind: "other" };
  }
}

function hardStateOf(value: Buffer): StoredChange {
  const { term, vote } = decodeStrictly(HardState, value);
  return { kind: "hardState", term, vote: vote === null || vote === undefined ? undefined : readVoterId(vote) };
}

function snapshotOf(value: Buffer): SnapshotDescription {
  const { offset, term, voters, chunks, bytes, checksum } = decodeStrictly(Snapshot, value);
  return { offset: Offset(offset), term, set: readVoterSet(voters), chunks, bytes, checksum };
}
