import { MillraceError } from "@millrace/vocabulary";
import { encodeBatch, type RecordToWrite } from "./records.ts";

/** How a transaction ended. */
export type TransactionOutcome = "commit" | "abort";

/** What the marker that ends a transaction in a partition says. */
export interface EndTransactionMarker {
  readonly outcome: TransactionOutcome;
  /** Of the transaction coordinator that wrote it: an older one's marker is refused. */
  readonly coordinatorEpoch: number;
}

/** Kafka's numbers for control records; those from 2 on belong to its metadata log. */
const controlTypes: readonly TransactionOutcome[] = ["abort", "commit"];
/** Of key and value, both; later versions may add fields behind. */
const controlVersion = 0;

/*
 * The key of a control record is a version (int16) and its type (int16). The value of a marker is a version (int16) and the
 * coordinator's epoch (int32).
 */

/** The batch of a marker: it takes one offset, and no sequence. */
export function encodeMarkerBatch(
  marker: EndTransactionMarker,
  options: { readonly producerId: number; readonly producerEpoch: number; readonly timestamp: number },
): Buffer {
  const { producerId, producerEpoch, timestamp } = options;
  return encodeBatch([markerRecord(marker, timestamp)], { isControl: true, isTransactional: true, producerId, producerEpoch });
}

function markerRecord({ outcome, coordinatorEpoch }: EndTransactionMarker, timestamp: number): RecordToWrite {
  const key = Buffer.alloc(4);
  key.writeInt16BE(controlVersion, 0);
  key.writeInt16BE(controlTypes.indexOf(outcome), 2);
  const value = Buffer.alloc(6);
  value.writeInt16BE(controlVersion, 0);
  value.writeInt32BE(coordinatorEpoch, 2);
  return { key, value, timestamp };
}

/**
 * Reads a record of a control batch. Undefined: it ends no transaction (Kafka has other types). CORRUPT_MESSAGE where it is no
 * control record.
 */
export function readMarker(record: { readonly key: Buffer | null; readonly value: Buffer | null }): EndTransactionMarker | undefined {
  const { key, value } = record;
  if (key === null || key.length < 4) throw new MillraceError("CORRUPT_MESSAGE", { controlKeyBytes: key?.length ?? null });
  const outcome = controlTypes[key.readInt16BE(2)];
  if (outcome === undefined) return undefined;
  if (value === null || value.length < 6) throw new MillraceError("CORRUPT_MESSAGE", { controlValueBytes: value?.length ?? null });
  return { outcome, coordinatorEpoch: value.readInt32BE(2) };
}
