import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { MiB } from "@millrace/vocabulary";
import { describe, expect, test } from "vitest";
import { BatchView, compressBatch, decompressRecords, readRecords, recordsOf } from "../src/index.ts";
import { compressLz4, decompressLz4 } from "../src/compression/lz4.ts";
import { compressSnappy, decompressSnappy } from "../src/compression/snappy.ts";
import { compressGzip, compressZstd, decompressGzip, decompressZstd } from "../src/compression/zlib.ts";
import { xxhash32 } from "../src/compression/xxhash32.ts";
import { someBatch } from "./support/batches.ts";
import { refusalOf } from "./support/refusal.ts";

const codecs = [
  { name: "gzip" as const, compress: compressGzip, decompress: decompressGzip },
  { name: "snappy" as const, compress: compressSnappy, decompress: decompressSnappy },
  { name: "lz4" as const, compress: compressLz4, decompress: decompressLz4 },
  { name: "zstd" as const, compress: compressZstd, decompress: decompressZstd },
];

/** Bytes as they come: noise, runs, and texts that repeat after a while; up to some blocks of any compression. */
const payload: fc.Arbitrary<Buffer> = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((noise) => Buffer.from(noise)),
      fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 1, max: 70_000 })).map(([byte, length]) => Buffer.alloc(length, byte)),
      fc
        .tuple(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.integer({ min: 1, max: 400 }))
        .map(([text, times]) => Buffer.alloc(text.length * times, text)),
    ),
    { maxLength: 6 },
  )
  .map((parts) => Buffer.concat(parts));

describe.each(codecs)("$name", ({ name, compress, decompress }) => {
  test("what was compressed comes back", () => {
    fc.assert(
      fc.property(payload, (bytes) => {
        expect(decompress(compress(bytes), MiB).equals(bytes)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test("nothing past the cap comes out, whatever was put in", () => {
    const bytes = Buffer.alloc(100_000, "abcdefgh");
    const compressed = compress(bytes);
    expect(decompress(compressed, bytes.length).length).toBe(bytes.length);
    for (const cap of [1, 100, 65_536, bytes.length - 1]) expect(refusalOf(() => decompress(compressed, cap))).toBe("MESSAGE_TOO_LARGE");
  });

  test("a bomb ends at the cap", () => {
    const bomb = compress(Buffer.alloc(64 * MiB));
    expect(bomb.length).toBeLessThan(4 * MiB);
    const before = process.memoryUsage().arrayBuffers;
    expect(refusalOf(() => decompress(bomb, MiB))).toBe("MESSAGE_TOO_LARGE");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * MiB);
  });

  test("every truncation is refused, or yields less", () => {
    const bytes = Buffer.from("to be or not to be, that is the question; to be or not to be. ".repeat(20));
    const compressed = compress(bytes);
    for (let end = 0; end < compressed.length; end++) {
      const code = refusalOf(() => decompress(compressed.subarray(0, end), MiB));
      // A stream of Snappy blocks has no end mark: between blocks it could end.
      if (name !== "snappy" || end !== 16) expect(code).toBe("CORRUPT_MESSAGE");
    }
  });

  test("changed bytes are refused or yield other bytes, never more than the cap, and never another error", () => {
    const compressed = compress(Buffer.from("lorem ipsum dolor sit amet ".repeat(40)));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(compressed.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 3 }),
        (changes) => {
          const changed = Buffer.from(compressed);
          for (const [at, byte] of changes) changed[at] = byte;
          const code = refusalOf(() => expect(decompress(changed, 4096).length).toBeLessThanOrEqual(4096));
          expect(["CORRUPT_MESSAGE", "MESSAGE_TOO_LARGE", undefined]).toContain(code);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test("a batch keeps everything but its records, and its checksum holds", () => {
    const batch = someBatch(50);
    const view = new BatchView(compressBatch(batch, name));
    expect(view.compression).toBe(name);
    expect(view.computeCrc()).toBe(view.crc);
    expect([view.recordCount, view.maxTimestamp, view.lastOffset]).toEqual([50, new BatchView(batch).maxTimestamp, 49]);
    expect(decompressRecords(view, MiB)).toEqual(recordsOf(new BatchView(batch)));
    expect([...readRecords(view, decompressRecords(view, MiB))]).toHaveLength(50);
  });
});

describe("batches", () => {
  test("records that are not compressed are a slice, within the cap", () => {
    const view = new BatchView(someBatch(3));
    expect(decompressRecords(view, MiB).buffer).toBe(view.bytes.buffer);
    expect(refusalOf(() => decompressRecords(view, 10))).toBe("MESSAGE_TOO_LARGE");
  });

  test("a number that no compression has is refused", () => {
    const batch = someBatch(1);
    batch[22] = 5;
    expect(refusalOf(() => decompressRecords(new BatchView(batch), MiB))).toBe("CORRUPT_MESSAGE");
  });

  test("no records at all, as compaction may leave a batch, pass each compression", () => {
    for (const { compress, decompress } of codecs) expect(decompress(compress(Buffer.alloc(0)), 1)).toEqual(Buffer.alloc(0));
  });
});

describe("gzip and zstd", () => {
  test("a declared size changes nothing", () => {
    const gzip = gzipSync(Buffer.alloc(5000));
    gzip.writeUInt32LE(1, gzip.length - 4);
    expect(refusalOf(() => decompressGzip(gzip, MiB))).toBe("CORRUPT_MESSAGE");
    const zstd = zstdCompressSync(Buffer.alloc(3 * MiB));
    expect(refusalOf(() => decompressZstd(zstd, MiB))).toBe("MESSAGE_TOO_LARGE");
  });
});

describe("Snappy", () => {
  const block = (hex: string): Buffer => Buffer.from(hex.replaceAll(" ", ""), "hex");

  test("each kind of element is read: literals with short and long counts, matches with 1, 2 and 4 bytes of distance", () => {
    const bytes = block(`4a 0c 61626364 01 04 06 0200 0b 04000000 f0 3c ${"78".repeat(61)}`);
    expect(decompressSnappy(bytes, 100).toString()).toBe(`abcdabcdcdcdc${"x".repeat(61)}`);
  });

  test("a match that reaches back further than there are bytes is refused", () => {
    expect(refusalOf(() => decompressSnappy(block("08 0c 61626364 01 05"), 100))).toBe("CORRUPT_MESSAGE");
    expect(refusalOf(() => decompressSnappy(block("08 0c 61626364 01 00"), 100))).toBe("CORRUPT_MESSAGE");
  });

  test("a bare block is read, as librdkafka writes it", () => {
    const stream = compressSnappy(Buffer.from("hello hello hello hello"));
    expect(decompressSnappy(stream.subarray(20), 100).toString()).toBe("hello hello hello hello");
  });

  test("streams that follow one another are read as one", () => {
    const twice = Buffer.concat([compressSnappy(Buffer.from("one ")), compressSnappy(Buffer.from("two"))]);
    expect(decompressSnappy(twice, 100).toString()).toBe("one two");
  });

  test("a block that announces more than its bytes could become is refused before memory is taken for it", () => {
    expect(refusalOf(() => decompressSnappy(block("ffffff7f 00 61"), 1 << 30))).toBe("CORRUPT_MESSAGE");
    expect(refusalOf(() => decompressSnappy(block("ffffffffff7f 00 61"), 1 << 30))).toBe("CORRUPT_MESSAGE");
  });
});

describe("LZ4", () => {
  /** What the frames in `vectors/` hold, which the tool `lz4` 1.9.4 wrote. */
  const content = Buffer.alloc(150_000, "The mill grinds slowly, but it grinds exceedingly small. ");
  const vector = (name: string): Buffer => readFileSync(join(import.meta.dirname, "vectors", name));

  test.each([
    ["", 0x02cc_5d05],
    ["a", 0x550d_7456],
    ["abc", 0x32d1_53ff],
  ])("XXH32 of %j", (text, hash) => {
    expect(xxhash32(Buffer.from(text))).toBe(hash);
  });

  test.each(["linked-sized.lz4", "independent-checked.lz4"])("a frame with whatever a frame may have is read: %s", (name) => {
    expect(decompressLz4(vector(name), MiB).equals(content)).toBe(true);
  });

  test("a frame whose content, block or header fails its checksum, or whose size is another, is refused", () => {
    for (const name of ["linked-sized.lz4", "independent-checked.lz4"]) {
      const frame = vector(name);
      for (const at of [frame.length - 1, 6]) {
        const changed = Buffer.from(frame);
        changed[at]! ^= 1;
        expect(refusalOf(() => decompressLz4(changed, MiB))).toBe("CORRUPT_MESSAGE");
      }
    }
  });

  test("an independent block may not reach into the one before it", () => {
    const linked = vector("linked-sized.lz4");
    // The same blocks in a frame that calls them independent: flags, block size and their checksum, without sizes.
    const independent = Buffer.concat([Buffer.from("04224d186040", "hex"), Buffer.from([0x82]), linked.subarray(15, -4)]);
    expect(refusalOf(() => decompressLz4(independent, MiB))).toBe("CORRUPT_MESSAGE");
    const asLinked = Buffer.concat([Buffer.from("04224d184040", "hex"), Buffer.from([0xc0]), linked.subarray(15, -4)]);
    expect(decompressLz4(asLinked, MiB).equals(content)).toBe(true);
  });

  test("the header is the one that Kafka's clients write", () => {
    expect(compressLz4(Buffer.from("a")).subarray(0, 7).toString("hex")).toBe("04224d18604082");
  });

  test("a dictionary, other versions and bytes behind the frame are refused", () => {
    const frame = compressLz4(Buffer.from("hello"));
    expect(refusalOf(() => decompressLz4(Buffer.concat([frame, Buffer.alloc(1)]), MiB))).toBe("CORRUPT_MESSAGE");
    for (const flags of [0x61, 0x20, 0xa0]) {
      const other = Buffer.from(frame);
      other[4] = flags;
      expect(refusalOf(() => decompressLz4(other, MiB))).toBe("CORRUPT_MESSAGE");
    }
  });
});
