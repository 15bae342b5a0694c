import * as fc from "fast-check";
import { expect, test } from "vitest";
import { lineBytesMax, linesOf } from "../src/records/lines.ts";

async function linesIn(...chunks: readonly (Buffer | string)[]): Promise<Buffer[]> {
  async function* input() {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  const lines: Buffer[] = [];
  for await (const some of linesOf(input())) lines.push(...some);
  return lines;
}

const text = (lines: readonly Buffer[]) => lines.map(String);

test("the line break belongs to no line, and a carriage return to its line", async () => {
  expect(text(await linesIn("a\nb\r\n"))).toEqual(["a", "b\r"]);
});

test("empty lines are lines", async () => {
  expect(text(await linesIn("\n\na\n\n"))).toEqual(["", "", "a", ""]);
});

test("the last line may lack its line break", async () => {
  expect(text(await linesIn("a\nb"))).toEqual(["a", "b"]);
});

test("nothing holds no line", async () => {
  expect(await linesIn()).toEqual([]);
});

test("wherever the input is cut into chunks, its lines are the same bytes", async () => {
  const bytes = fc.array(fc.oneof(fc.constantFrom(10, 13, 0, 0xff), fc.nat(255)), { maxLength: 200 }).map((values) => Buffer.from(values));
  await fc.assert(
    fc.asyncProperty(bytes, fc.array(fc.nat(200), { maxLength: 8 }), async (input, cuts) => {
      const places = [0, ...cuts.map((cut) => Math.min(cut, input.length)), input.length].sort((a, b) => a - b);
      const chunks = places.slice(1).map((to, index) => input.subarray(places[index], to));
      const lines = await linesIn(...chunks);
      const joined = Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")]));
      const isComplete = input.length === 0 || input.at(-1) === 10;
      expect(isComplete ? joined : joined.subarray(0, -1)).toEqual(input);
    }),
  );
});

test("a line that no record could hold is refused before all of it is gathered, with its number", async () => {
  const tooMuch = Buffer.alloc(lineBytesMax + 1, "x");
  await expect(linesIn("a\n", tooMuch)).rejects.toMatchObject({ code: "RECORD_INVALID", facts: { line: 2 } });
});
