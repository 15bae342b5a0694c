import { assert } from "@millrace/vocabulary";
import { BatchView } from "./batch.ts";
import { headerOf, sealBatch } from "./batch-header.ts";
import { batchHeaderBytes, type Compression } from "./batch-layout.ts";
import { compressLz4, decompressLz4 } from "./compression/lz4.ts";
import { corrupt, tooLarge } from "./compression/output.ts";
import { compressSnappy, decompressSnappy } from "./compression/snappy.ts";
import { compressGzip, compressZstd, decompressGzip, decompressZstd } from "./compression/zlib.ts";
import { recordsOf } from "./framing.ts";

/** The ways in and out of one compression. */
interface Codec {
  readonly compress: (input: Buffer) => Buffer;
  readonly decompress: (input: Buffer, outputBytesMax: number) => Buffer;
}

const codecs: Readonly<Record<Exclude<Compression, "none">, Codec>> = {
  gzip: { compress: compressGzip, decompress: decompressGzip },
  snappy: { compress: compressSnappy, decompress: decompressSnappy },
  lz4: { compress: compressLz4, decompress: decompressLz4 },
  zstd: { compress: compressZstd, decompress: decompressZstd },
};

/** Compresses an uncompressed batch, even where it grows by it. Everything but its records stays as it is. */
export function compressBatch(batch: Buffer, compression: Compression): Buffer {
  const view = new BatchView(batch);
  assert(view.compression === "none", "only an uncompressed batch is compressed", { compression: view.compression });
  if (compression === "none") return batch;
  const records = codecs[compression].compress(recordsOf(view));
  const compressed = Buffer.allocUnsafe(batchHeaderBytes + records.length);
  records.copy(compressed, batchHeaderBytes);
  sealBatch(compressed, { ...headerOf(view), compression });
  return compressed;
}

/**
 * The records of a batch, uncompressed: a slice of it where they are so already.
 *
 * Never yields nor takes memory for more than `outputBytesMax`, whatever the batch declares; past it MESSAGE_TOO_LARGE.
 * CORRUPT_MESSAGE where the bytes are not what the batch's compression writes.
 */
export function decompressRecords(batch: BatchView, outputBytesMax: number): Buffer {
  assert(outputBytesMax > 0, "some output is allowed", { outputBytesMax });
  const records = recordsOf(batch);
  const { compression } = batch;
  if (compression === undefined) throw corrupt({ compression: batch.attributes & 7 });
  if (compression !== "none") return codecs[compression].decompress(records, outputBytesMax);
  if (records.length > outputBytesMax) throw tooLarge(records.length, outputBytesMax);
  return records;
}
