import { boundEntries } from "./bound-entries.ts";
import { ConsumeResponse, PartitionBatches, ProduceEntry, ProduceRequest } from "./generated/log.js";
import { decodeMessage, type Draft, encodeMessage } from "./message.ts";
import { delimitedField } from "./wire.ts";

/*
 * The two messages that carry records. A generated encoder would copy the records; here they stay parts of their own between
 * the encoded rest, so that they are copied once, into the frame. Decoders slice. log.proto is what passes either way.
 */

/** Numbers of the fields in log.proto that hold messages or records. */
const field = { entries: 4, batch: 15, partitions: 1, aborted: 8, batches: 15 } as const;

/** Encodes a ProduceRequest in parts; batches are not copied. */
export function encodeProduceRequest({ entries = [], ...settings }: Draft<ProduceRequest>): Uint8Array[] {
  const parts: Uint8Array[] = [encodeMessage(ProduceRequest, settings)];
  for (const { batch, ...rest } of entries) {
    const payload = batch === undefined ? [] : delimitedField(field.batch, [batch]);
    parts.push(...delimitedField(field.entries, [encodeMessage(ProduceEntry, rest), ...payload]));
  }
  return parts;
}

/** Decodes a ProduceRequest; batches are slices of `bytes`. INVALID_REQUEST where it is none, or holds more than `entriesMax`. */
export function decodeProduceRequest(bytes: Buffer): ProduceRequest {
  boundEntries(ProduceRequest, bytes, field.entries);
  return decodeMessage(ProduceRequest, bytes);
}

/** What a subscription has to say, with the batches as the log's read gave them. */
export type PartitionBatchesDraft = Omit<Draft<PartitionBatches>, "batches"> & { readonly batches?: readonly Uint8Array[] };

/** Encodes a ConsumeResponse in parts; batches are not copied. */
export function encodeConsumeResponse(partitions: readonly PartitionBatchesDraft[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (const { batches = [], ...rest } of partitions) {
    const payload = batches.length === 0 ? [] : delimitedField(field.batches, batches);
    parts.push(...delimitedField(field.partitions, [encodeMessage(PartitionBatches, rest), ...payload]));
  }
  return parts;
}

/**
 * Decodes a ConsumeResponse; batches are slices of `bytes`. INVALID_REQUEST where it is none, or holds more than `entriesMax`
 * partitions or aborted transactions of one.
 */
export function decodeConsumeResponse(bytes: Buffer): ConsumeResponse {
  boundEntries(ConsumeResponse, bytes, field.partitions, (partition) => boundEntries(PartitionBatches, partition, field.aborted));
  return decodeMessage(ConsumeResponse, bytes);
}
