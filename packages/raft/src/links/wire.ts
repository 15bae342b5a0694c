import { decodeMessage, encodeMessage } from "@millrace/contracts";
import { PeerMessage, type Snapshot } from "@millrace/contracts/raft";
import { MillraceError, Offset } from "@millrace/vocabulary";
import { decodeEntry, encodeEntry, endOf, type LogEntry } from "../entry.ts";
import type { MessageBody, RaftMessage } from "../machine/messages.ts";
import type { SnapshotDescription } from "../snapshot-description.ts";
import { readVoterSet, type VoterId, writeVoterSet } from "../voters.ts";

/** A message as it goes to another node. Who sends it and to whom, the stream's hello has said. */
export function encodePeerMessage(message: RaftMessage): Buffer {
  const { term } = message;
  switch (message.type) {
    case "append": {
      const { prevEnd, prevTerm, committedEnd, entries } = message;
      return encodeMessage(PeerMessage, { term, append: { prevEnd, prevTerm, committedEnd, entries: entries.map(encodeEntry) } });
    }
    case "chunk": {
      const { snapshot, index, bytes } = message;
      const { set, ...rest } = snapshot;
      return encodeMessage(PeerMessage, { term, chunk: { snapshot: { ...rest, voters: writeVoterSet(set) }, index, bytes } });
    }
    default: {
      const { from: _from, to: _to, term: _term, type, ...body } = message;
      return encodeMessage(PeerMessage, { term, [type]: body });
    }
  }
}

/** Reads a message of a node. INVALID_REQUEST where it is none; LEVEL_UNKNOWN for entries of a later version. */
export function decodePeerMessage(bytes: Buffer, from: VoterId, to: VoterId): RaftMessage {
  const message = decodeMessage(PeerMessage, bytes);
  const { term } = message;
  checkNumbers({ term });
  return { from, to, term, ...bodyOf(message) };
}

function bodyOf(message: PeerMessage): MessageBody {
  switch (message.body) {
    case "append":
      return appendOf(message.append!);
    case "chunk": {
      const { snapshot, index, bytes } = message.chunk!;
      checkNumbers({ index });
      return { type: "chunk", snapshot: snapshotOf(snapshot), index, bytes };
    }
    case "hello":
    case undefined:
      throw new MillraceError("INVALID_REQUEST", { message: "PeerMessage", body: message.body ?? "of no kind" });
    default: {
      const body = message[message.body]!;
      checkNumbers(body);
      return { type: message.body, ...body } as MessageBody;
    }
  }
}

function appendOf({ prevEnd, prevTerm, committedEnd, entries }: NonNullable<PeerMessage["append"]>): MessageBody {
  checkNumbers({ prevEnd, prevTerm, committedEnd });
  const decoded: LogEntry[] = [];
  let offset = Offset(prevEnd);
  for (const bytes of entries) {
    decoded.push(decodeEntry(offset, bytes));
    offset = endOf(decoded.at(-1)!);
  }
  return { type: "append", prevEnd: Offset(prevEnd), prevTerm, committedEnd: Offset(committedEnd), entries: decoded };
}

function snapshotOf(snapshot: Snapshot | null): SnapshotDescription {
  const { offset = -1, term = -1, voters = null, chunks = -1, bytes = -1, checksum = -1 } = snapshot ?? {};
  checkNumbers({ offset, term, chunks, bytes });
  return { offset: Offset(offset), term, set: readVoterSet(voters), chunks, bytes, checksum };
}

/** Terms, offsets and counts are whole numbers from 0 on. */
function checkNumbers(fields: object): void {
  for (const [field, value] of Object.entries(fields))
    if (typeof value === "number" && !(Number.isSafeInteger(value) && value >= 0))
      throw new MillraceError("INVALID_REQUEST", { field, value });
}
