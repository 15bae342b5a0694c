import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32cByTable } from "../src/crc32c.ts";
import { crc32c, murmur2, partitionOfKey } from "../src/index.ts";

describe("CRC-32C", () => {
  // RFC 3720, B.4.
  test.each([
    ["32 zeros", Buffer.alloc(32), 0x8a91_36aa],
    ["32 ones", Buffer.alloc(32, 0xff), 0x62a8_ab43],
    ["0 to 31", Buffer.from(Array.from({ length: 32 }, (_, byte) => byte)), 0x46dd_794e],
    ["31 to 0", Buffer.from(Array.from({ length: 32 }, (_, byte) => 31 - byte)), 0x113f_db5c],
  ])("of %s is the one of the RFC", (_, bytes, checksum) => {
    expect(crc32c(bytes)).toBe(checksum);
    expect(crc32cByTable(bytes)).toBe(checksum);
  });

  test("is the same by the processor and by tables, whole and continued", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, cut) => {
        const whole = crc32c(bytes);
        expect(crc32cByTable(bytes)).toBe(whole);
        expect(crc32c(bytes.subarray(cut), crc32c(bytes.subarray(0, cut)))).toBe(whole);
        expect(crc32cByTable(bytes.subarray(cut), crc32cByTable(bytes.subarray(0, cut)))).toBe(whole);
      }),
    );
  });
});

describe("murmur2", () => {
  // As Kafka's own tests have them.
  test.each([
    ["21", -973_932_308],
    ["foobar", -790_332_482],
    ["a-little-bit-long-string", -985_981_536],
    ["a-little-bit-longer-string", -1_486_304_829],
    ["abc", 479_470_107],
  ])("of %j is Java's", (text, hash) => {
    expect(murmur2(Buffer.from(text))).toBe(hash);
  });

  test("chooses a partition by its lower 31 bits", () => {
    expect(partitionOfKey(Buffer.from("21"), 12)).toBe((-973_932_308 & 0x7fff_ffff) % 12);
  });
});
