/**
 * The header of a record batch, version 2, big endian. Positions in bytes:
 *
 *      0 baseOffset i64       12 leaderEpoch i32    23 lastOffsetDelta i32   43 producerId i64
 *      8 length i32           16 magic i8           27 baseTimestamp i64     51 producerEpoch i16
 *                             17 crc u32            35 maxTimestamp i64      53 baseSequence i32
 *                             21 attributes i16                              57 recordCount i32
 *                                                                            61 records
 *
 * `length` counts the bytes after itself. The checksum covers everything from the attributes on, so that base offset and
 * leader epoch can be written in place without it.
 */
export const at = {
  baseOffset: 0,
  length: 8,
  leaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  recordCount: 57,
} as const;

/** Bytes before the first record. */
export const batchHeaderBytes = 61;
/** Bytes before and with the length field, which counts what follows it. */
export const batchPrefixBytes = 12;
/** The only version of the format that is read or written. */
export const batchMagic = 2;

/** Kafka's numbers for compression, in the attributes' lowest three bits. */
export const compressionCodecs = ["none", "gzip", "snappy", "lz4", "zstd"] as const;
export type Compression = (typeof compressionCodecs)[number];

/** The bits of `attributes`. */
export const attribute = { codec: 0x07, logAppendTime: 0x08, transactional: 0x10, control: 0x20, deleteHorizon: 0x40 } as const;
