import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { hasProgram, runCommand } from "../support/command.ts";

const isThere = hasProgram("kcat", "-V");

describe.skipIf(!isThere)(`kcat${isThere ? "" : " (left out: there is no kcat)"}`, () => {
  let broker: BrokerProcess;
  beforeAll(async () => {
    broker = await BrokerProcess.start({ set: ["num.partitions=2"] });
  });
  afterAll(async () => {
    await broker[Symbol.asyncDispose]();
  });

  async function kcat(args: readonly string[], input?: string | Uint8Array): Promise<string> {
    const { code, stdout, stderr } = await runCommand("kcat", ["-b", broker.bootstrap, ...args], input === undefined ? {} : { input });
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("ERROR")]);
    return stdout.toString();
  }

  test("-L lists the broker and its topics", async () => {
    await kcat(["-P", "-t", "listed"], "x\n");
    expect(await kcat(["-L"])).toMatch(/broker 1 at 127\.0\.0\.1:\d+ \(controller\)[^]*topic "listed" with 2 partitions/);
  });

  test("-P and -C -o beginning -e carry lines from one end to the other, to a topic made on demand", async () => {
    await kcat(["-P", "-t", "lines"], "one\ntwo\nthree\n");
    expect((await kcat(["-C", "-t", "lines", "-o", "beginning", "-e", "-q"])).split("\n").sort()).toEqual(["", "one", "three", "two"]);
  });

  test("keys and headers stay with their records", async () => {
    await kcat(["-P", "-t", "keyed", "-K:", "-H", "trace=7"], "k1:one\n");
    expect(await kcat(["-C", "-t", "keyed", "-o", "beginning", "-e", "-q", "-f", "%k|%s|%h\n"])).toBe("k1|one|trace=7\n");
  });

  test.each(["gzip", "snappy", "lz4", "zstd"])("batches compressed by %s come back", async (codec) => {
    const lines = Array.from({ length: 500 }, (_, index) => `a line that repeats itself ${index}`).join("\n");
    await kcat(["-P", "-t", codec, "-z", codec, "-p", "0"], `${lines}\n`);
    expect(await kcat(["-C", "-t", codec, "-p", "0", "-o", "beginning", "-e", "-q"])).toBe(`${lines}\n`);
  });

  test("offsets are named from the end and by time", async () => {
    await kcat(["-P", "-t", "times", "-p", "0"], "a\nb\nc\n");
    expect(await kcat(["-C", "-t", "times", "-p", "0", "-o", "-1", "-e", "-q"])).toBe("c\n");
    expect(await kcat(["-C", "-t", "times", "-p", "0", "-o", "s@1", "-o", "e@9999999999999", "-e", "-q"])).toBe("a\nb\nc\n");
    expect(await kcat(["-Q", "-t", "times:0:1"])).toBe("times [0] offset 0\n");
  });

  test("an idempotent producer's batches are taken once", async () => {
    await kcat(["-P", "-t", "once", "-p", "0", "-X", "enable.idempotence=true", "-X", "batch.num.messages=3"], "1\n2\n3\n4\n5\n6\n7\n");
    expect(await kcat(["-C", "-t", "once", "-p", "0", "-o", "beginning", "-e", "-q"])).toBe("1\n2\n3\n4\n5\n6\n7\n");
  });

  test("a balanced consumer joins a group and reads all of its partitions", async () => {
    await kcat(["-P", "-t", "grouped", "-p", "0"], "a\nb\n");
    await kcat(["-P", "-t", "grouped", "-p", "1"], "c\n");
    const { stdout } = await runCommand(
      "kcat",
      ["-b", broker.bootstrap, "-G", "readers", "-c", "3", "-q", "-X", "auto.offset.reset=earliest", "grouped"],
      { timeoutMs: 30_000 },
    );
    expect(stdout.toString().trim().split("\n").sort()).toEqual(["a", "b", "c"]);
  });
});
