import { expect, test } from "vitest";
import { compileFormat } from "../src/records/record-format.ts";
import type { ReadRecord } from "../src/records/json-record.ts";
import { faultsOf } from "./support/faults.ts";
import { record } from "./support/records.ts";

function printed(format: string, given: ReadRecord): Buffer {
  const pieces: Buffer[] = [];
  compileFormat(format)(given, (piece) => pieces.push(Buffer.from(piece)));
  return Buffer.concat(pieces);
}

test("every letter stands for its part of the record", () => {
  const given = record({
    partition: 3,
    offset: 7,
    timestampMs: 1_700_000_000_000,
    key: "k",
    value: "value",
    headers: [
      { key: "a", value: Buffer.from("1") },
      { key: "b", value: null },
    ],
  });
  expect(printed("%t-%p@%o %T %k=%v %s %K %S %h 100%%\\n", given).toString()).toBe(
    "orders-3@7 1700000000000 k=value value 1 5 a=1,b= 100%\n",
  );
});

test("null is printed as nothing, and its size as -1", () => {
  expect(printed("[%k|%v|%K|%S]", record()).toString()).toBe("[||-1|-1]");
});

test("escapes are the bytes that they stand for, and other text is itself", () => {
  expect(printed("ä\\t\\n\\r\\0\\\\\\x00\\xff", record())).toEqual(Buffer.concat([Buffer.from("ä\t\n\r\0\\"), Buffer.from([0x00, 0xff])]));
});

test("bytes that are no text come out as they are", () => {
  const value = Buffer.from([0xff, 0x00, 0x0a, 0xc3]);
  expect(printed("%v", record({ value }))).toEqual(value);
});

test.each([
  ["%x", "--format: %x means nothing; there are %t %p %o %T %k %v %s %K %S %h and %%"],
  ["100%", "--format: % means nothing; there are %t %p %o %T %k %v %s %K %S %h and %%"],
  ["\\q", "--format: \\q means nothing; there are \\n \\t \\r \\0 \\\\ \\xHH"],
])("%s is refused", (format, fault) => {
  expect(faultsOf(() => compileFormat(format))).toEqual([fault]);
});
