import { batchHeaderBytes, batchMagic, BatchView } from "@millrace/records";
import { MillraceError, type TopicSettings } from "@millrace/vocabulary";
import { recordsPerBatchMax } from "../segment/batch-fault.ts";

/**
 * Checks what a client sent as a batch without looking at its records: that it is one batch, whole and sound, and says nothing
 * that a client may not say. In Kafka's order, with Kafka's codes.
 */
export function checkEnvelope(batch: Buffer, settings: TopicSettings, { allowsZstd }: { allowsZstd: boolean }): void {
  const view = new BatchView(batch);
  checkSingle(view, batch.length);
  checkCompression(view, allowsZstd);
  if (view.baseOffset !== 0) throw new MillraceError("INVALID_RECORD", { baseOffset: view.baseOffset, expected: 0 });
  const bytesMax = settings["max.message.bytes"];
  if (batch.length > bytesMax) throw new MillraceError("MESSAGE_TOO_LARGE", { sizeBytes: batch.length, "max.message.bytes": bytesMax });
  const crc = view.computeCrc();
  if (crc !== view.crc) throw new MillraceError("CORRUPT_MESSAGE", { crc: view.crc, computed: crc });
  checkClaims(view);
}

/** Of a batch in the oldest format: offset, length, and a message of 14 bytes. */
const sizeBytesMin = 26;

function checkSingle(view: BatchView, available: number): void {
  if (available < batchHeaderBytes) throw new MillraceError("INVALID_RECORD", { sizeBytes: available, batches: 0 });
  const { magic, sizeBytes } = view;
  // What is no batch of any format is corrupt; an old format is refused in its own right.
  const isBatch = sizeBytes >= sizeBytesMin && magic >= 0 && magic <= batchMagic;
  if (!isBatch) throw new MillraceError("CORRUPT_MESSAGE", { sizeBytes, sizeBytesMin, magic, magicMax: batchMagic });
  if (magic !== batchMagic) throw new MillraceError("INVALID_RECORD", { magic, expected: batchMagic });
  if (sizeBytes < batchHeaderBytes) throw new MillraceError("CORRUPT_MESSAGE", { sizeBytes, sizeBytesMin: batchHeaderBytes });
  if (sizeBytes > available) throw new MillraceError("INVALID_RECORD", { sizeBytes, available, batches: 0 });
  if (sizeBytes < available) throw new MillraceError("INVALID_RECORD", { sizeBytes, available, batches: "more than one" });
}

function checkCompression(view: BatchView, allowsZstd: boolean): void {
  const { compression } = view;
  if (compression === undefined || (compression === "zstd" && !allowsZstd))
    throw new MillraceError("UNSUPPORTED_COMPRESSION_TYPE", { compression: compression ?? view.attributes & 7 });
}

function checkClaims(view: BatchView): void {
  const { lastOffsetDelta, recordCount, producerId, baseSequence } = view;
  const isCounted = recordCount > 0 && recordCount < recordsPerBatchMax && lastOffsetDelta === recordCount - 1;
  if (!isCounted) throw new MillraceError("INVALID_RECORD", { recordCount, lastOffsetDelta });
  if (view.isControl) throw new MillraceError("INVALID_RECORD", { reason: "a client may not write control records" });
  if (view.deleteHorizonMs !== undefined) throw new MillraceError("INVALID_RECORD", { reason: "a client may not set a delete horizon" });
  if (producerId >= 0 && baseSequence < 0) throw new MillraceError("INVALID_RECORD", { producerId, baseSequence });
  if (view.isLogAppendTime) throw new MillraceError("INVALID_TIMESTAMP", { reason: "a client may not say LogAppendTime" });
}
