import {
  batchHeaderBytes,
  type BatchHeader,
  compressBatch,
  type Compression,
  recordBodyBytes,
  type RecordToWrite,
  sealBatch,
  VarintCursor,
  varintBytes,
  writeRecord,
} from "@millrace/records";

/** Who sends a batch, so that the broker can tell a batch that comes twice. */
export interface Identity {
  readonly producerId: number;
  readonly producerEpoch: number;
}

/** A batch of one partition, ready to be sent once it has its sequence. */
export interface SealedBatch {
  readonly bytes: Buffer;
  readonly header: BatchHeader;
}

/** Room for a batch of which nothing is known yet. */
const capacityBytesMin = 1024;

/** Writes records into a batch as they come: each is encoded once, behind room for the header. */
export class BatchBuilder {
  #bytes: Buffer;
  #cursor: VarintCursor;
  #recordCount = 0;
  #baseTimestamp = 0;
  #maxTimestamp = 0;

  /** @param expectedBytes about how large it will be: a batch that must grow is copied */
  constructor(expectedBytes = 0) {
    this.#bytes = Buffer.allocUnsafe(Math.max(capacityBytesMin, expectedBytes));
    this.#cursor = new VarintCursor(this.#bytes, batchHeaderBytes);
  }

  get recordCount(): number {
    return this.#recordCount;
  }

  get sizeBytes(): number {
    return this.#cursor.position;
  }

  append(record: RecordToWrite): void {
    if (this.#recordCount === 0) this.#baseTimestamp = this.#maxTimestamp = record.timestamp;
    const timestampDelta = record.timestamp - this.#baseTimestamp;
    const bodyBytes = recordBodyBytes(record, timestampDelta, this.#recordCount);
    this.#makeRoom(varintBytes(bodyBytes) + bodyBytes);
    writeRecord(this.#cursor, record, bodyBytes, timestampDelta, this.#recordCount);
    this.#maxTimestamp = Math.max(this.#maxTimestamp, record.timestamp);
    this.#recordCount++;
  }

  /** Ends the batch. Its records are compressed now; what identifies it is written by `identify`. */
  seal(compression: Compression): SealedBatch {
    const bytes = this.#bytes.subarray(0, this.#cursor.position);
    const header = this.#header();
    if (compression === "none") return { bytes, header };
    sealBatch(bytes, header);
    return { bytes: compressBatch(bytes, compression), header: { ...header, compression } };
  }

  #header(): BatchHeader {
    return {
      baseOffset: 0,
      leaderEpoch: -1,
      compression: "none",
      isLogAppendTime: false,
      isTransactional: false,
      isControl: false,
      deleteHorizonMs: undefined,
      lastOffsetDelta: this.#recordCount - 1,
      baseTimestamp: this.#baseTimestamp,
      maxTimestamp: this.#maxTimestamp,
      producerId: -1,
      producerEpoch: -1,
      baseSequence: -1,
      recordCount: this.#recordCount,
    };
  }

  #makeRoom(bytes: number): void {
    const { position } = this.#cursor;
    if (position + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, position + bytes));
    this.#bytes.copy(larger, 0, 0, position);
    this.#bytes = larger;
    this.#cursor = new VarintCursor(larger, position);
  }
}

/** Writes who sends the batch, and its place in what they send; and with it the checksum. Without an identity: nobody. */
export function identify({ bytes, header }: SealedBatch, identity: Identity | undefined, baseSequence: number): void {
  sealBatch(bytes, identity === undefined ? header : { ...header, ...identity, baseSequence });
}
