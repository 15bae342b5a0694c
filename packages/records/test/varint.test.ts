import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { VarintCursor, varintBytes, varlongBytes } from "../src/index.ts";
import { refusalOf } from "./support/refusal.ts";

function cursorOf(hex: string): VarintCursor {
  return new VarintCursor(Buffer.from(hex, "hex"));
}

describe("variable-length integers", () => {
  test("of 32 bits come back, in the bytes foretold", () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.constantFrom(-0x8000_0000, 0x7fff_ffff, 0, -1, 63, 64, -64, -65)), (value) => {
        const cursor = new VarintCursor(Buffer.alloc(10));
        cursor.writeVarint(value);
        expect(cursor.position).toBe(varintBytes(value));
        cursor.position = 0;
        expect(cursor.readVarint()).toBe(value);
      }),
    );
  });

  test("of 64 bits come back up to 2^53, in the bytes foretold", () => {
    fc.assert(
      fc.property(fc.oneof(fc.maxSafeInteger(), fc.integer()), (value) => {
        const cursor = new VarintCursor(Buffer.alloc(10));
        cursor.writeVarlong(value);
        expect(cursor.position).toBe(varlongBytes(value));
        cursor.position = 0;
        expect(cursor.readVarlong()).toBe(value);
      }),
    );
  });

  test("that do not end, or have too many bits, are refused with CORRUPT_MESSAGE", () => {
    for (const hex of ["", "80", "ffffffff", "ffffffff1f", "ffffffffff01"])
      expect(refusalOf(() => cursorOf(hex).readVarint())).toBe("CORRUPT_MESSAGE");
    for (const hex of ["", "ff", "ffffffffffffffffff02", "ffffffffffffffffffff01"])
      expect(refusalOf(() => cursorOf(hex).readVarlong())).toBe("CORRUPT_MESSAGE");
  });

  test("are read in their longest form too", () => {
    expect(cursorOf("8080808000").readVarint()).toBe(0);
    expect(cursorOf("ffffffff0f").readVarint()).toBe(-0x8000_0000);
  });
});
