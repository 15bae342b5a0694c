import { decodeStrictly } from "@millrace/contracts";
import { Entry as Message } from "@millrace/contracts/raft";
import { assert, MillraceError, Offset } from "@millrace/vocabulary";
import { readVoterId, readVoterSet, type VoterId, type VoterSet, writeVoterId, writeVoterSet } from "./voters.ts";

/** One entry of the log: appended, replicated and cut off as a whole. */
export interface LogEntry {
  /** The first one that it takes: one for each record, or one. */
  readonly offset: Offset;
  /** Of the leader that appended it. */
  readonly term: number;
  readonly payload: EntryPayload;
}

export type EntryPayload =
  | { readonly kind: "records"; readonly records: readonly Uint8Array[] }
  /** Begins each term: what earlier terms left is committed with it. */
  | { readonly kind: "leaderChange"; readonly leader: VoterId }
  /** Who takes part from here on, committed or not. */
  | { readonly kind: "voterSet"; readonly set: VoterSet };

/** The offset after the entry. */
export function endOf({ offset, payload }: LogEntry): Offset {
  return Offset(offset + (payload.kind === "records" ? payload.records.length : 1));
}

/** What an entry weighs in memory and on its way: its records, and a little for what stands around them. */
export function bytesOfEntry({ payload }: LogEntry): number {
  if (payload.kind !== "records") return entryOverheadBytes;
  return payload.records.reduce((sum, { length }) => sum + length, entryOverheadBytes);
}

const entryOverheadBytes = 64;

export function encodeEntry({ term, payload }: LogEntry): Buffer {
  switch (payload.kind) {
    case "records":
      assert(payload.records.length > 0, "an entry takes an offset");
      return Message.encode({ term, records: { records: payload.records } }).finish();
    case "leaderChange":
      return Message.encode({ term, leaderChange: { leader: writeVoterId(payload.leader) } }).finish();
    case "voterSet":
      return Message.encode({ term, voterSet: writeVoterSet(payload.set) }).finish();
  }
}

/** Reads an entry as it is stored. Throws LEVEL_UNKNOWN where it is of a later version, DATA_DAMAGED where it is none. */
export function decodeEntry(offset: Offset, bytes: Buffer): LogEntry & { readonly payload: EntryPayload } {
  const message = decodeStrictly(Message, bytes);
  switch (message.payload) {
    case "records":
      return { offset, term: message.term, payload: { kind: "records", records: message.records!.records } };
    case "leaderChange":
      return { offset, term: message.term, payload: { kind: "leaderChange", leader: readVoterId(message.leaderChange!.leader) } };
    case "voterSet":
      return { offset, term: message.term, payload: { kind: "voterSet", set: readVoterSet(message.voterSet) } };
    case undefined:
      throw new MillraceError("DATA_DAMAGED", { entry: "of no kind", offset });
  }
}
