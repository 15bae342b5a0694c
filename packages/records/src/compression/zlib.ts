import { constants, gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { corrupt, tooLarge } from "./output.ts";

export function compressGzip(input: Buffer): Buffer {
  return gzipSync(input);
}

/** CORRUPT_MESSAGE where it is no gzip, MESSAGE_TOO_LARGE past `outputBytesMax`, which ends the work. */
export function decompressGzip(input: Buffer, outputBytesMax: number): Buffer {
  return bounded(outputBytesMax, () => gunzipSync(input, { maxOutputLength: outputBytesMax }));
}

export function compressZstd(input: Buffer): Buffer {
  return zstdCompressSync(input);
}

/** Windows of 128 MiB, as zstd's highest level writes them. The memory is only touched as far as there is output. */
const windowLogMax = 27;

/** As `decompressGzip`. */
export function decompressZstd(input: Buffer, outputBytesMax: number): Buffer {
  const options = { maxOutputLength: outputBytesMax, params: { [constants.ZSTD_d_windowLogMax]: windowLogMax } };
  return bounded(outputBytesMax, () => zstdDecompressSync(input, options));
}

function bounded(outputBytesMax: number, decompress: () => Buffer): Buffer {
  try {
    return decompress();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(outputBytesMax + 1, outputBytesMax);
    throw corrupt({ zlib: code });
  }
}
