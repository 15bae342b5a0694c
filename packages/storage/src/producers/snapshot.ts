import { readInt64, writeInt64 } from "@millrace/records";
import { MillraceError, Offset } from "@millrace/vocabulary";
import type { Producer, RememberedBatch } from "./producer.ts";
import type { Turns } from "../turns.ts";
import { Producers } from "./producers.ts";
import type { Transaction } from "./transactions.ts";

/**
 * The producers of a partition as bytes, big endian:
 *
 *     version u8, producers u32, then per producer
 *       id i64, epoch i16, coordinatorEpoch i32, lastTimestamp i64, lastSeen i64, openFrom i64 (-1), batches u8, then per batch
 *         lastSequence i32, lastOffset i64, lastOffsetDelta i32, timestamp i64
 *     ended transactions whose marker is not settled u32, then per transaction
 *       producerId i64, firstOffset i64, endedAt i64
 */
const version = 1;
const headBytes = 5;
const producerBytes = 39;
const batchBytes = 24;
const transactionBytes = 24;
/** Steps of work that a producer counts for. */
const fieldsPerProducer = 16;

/** The producers as they are at one moment. */
export interface ProducersMoment {
  readonly producers: readonly (readonly [id: number, producer: Producer])[];
  /** Transactions that have ended, but whose marker is not yet safe. */
  readonly ended: readonly Transaction[];
}

/** Takes hold of the producers as they are now; what changes from here on is not seen. */
export function momentOf(producers: Producers): ProducersMoment {
  const ended = [...producers.transactions.all()].filter(({ endedAt }) => endedAt !== undefined);
  return { producers: [...producers.all], ended: ended.map((transaction) => ({ ...transaction })) };
}

/** Writes a moment down; the loop has its turns meanwhile. */
export async function encodeProducers({ producers, ended }: ProducersMoment, turns: Turns): Promise<Buffer> {
  const size = producers.reduce((sum, [, { batches }]) => sum + producerBytes + batches.length * batchBytes, headBytes);
  const bytes = Buffer.allocUnsafe(size + 4 + ended.length * transactionBytes);
  bytes.writeUInt8(version, 0);
  bytes.writeUInt32BE(producers.length, 1);
  let at = headBytes;
  for (const [id, producer] of producers) {
    at = writeProducer(bytes, at, id, producer);
    const pause = turns.count(fieldsPerProducer);
    if (pause !== undefined) await pause;
  }
  bytes.writeUInt32BE(ended.length, at);
  at += 4;
  for (const { producerId, firstOffset, endedAt } of ended) {
    writeInt64(bytes, at, producerId);
    writeInt64(bytes, at + 8, firstOffset);
    writeInt64(bytes, at + 16, endedAt!);
    at += transactionBytes;
  }
  return bytes;
}

function writeProducer(bytes: Buffer, start: number, id: number, producer: Producer): number {
  writeInt64(bytes, start, id);
  bytes.writeInt16BE(producer.epoch, start + 8);
  bytes.writeInt32BE(producer.coordinatorEpoch, start + 10);
  writeInt64(bytes, start + 14, producer.lastTimestampMs);
  writeInt64(bytes, start + 22, producer.lastSeenMs);
  writeInt64(bytes, start + 30, producer.openFrom ?? -1);
  bytes.writeUInt8(producer.batches.length, start + 38);
  let at = start + producerBytes;
  for (const batch of producer.batches) {
    bytes.writeInt32BE(batch.lastSequence, at);
    writeInt64(bytes, at + 4, batch.lastOffset);
    bytes.writeInt32BE(batch.lastOffsetDelta, at + 12);
    writeInt64(bytes, at + 16, batch.timestampMs);
    at += batchBytes;
  }
  return at;
}

/** Reads what `encodeProducers` wrote; rejects with DATA_DAMAGED for anything else. */
export async function decodeProducers(bytes: Buffer, turns: Turns): Promise<Producers> {
  const producers = new Producers();
  try {
    if (bytes.readUInt8(0) !== version) throw new RangeError("version");
    const transactions = [];
    const count = bytes.readUInt32BE(1);
    let at = headBytes;
    for (let index = 0; index < count; index++) {
      const { id, producer, end } = readProducer(bytes, at);
      producers.all.set(id, producer);
      if (producer.openFrom !== undefined) transactions.push({ producerId: id, firstOffset: producer.openFrom, endedAt: undefined });
      at = end;
      const pause = turns.count(fieldsPerProducer);
      if (pause !== undefined) await pause;
    }
    const ended = bytes.readUInt32BE(at);
    at += 4;
    for (let index = 0; index < ended; index++, at += transactionBytes) {
      const producerId = readInt64(bytes, at);
      transactions.push({ producerId, firstOffset: Offset(readInt64(bytes, at + 8)), endedAt: Offset(readInt64(bytes, at + 16)) });
    }
    transactions.sort((a, b) => a.firstOffset - b.firstOffset);
    for (const transaction of transactions) producers.transactions.restore(transaction);
    return producers;
  } catch (cause) {
    throw new MillraceError("DATA_DAMAGED", { what: "producers", sizeBytes: bytes.length }, { cause });
  }
}

function readProducer(bytes: Buffer, start: number): { id: number; producer: Producer; end: number } {
  const openFrom = readInt64(bytes, start + 30);
  const batches: RememberedBatch[] = [];
  let at = start + producerBytes;
  for (let left = bytes.readUInt8(start + 38); left > 0; left--, at += batchBytes) {
    batches.push({
      lastSequence: bytes.readInt32BE(at),
      lastOffset: Offset(readInt64(bytes, at + 4)),
      lastOffsetDelta: bytes.readInt32BE(at + 12),
      timestampMs: readInt64(bytes, at + 16),
    });
  }
  const producer: Producer = {
    epoch: bytes.readInt16BE(start + 8),
    coordinatorEpoch: bytes.readInt32BE(start + 10),
    lastTimestampMs: readInt64(bytes, start + 14),
    lastSeenMs: readInt64(bytes, start + 22),
    openFrom: openFrom < 0 ? undefined : Offset(openFrom),
    batches,
  };
  return { id: readInt64(bytes, start), producer, end: at };
}
