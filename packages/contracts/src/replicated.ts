import { MillraceError } from "@millrace/vocabulary";
import { boundEntries } from "./bound-entries.ts";
import { FromFollower, FromLeader, Push } from "./generated/replication.js";
import { decodeMessage, type Draft, encodeMessage } from "./message.ts";
import { delimitedField } from "./wire.ts";

/*
 * The messages that pass between replicas. As in payload.ts records are not copied: replication.proto is what passes either way.
 */

/** Numbers of the fields in replication.proto that hold messages or records. */
const field = { subscribe: 2, acknowledgements: 4, answers: 2, pushes: 15, batches: 15 } as const;

/** A push, with the batches as the log's read gave them. */
export type PushDraft = Omit<Draft<Push>, "batches"> & { readonly batches?: readonly Uint8Array[] };

/** What a leader says, with pushes in parts. */
export type FromLeaderDraft = Omit<Draft<FromLeader>, "pushes"> & { readonly pushes?: readonly PushDraft[] };

/** Encodes a FromLeader in parts; batches are not copied. */
export function encodeFromLeader({ pushes = [], ...rest }: FromLeaderDraft): Uint8Array[] {
  const parts: Uint8Array[] = [encodeMessage(FromLeader, rest)];
  for (const { batches = [], ...marks } of pushes) {
    const payload = batches.length === 0 ? [] : delimitedField(field.batches, batches);
    parts.push(...delimitedField(field.pushes, [encodeMessage(Push, marks), ...payload]));
  }
  return parts;
}

/** Decodes a FromLeader; batches are slices of `bytes`. INVALID_REQUEST where it is none, or holds more than `entriesMax` of something. */
export function decodeFromLeader(bytes: Buffer): FromLeader {
  boundEntries(FromLeader, bytes, field.answers);
  boundEntries(FromLeader, bytes, field.pushes);
  return decodeMessage(FromLeader, bytes);
}

/** The largest FromFollower: `entriesMax` subscriptions fit, and numbers, of which a byte on the wire makes eight, are bounded as well. */
const fromFollowerBytesMax: number = 1024 * 1024;

/** Decodes a FromFollower. INVALID_REQUEST where it is none, is larger than 1 MiB, or holds more than `entriesMax` of something. */
export function decodeFromFollower(bytes: Buffer): FromFollower {
  if (bytes.length > fromFollowerBytesMax)
    throw new MillraceError("INVALID_REQUEST", { message: FromFollower.name, sizeBytes: bytes.length, fromFollowerBytesMax });
  boundEntries(FromFollower, bytes, field.subscribe);
  boundEntries(FromFollower, bytes, field.acknowledgements);
  return decodeMessage(FromFollower, bytes);
}
