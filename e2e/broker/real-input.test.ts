import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bytes, connect, topic } from "@millrace/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { hasProgram, runCommand } from "../support/command.ts";
import { countLines, realLines } from "../support/real-lines.ts";

const lines = realLines();
const hasKcat = hasProgram("kcat", "-V");
const missing = lines === undefined ? "this is no Debian machine" : !hasKcat ? "there is no kcat" : undefined;
const newline = 10;

describe.skipIf(missing !== undefined)(
  `a real file, in through one door and out through another${missing === undefined ? "" : ` (left out: ${missing})`}`,
  () => {
    let broker: BrokerProcess;
    let file: string;
    beforeAll(async () => {
      broker = await BrokerProcess.start();
      file = join(broker.directory, "lines.txt");
      writeFileSync(file, lines!);
    });
    afterAll(async () => {
      await broker[Symbol.asyncDispose]();
    });

    test("has 100,000 lines", () => {
      expect(countLines(lines!)).toBeGreaterThanOrEqual(100_000);
    });

    test("in by Kafka's protocol, out by gRPC: the same bytes", async () => {
      const { code, stderr } = await runCommand("kcat", [
        "-b",
        broker.bootstrap,
        "-P",
        "-t",
        "kafka-to-grpc",
        "-l",
        file,
        "-X",
        "linger.ms=5",
      ]);
      expect([code, stderr]).toEqual([0, ""]);
      await using mill = connect(broker.bootstrap, { signals: false });
      const count = countLines(lines!);
      const source = topic("kafka-to-grpc", { value: bytes });
      await using consumer = mill.consumer([source], { group: "readers", from: "earliest" });
      const seen: Uint8Array[] = [];
      for await (const record of consumer) {
        seen.push(record.value!, Buffer.from("\n"));
        consumer.done(record);
        if (seen.length === count * 2) break;
      }
      expect(Buffer.concat(seen).equals(lines!)).toBe(true);
    });

    test("in by gRPC, out by Kafka's protocol: the same bytes", async () => {
      await using mill = connect(broker.bootstrap, { signals: false });
      await mill.admin.topics.create("grpc-to-kafka", { partitions: 1 });
      const target = topic("grpc-to-kafka", { value: bytes });
      await using producer = mill.producer({ compression: "lz4" });
      for (let from = 0, to = lines!.indexOf(newline); to >= 0; from = to + 1, to = lines!.indexOf(newline, from)) {
        await producer.enqueue(target, { value: lines!.subarray(from, to) });
      }
      await producer.flush();
      const { code, stdout } = await runCommand("kcat", [
        "-b",
        broker.bootstrap,
        "-C",
        "-t",
        "grpc-to-kafka",
        "-o",
        "beginning",
        "-e",
        "-q",
      ]);
      expect([code, stdout.equals(lines!)]).toEqual([0, true]);
    });
  },
);
