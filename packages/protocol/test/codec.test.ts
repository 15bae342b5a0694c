import { BrokerId, LeaderEpoch, Offset, type TopicId, TopicId as asTopicId, zeroUuid } from "@millrace/vocabulary";
import { describe, expect, test } from "vitest";
import { apis, type ResponseOf } from "../src/apis.ts";
import { Reader } from "../src/codec/reader.ts";
import { Writer } from "../src/codec/writer.ts";
import { array, bool, int32, int8, string, struct } from "../src/declaration/fields.ts";
import { type Message, request } from "../src/declaration/message.ts";
import { bytesOf } from "./support/hexadecimal.ts";
import { refusalOf } from "./support/refusal.ts";

function write<Input>(message: Message<unknown, Input>, version: number, value: Input): Buffer {
  const writer = new Writer();
  message.codec(version).write(writer, value);
  return Buffer.concat(writer.finish().parts);
}

function read<Value>(message: Message<Value>, version: number, hex: string): Value {
  return message.codec(version).read(new Reader(bytesOf(hex)));
}

/** One field of each rule: version 0 is plain, 1 adds fields, 2 is flexible. */
const Rules = request("Rules", { key: 999, versions: "0-2", flexible: "2+" }).fields({
  always: int8(),
  since1: int8({ versions: "1+", absent: 7 }),
  droppable: int8({ versions: "1+", absent: 7, ignorable: true }),
  nullableSince1: string({ nullable: "1+" }),
  tagged: struct({ a: int8({ absent: -1 }), b: bool() }).with({ versions: "2+", tag: 3 }),
  list: array(int32(), { versions: "2+", tag: 1 }),
});
const value = { always: 1, nullableSince1: "x" };

describe("fields by version", () => {
  test("a field that the version lacks is read as what stands for it", () => {
    expect(read(Rules, 0, "01000178")).toEqual({
      always: 1,
      since1: 7,
      droppable: 7,
      nullableSince1: "x",
      tagged: { a: -1, b: false },
      list: [],
    });
  });

  test("a field left out is written as what stands for it", () => {
    expect(write(Rules, 1, value)).toEqual(bytesOf("01 07 07 000178"));
  });

  test("a value that the version cannot carry is refused with UNSUPPORTED_VERSION, unless it may be dropped", () => {
    expect(refusalOf(() => write(Rules, 0, { ...value, since1: 8 }))).toBe("UNSUPPORTED_VERSION");
    expect(refusalOf(() => write(Rules, 0, { ...value, since1: 7 }))).toBeUndefined();
    expect(refusalOf(() => write(Rules, 0, { ...value, droppable: 8 }))).toBeUndefined();
    expect(refusalOf(() => write(Rules, 1, { ...value, list: [1] }))).toBe("UNSUPPORTED_VERSION");
    expect(refusalOf(() => write(Rules, 1, { ...value, tagged: { a: -1, b: true } }))).toBe("UNSUPPORTED_VERSION");
  });

  test("null is refused where the version does not know it, in both directions", () => {
    expect(refusalOf(() => write(Rules, 0, { ...value, nullableSince1: null }))).toBe("UNSUPPORTED_VERSION");
    expect(refusalOf(() => read(Rules, 0, "01ffff"))).toBe("INVALID_REQUEST");
    expect(read(Rules, 1, "010707ffff").nullableSince1).toBeNull();
  });

  test("a version outside the declaration is refused with UNSUPPORTED_VERSION", () => {
    expect(refusalOf(() => Rules.codec(3))).toBe("UNSUPPORTED_VERSION");
    expect(refusalOf(() => Rules.codec(-1))).toBe("UNSUPPORTED_VERSION");
  });
});

describe("tagged fields", () => {
  test("those that differ from what stands for them are written, by ascending tag", () => {
    expect(write(Rules, 2, value)).toEqual(bytesOf("0107070278 00"));
    expect(write(Rules, 2, { ...value, tagged: { b: true }, list: [5] })).toEqual(bytesOf("0107070278 02 01 05 0200000005 03 03 ff0100"));
  });

  test("unknown ones are passed over", () => {
    expect(read(Rules, 2, "0107070278 02 0105 0200000005 09 02 abcd").list).toEqual([5]);
  });

  test("one that is longer or shorter than its field is refused", () => {
    expect(refusalOf(() => read(Rules, 2, "0107070278 01 01 06 020000000500"))).toBe("INVALID_REQUEST");
    expect(refusalOf(() => read(Rules, 2, "0107070278 01 01 04 0200000005"))).toBe("INVALID_REQUEST");
  });
});

describe("what the wire may ask for", () => {
  test("a count needs the bytes of so many elements", () => {
    expect(refusalOf(() => read(apis.Metadata.request, 1, "7fffffff"))).toBe("INVALID_REQUEST");
    expect(refusalOf(() => read(apis.Metadata.request, 1, "00000002 000161 00"))).toBe("INVALID_REQUEST");
  });

  test("elements that are small on the wire are bounded by what they take in memory", () => {
    const names = Buffer.concat([bytesOf("0007a120"), Buffer.alloc(1_000_000)]);
    const codec = apis.Metadata.request.codec(1);
    expect(refusalOf(() => codec.read(new Reader(names, 0, names.length, 10_000_000)))).toBe("INVALID_REQUEST");
    expect(codec.read(new Reader(names)).topics).toHaveLength(500_000);
  });

  test("a text has at most 32,767 bytes, in compact lengths too", () => {
    const topics = (name: string) => ({ topics: [{ name, topicId: zeroUuid }] });
    expect(refusalOf(() => write(apis.Metadata.request, 9, topics("x".repeat(32_768))))).toBe("INVALID_REQUEST");
    const longest = write(apis.Metadata.request, 9, topics("x".repeat(32_767)));
    expect(apis.Metadata.request.codec(9).read(new Reader(longest)).topics![0]!.name).toHaveLength(32_767);
    const longer = Buffer.concat([bytesOf("02 818002"), Buffer.alloc(40_000)]);
    expect(refusalOf(() => apis.Metadata.request.codec(9).read(new Reader(longer)))).toBe("INVALID_REQUEST");
  });
});

describe("memory", () => {
  const topicId: TopicId = asTopicId("AAECAwQFBgcICQoLDA0ODw");
  const answer = (records: readonly Buffer[]): ResponseOf<"Fetch"> => ({
    responses: [
      {
        topic: "",
        topicId,
        partitions: [{ partitionIndex: 0, errorCode: 0, highWatermark: Offset(9), abortedTransactions: null, records }],
      },
    ],
  });

  test("records are written by reference and read as slices", () => {
    const payload = [Buffer.alloc(5000, 1), Buffer.alloc(3000, 2)];
    const writer = new Writer();
    apis.Fetch.response.codec(17).write(writer, answer(payload));
    const { parts } = writer.finish();
    expect(parts[1]).toBe(payload[0]);
    expect(parts[2]).toBe(payload[1]);
    const frame = Buffer.concat(parts);
    const { records } = apis.Fetch.response.codec(17).read(new Reader(frame)).responses[0]!.partitions[0]!;
    expect(records).toEqual(Buffer.concat(payload));
    expect(records!.buffer).toBe(frame.buffer);
  });

  test("an answer larger than any chunk is whole", () => {
    const partition = (partitionIndex: number) => ({
      errorCode: 0,
      partitionIndex,
      leaderId: BrokerId(1),
      leaderEpoch: LeaderEpoch(partitionIndex),
      replicaNodes: [BrokerId(1), BrokerId(2)],
      isrNodes: [BrokerId(1)],
    });
    const partitions = Array.from({ length: 10_000 }, (_, index) => partition(index));
    const response = { brokers: [], topics: [{ errorCode: 0, name: "orders", topicId, partitions }] };
    const bytes = write(apis.Metadata.response, 13, response);
    const back = apis.Metadata.response.codec(13).read(new Reader(bytes));
    expect(back.topics[0]!.partitions).toEqual(partitions.map((each) => ({ ...each, offlineReplicas: [] })));
  });
});
