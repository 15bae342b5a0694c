import { MillraceError } from "@millrace/vocabulary";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConsumeResponse, PartitionBatches, ProduceEntry, ProduceRequest } from "@millrace/contracts/log";
import { FromFollower, FromLeader } from "@millrace/contracts/replication";
import {
  decodeConsumeResponse,
  decodeFromFollower,
  decodeFromLeader,
  decodeMessage,
  decodeProduceRequest,
  encodeConsumeResponse,
  encodeFromLeader,
  encodeMessage,
  encodeProduceRequest,
  entriesMax,
} from "@millrace/contracts";

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const offset = fc.integer({ min: -1, max: Number.MAX_SAFE_INTEGER });
const int32 = fc.integer({ min: -1, max: 0x7fff_ffff });

const produceRequest = fc.record({
  acks: fc.integer({ min: 0, max: 2 }),
  durability: fc.integer({ min: 0, max: 2 }),
  timeoutMs: int32,
  entries: fc.array(fc.record({ entry: offset, topic: fc.string(), topicId: bytes, partition: int32, batch: bytes }), { maxLength: 5 }),
});

const partitionBatches = fc.record({
  subscription: offset,
  failure: fc.option(fc.record({ code: fc.string(), facts: fc.string() }), { nil: undefined }),
  leader: fc.option(fc.record({ broker: int32, leaderEpoch: int32, host: fc.string(), port: int32 }), { nil: undefined }),
  logStart: offset,
  highWatermark: offset,
  lastStableOffset: offset,
  nextOffset: offset,
  aborted: fc.array(fc.record({ producerId: offset, firstOffset: offset }), { maxLength: 3 }),
  batches: fc.array(bytes, { maxLength: 3 }),
});

const push = fc.record({
  generation: offset,
  marks: fc.option(fc.record({ highWatermark: offset, logStart: offset }), { nil: undefined }),
  from: offset,
  batches: fc.array(bytes, { maxLength: 3 }),
});

const answer = fc.record({
  generation: offset,
  diverging: fc.option(fc.record({ epoch: int32, endOffset: offset }), { nil: undefined }),
});

/** Whether `part` lies in the memory of `whole`. */
function isSliceOf(part: Buffer, whole: Buffer): boolean {
  return (
    part.buffer === whole.buffer && part.byteOffset >= whole.byteOffset && part.byteOffset + part.length <= whole.byteOffset + whole.length
  );
}

describe("framing by hand and the generated codec agree", () => {
  test("on a ProduceRequest, both ways", () => {
    fc.assert(
      fc.property(produceRequest, (request) => {
        const framed = Buffer.concat(encodeProduceRequest(request));
        expect(decodeMessage(ProduceRequest, framed)).toEqual(decodeMessage(ProduceRequest, encodeMessage(ProduceRequest, request)));
        expect(decodeProduceRequest(encodeMessage(ProduceRequest, request))).toEqual(decodeMessage(ProduceRequest, framed));
      }),
    );
  });

  test("on a ConsumeResponse, both ways", () => {
    fc.assert(
      fc.property(fc.array(partitionBatches, { maxLength: 4 }), (partitions) => {
        const framed = Buffer.concat(encodeConsumeResponse(partitions));
        const whole = partitions.map((partition) => ({ ...partition, batches: Buffer.concat(partition.batches) }));
        const generated = encodeMessage(ConsumeResponse, { partitions: whole });
        expect(decodeMessage(ConsumeResponse, framed)).toEqual(decodeMessage(ConsumeResponse, generated));
        expect(decodeConsumeResponse(generated)).toEqual(decodeMessage(ConsumeResponse, framed));
      }),
    );
  });

  test("on a FromLeader, both ways", () => {
    fc.assert(
      fc.property(fc.array(push, { maxLength: 4 }), fc.array(answer, { maxLength: 3 }), (pushes, answers) => {
        const framed = Buffer.concat(encodeFromLeader({ hello: { brokerId: 3 }, answers, pushes }));
        const whole = pushes.map((one) => ({ ...one, batches: Buffer.concat(one.batches) }));
        const generated = encodeMessage(FromLeader, { hello: { brokerId: 3 }, answers, pushes: whole });
        expect(decodeMessage(FromLeader, framed)).toEqual(decodeMessage(FromLeader, generated));
        expect(decodeFromLeader(generated)).toEqual(decodeMessage(FromLeader, framed));
      }),
    );
  });
});

describe("records are not copied", () => {
  const records = Buffer.alloc(1000, "r");

  test("encoding hands the batch itself on, as a part", () => {
    expect(encodeProduceRequest({ entries: [{ entry: 1, batch: records }] }).filter((part) => part === records)).toHaveLength(1);
    expect(encodeConsumeResponse([{ subscription: 1, batches: [records] }]).filter((part) => part === records)).toHaveLength(1);
    expect(encodeFromLeader({ pushes: [{ generation: 1, batches: [records] }] }).filter((part) => part === records)).toHaveLength(1);
  });

  test("decoding slices the message", () => {
    const produce = Buffer.concat(encodeProduceRequest({ entries: [{ entry: 1, batch: records }] }));
    expect(isSliceOf(decodeProduceRequest(produce).entries[0]!.batch, produce)).toBe(true);
    const consume = Buffer.concat(encodeConsumeResponse([{ subscription: 1, batches: [records] }]));
    expect(isSliceOf(decodeConsumeResponse(consume).partitions[0]!.batches, consume)).toBe(true);
    const pushed = Buffer.concat(encodeFromLeader({ pushes: [{ generation: 1, batches: [records] }] }));
    expect(isSliceOf(decodeFromLeader(pushed).pushes[0]!.batches, pushed)).toBe(true);
  });
});

describe("hostile bytes", () => {
  const decoders = [decodeProduceRequest, decodeConsumeResponse, decodeFromLeader, decodeFromFollower];

  test("any bytes decode or are INVALID_REQUEST", () => {
    const valid = [
      Buffer.concat(encodeProduceRequest({ acks: 1, entries: [{ entry: 300, topic: "orders", batch: Buffer.alloc(40) }] })),
      Buffer.concat(encodeConsumeResponse([{ subscription: 300, aborted: [{ producerId: 7 }], batches: [Buffer.alloc(40)] }])),
      Buffer.concat(encodeFromLeader({ answers: [{ generation: 300 }], pushes: [{ generation: 7, batches: [Buffer.alloc(40)] }] })),
      encodeMessage(FromFollower, { subscribe: [{ generation: 300, topicId: Buffer.alloc(16) }], acknowledgements: [{ generation: 7 }] }),
    ];
    const damaged = fc.tuple(fc.constantFrom(...valid), fc.nat(), fc.nat(255), fc.nat()).map(([message, at, byte, end]) => {
      const copy = Buffer.from(message);
      copy[at % copy.length] = byte;
      return copy.subarray(0, 1 + (end % copy.length));
    });
    fc.assert(
      fc.property(fc.oneof(bytes, damaged), fc.constantFrom(...decoders), (message, decode) => {
        try {
          decode(message);
        } catch (error) {
          expect(error).toBeInstanceOf(MillraceError);
          expect((error as MillraceError).code).toBe("INVALID_REQUEST");
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("more entries than entriesMax are refused before they are decoded", () => {
    const empty = Buffer.from([0x22, 0x00]);
    const many = Buffer.concat(Array.from({ length: entriesMax + 1 }, () => empty));
    expect(() => decodeProduceRequest(many)).toThrow(/INVALID_REQUEST.*entriesMax/);
    expect(decodeProduceRequest(many.subarray(2)).entries).toHaveLength(entriesMax);
  });

  test("more acknowledgements, subscriptions or answers than entriesMax are refused before they are decoded", () => {
    const many = Array.from({ length: entriesMax + 1 }, () => ({}));
    for (const message of [{ acknowledgements: many }, { subscribe: many }])
      expect(() => decodeFromFollower(encodeMessage(FromFollower, message))).toThrow(/INVALID_REQUEST.*entriesMax/);
    expect(() => decodeFromLeader(encodeMessage(FromLeader, { answers: many }))).toThrow(/INVALID_REQUEST.*entriesMax/);
  });

  test("a follower's message of more than 1 MiB is refused, whatever it holds", () => {
    const unsubscribe = Array.from({ length: 1024 * 1024 }, () => 1);
    expect(() => decodeFromFollower(encodeMessage(FromFollower, { unsubscribe }))).toThrow(/INVALID_REQUEST.*sizeBytes/);
  });

  test("more aborted transactions than entriesMax are refused before they are decoded", () => {
    const aborted = Array.from({ length: entriesMax + 1 }, () => ({}));
    const message = encodeMessage(ConsumeResponse, { partitions: [{ aborted }] });
    expect(() => decodeConsumeResponse(message)).toThrow(/INVALID_REQUEST.*entriesMax/);
  });

  test("a length beyond the message is refused, whatever it announces", () => {
    for (const length of [[0x05], [0xff, 0xff, 0xff, 0x7f], [0xff, 0xff, 0xff, 0xff, 0x0f], [0xff, 0xff, 0xff, 0xff, 0xff, 0x01]])
      expect(() => decodeProduceRequest(Buffer.from([0x22, ...length, 0x00]))).toThrow(/INVALID_REQUEST/);
  });

  test("fields of a newer version are passed over", () => {
    const known = encodeMessage(ProduceEntry, { entry: 7, batch: Buffer.from("b") });
    const entry = Buffer.concat([known, Buffer.from([0xa2, 0x06, 0x03, 1, 2, 3]), Buffer.from([0x98, 0x06, 0x01])]);
    const message = Buffer.concat([Buffer.from([0x22, entry.length]), entry]);
    expect(decodeProduceRequest(message).entries[0]).toMatchObject({ entry: 7, batch: Buffer.from("b") });
  });
});

test("an absent message, optional field or member of a oneof is null", () => {
  expect(decodeMessage(PartitionBatches, Buffer.alloc(0))).toMatchObject({ failure: null, leader: null, highWatermark: 0 });
});
