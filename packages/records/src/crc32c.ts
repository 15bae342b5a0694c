import { createRequire } from "node:module";

type Checksum = (bytes: Uint8Array, seed?: number) => number;

/**
 * CRC-32C (Castagnoli), the checksum of record batches: by `@node-rs/crc32`, which uses the processor's instruction
 * (5.6 GB/s on 1 MiB), where it can be loaded, else by tables. `seed` continues an earlier checksum.
 */
export const crc32c: Checksum = loadNative() ?? crc32cByTable;

function loadNative(): Checksum | undefined {
  try {
    const native = createRequire(import.meta.url)("@node-rs/crc32") as { crc32c: Checksum };
    return native.crc32c("123456789" as never) === 0xe306_9283 ? native.crc32c : undefined;
  } catch {
    return undefined;
  }
}

const polynomial = 0x82f6_3b78;
/** Eight tables of 256 entries: the effect of one byte that is followed by 0 to 7 others. */
const tables: Int32Array = makeTables();

function makeTables(): Int32Array {
  const made = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    made[byte] = crc;
  }
  for (let index = 256; index < made.length; index++) {
    const before = made[index - 256]!;
    made[index] = (before >>> 8) ^ made[before & 0xff]!;
  }
  return made;
}

/** CRC-32C eight bytes at a time, without native code: about 1 GB/s. */
export function crc32cByTable(bytes: Uint8Array, seed = 0): number {
  let crc = ~seed;
  let position = 0;
  for (const end = bytes.length - 7; position < end; position += 8) {
    crc ^= bytes[position]! | (bytes[position + 1]! << 8) | (bytes[position + 2]! << 16) | (bytes[position + 3]! << 24);
    crc =
      tables[0x700 + (crc & 0xff)]! ^
      tables[0x600 + ((crc >>> 8) & 0xff)]! ^
      tables[0x500 + ((crc >>> 16) & 0xff)]! ^
      tables[0x400 + (crc >>> 24)]! ^
      tables[0x300 + bytes[position + 4]!]! ^
      tables[0x200 + bytes[position + 5]!]! ^
      tables[0x100 + bytes[position + 6]!]! ^
      tables[bytes[position + 7]!]!;
  }
  for (; position < bytes.length; position++) crc = tables[(crc ^ bytes[position]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
