import { readInt64, writeInt64 } from "@millrace/records";
import { MillraceError, Offset } from "@millrace/vocabulary";
import type { Producer, RememberedBatch } from "./producer.ts";
import { Producers } from "./producers.ts";

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

export function encodeProducers(producers: Producers): Buffer {
  const ended = [...producers.transactions.all()].filter(({ endedAt }) => endedAt !== undefined);
  let size = headBytes + 4 + ended.length * transactionBytes;
  for (const { batches } of producers.all.values()) size += producerBytes + batches.length * batchBytes;
  const bytes = Buffer.allocUnsafe(size);
  bytes.writeUInt8(version, 0);
  bytes.writeUInt32BE(producers.all.size, 1);
  let at = headBytes;
  for (const [id, producer] of producers.all) at = writeProducer(bytes, at, id, producer);
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

/** Reads what `encodeProducers` wrote; DATA_DAMAGED for anything else. */
export function decodeProducers(bytes: Buffer): Producers {
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
