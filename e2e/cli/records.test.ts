import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { Millrace } from "../support/millrace.ts";

const directory = mkdtempSync(join(tmpdir(), "millrace-e2e-"));

let broker: BrokerProcess;
let millrace: Millrace;
beforeAll(async () => {
  broker = await BrokerProcess.start();
  millrace = new Millrace(broker.bootstrap);
});
afterAll(async () => {
  await broker[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true, force: true });
});

test("what one sends, another prints, and the first is told where it lies", async () => {
  await millrace.run("topic create greetings");
  expect(await millrace.run("produce greetings", "hello\n")).toMatchObject({ code: 0, stdout: "greetings-0 offset=0\n", stderr: "" });
  expect(await millrace.run("consume greetings")).toMatchObject({ code: 0, stdout: "hello\n", stderr: "" });
});

test("of a file of 100,000 lines every byte comes back, and each partition is told in a line on stderr", async () => {
  const file = join(directory, "lines.txt");
  const lines = Buffer.from(Array.from({ length: 100_000 }, (_, line) => `${line} ${"x".repeat(line % 97)}\n`).join(""));
  writeFileSync(file, lines);
  await millrace.run("topic create lines");
  expect(await millrace.run(["produce", "lines", "--file", file])).toMatchObject({
    code: 0,
    stdout: "",
    stderr: "lines-0 offset=0..99999 records=100000\n",
  });
  const { code, bytes } = await millrace.run("consume lines --from start --exit");
  expect(code).toBe(0);
  expect(bytes.equals(lines)).toBe(true);
});

test.each([
  ["empty lines", "empty", "\n\na\n\n\n"],
  ["lines that end with a carriage return", "crlf", "a\r\nb\r\n\r\n"],
  ["lines of bytes that are no text", "binary", Buffer.from([0xff, 0x00, 0x0a, 0xc3, 0x28, 0x0d, 0x0a, 0x1b, 0x5b, 0x0a])],
  ["lines of letters beyond ASCII", "letters", "Müller\n日本語\n🚂\n"],
])("%s come back byte by byte", async (_, topic, input) => {
  await millrace.run(`topic create ${topic}`);
  await millrace.run(`produce ${topic}`, input);
  expect((await millrace.run(`consume ${topic}`)).bytes).toEqual(Buffer.from(input));
});

test("a last line without a line break is a record like any other", async () => {
  await millrace.run("topic create unfinished");
  expect((await millrace.run("produce unfinished", "a\nb")).stdout).toBe("unfinished-0 offset=0\nunfinished-0 offset=1\n");
  expect((await millrace.run("consume unfinished")).stdout).toBe("a\nb\n");
});

test("several files are sent one after the other, and - is stdin", async () => {
  const [first, second] = ["first", "second"].map((name) => join(directory, name));
  writeFileSync(first!, "1\n");
  writeFileSync(second!, "3\n");
  await millrace.run("topic create files");
  await millrace.run(["produce", "files", "-f", first!, "-f", "-", "-f", second!], "2\n");
  expect((await millrace.run("consume files")).stdout).toBe("1\n2\n3\n");
});

test("a line beyond the topic's bound fails with the line, the bound and what to do; then it fits", async () => {
  const long = "x".repeat(1536 * 1024);
  await millrace.run("topic create long");
  const { code, stderr } = await millrace.run("produce long", `short\n${long}\n`);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^millrace: MESSAGE_TOO_LARGE: .*max\.message\.bytes=1048588.* line=2\); divide it, or raise/);
  expect(stderr).toContain("millrace topic alter TOPIC -c max.message.bytes=BYTES");
  await millrace.run("topic alter long -c max.message.bytes=2097152");
  expect((await millrace.run("produce long", `${long}\n`)).code).toBe(0);
  expect((await millrace.run("consume long --from -1")).stdout).toBe(`${long}\n`);
});

test("a line beyond what any record may hold is refused with the bound", async () => {
  await millrace.run("topic create longest");
  const { code, stderr } = await millrace.run("produce longest", Buffer.alloc(9 * 1024 * 1024, "x"));
  expect(code).toBe(1);
  expect(stderr).toMatch(/^millrace: RECORD_INVALID: .*line=1 reason="a record holds at most 8388608 bytes; divide the line"\)\n$/);
});

test("keys, headers, null and time are sent by options and lines, and printed by formats and as JSON", async () => {
  await millrace.run("topic create parts");
  await millrace.run("produce parts -K : -H source=shop -z zstd --tombstone", "7:paid\n8:\n");
  await millrace.run("produce parts --json", '{"key":"9","value":{"id":9},"headers":{"a":"1"},"timestamp":1700000000000}\n');
  expect((await millrace.run(["consume", "parts", "-f", "%t-%p@%o %k=%v [%h] %S\\n"])).stdout).toBe(
    'parts-0@0 7=paid [source=shop] 4\nparts-0@1 8= [source=shop] -1\nparts-0@2 9={"id":9} [a=1] 8\n',
  );
  const shared = { topic: "parts", partition: 0, timestamp: expect.any(Number), headers: [{ key: "source", value: "shop" }] };
  const expected = [
    { ...shared, offset: 0, key: "7", value: "paid" },
    { ...shared, offset: 1, key: "8", value: null },
    { ...shared, offset: 2, key: "9", value: '{"id":9}', timestamp: 1_700_000_000_000, headers: [{ key: "a", value: "1" }] },
  ];
  expect(await millrace.json("consume parts -o json")).toEqual(expected);
  const { stdout } = await millrace.run("consume parts -o jsonl");
  expect(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(expected);
  expect((await millrace.run("consume parts -o raw")).stdout).toBe('paid{"id":9}');
  await millrace.run("topic create copies");
  await millrace.run("produce copies --json", stdout);
  expect(await millrace.json("consume copies -o json")).toEqual(expected.map((each) => ({ ...each, topic: "copies" })));
});

test("reading begins at an offset, so many records before the end, or at a time, and ends after so many", async () => {
  await millrace.run("topic create places");
  await millrace.run("produce places --json", [1, 2, 3, 4].map((n) => `{"value":"${n}","timestamp":${n}000}\n`).join(""));
  const read = async (line: string) => (await millrace.run(`consume places ${line}`)).stdout.split("\n").join("");
  expect(await read("--from 1 --exit")).toBe("234");
  expect(await read("--from -3 -n 2")).toBe("23");
  expect(await read("--from @2500 --exit")).toBe("34");
  expect(await read("--from end --exit")).toBe("");
});

test("receipts are an array or an object a line for programs, and nothing with --quiet", async () => {
  await millrace.run("topic create receipts");
  const receipt = { topic: "receipts", partition: 0, offset: 0, timestamp: expect.any(Number) };
  expect(await millrace.json("produce receipts -o json", "a\n")).toEqual([receipt]);
  expect(await millrace.json("produce receipts -o jsonl", "a\n")).toEqual({ ...receipt, offset: 1 });
  expect(await millrace.run("produce receipts -q", "a\n")).toMatchObject({ code: 0, stdout: "", stderr: "" });
});

test.each([
  ["consume nosuch", 3, "UNKNOWN_TOPIC_OR_PARTITION"],
  ["consume present -p 7", 3, "partition=7 partitions=1"],
  ["consume present --from 99", 1, "OFFSET_OUT_OF_RANGE"],
  ["consume present --from soon", 2, "--from: must be start, end, an offset"],
  ["consume present -g g -p 0", 2, "--partition: a group gives its members their partitions"],
  ["produce present -p 7", 3, "partition=7 partitions=1 line=1"],
  ["produce present --json", 1, "RECORD_INVALID"],
  ["produce present -f /nonexistent", 2, "--file: cannot read /nonexistent: ENOENT"],
  ["produce present --acks 1 --durability synced", 2, "--durability: asks more of acks=all"],
])("millrace %s ends with %d", async (line, exitCode, said) => {
  await millrace.run("topic create present --if-not-exists");
  const { code, stderr } = await millrace.run(line, "a\n");
  expect([code, stderr]).toEqual([exitCode, expect.stringContaining(said)]);
});
