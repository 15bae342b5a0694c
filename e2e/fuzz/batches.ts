import { batchHeaderBytes, BatchView, compressBatch, type Compression, encodeBatch, sealBatch } from "@millrace/records";
import { MiB } from "@millrace/vocabulary";
import type { Dice } from "./dice.ts";

const codecs = ["gzip", "snappy", "lz4", "zstd"] as const satisfies readonly Compression[];
/** What a bomb becomes: far more than a batch may be, in a few KiB. */
const bombBytes: number = 64 * MiB;
/** Few, so that the broker's memory of producers stays small however long the run. */
const producerIds = [-1, 0, 1, 2, 7, -2, Number.MAX_SAFE_INTEGER] as const;
const int32s = [0, 1, -1, 2, -2, 1_000_000, 0x7fff_ffff, -0x8000_0000] as const;
const timestamps = [0, -1, -2, 1, 2 ** 53, 2 ** 63, -(2 ** 63), 4_102_444_800_000] as const;

/** Makes record batches as no honest producer sends them, beside some that are right. */
export class BatchMaker {
  readonly #dice: Dice;
  /** One of each codec; made at once, since each takes a good part of a second. */
  readonly #bombs: readonly Buffer[];

  constructor(dice: Dice) {
    this.#dice = dice;
    const bomb = encodeBatch([{ key: null, value: Buffer.alloc(bombBytes), timestamp: Date.now() }]);
    this.#bombs = codecs.map((codec) => compressBatch(bomb, codec));
  }

  make(): Buffer {
    const kinds = [
      () => this.#honest(),
      () => this.#truncated(this.#honest()),
      () => this.#spoilt(this.#honest()),
      () => this.#lying(this.#honest()),
      () => this.#lying(this.#honest()),
      () => this.#resealed(this.#mangled(this.#honest())),
      () => this.#resealed(this.#mangled(this.#compressed())),
      () => this.#compressed(),
      () => Buffer.concat([this.#honest(), this.#honest()]),
      () => Buffer.concat([this.#honest(), this.#dice.bytes(this.#dice.below(100))]),
      () => this.#otherMagic(this.#honest()),
      () => this.#dice.bytes(this.#dice.below(200)),
    ];
    return this.#dice.once(400) ? this.#dice.oneOf(this.#bombs) : this.#dice.oneOf(kinds)();
  }

  #honest(): Buffer {
    const dice = this.#dice;
    const now = Date.now();
    const records = Array.from({ length: 1 + dice.below(5) }, () => ({
      key: dice.once(2) ? null : dice.bytes(dice.below(8)),
      value: dice.once(6) ? null : dice.bytes(dice.below(120)),
      timestamp: now + dice.below(1000),
      headers: dice.once(3) ? [{ key: "h", value: dice.bytes(dice.below(9)) }] : [],
    }));
    if (dice.once(2)) return encodeBatch(records);
    return encodeBatch(records, { producerId: dice.oneOf(producerIds), producerEpoch: dice.below(3), baseSequence: dice.below(4) });
  }

  #compressed(): Buffer {
    return compressBatch(this.#honest(), this.#dice.oneOf(codecs));
  }

  #truncated(batch: Buffer): Buffer {
    return batch.subarray(0, this.#dice.below(batch.length));
  }

  /** A byte changed, the checksum as it was. */
  #spoilt(batch: Buffer): Buffer {
    batch[this.#dice.below(batch.length)]! ^= 1 + this.#dice.below(255);
    return batch;
  }

  /** Bytes behind the header changed, or a number there that claims too much. */
  #mangled(batch: Buffer): Buffer {
    const at = batchHeaderBytes + this.#dice.below(batch.length - batchHeaderBytes);
    if (this.#dice.once(2)) batch[at] = this.#dice.below(256);
    else batch.fill(this.#dice.oneOf([0xff, 0x80, 0x7f, 0x00]), at, Math.min(at + 1 + this.#dice.below(10), batch.length));
    return batch;
  }

  /** A header that says what is not so, under a checksum that fits. */
  #lying(batch: Buffer): Buffer {
    const dice = this.#dice;
    const view = new BatchView(batch);
    const lie = <Value>(truth: Value, lies: readonly Value[]) => (dice.once(4) ? dice.oneOf(lies) : truth);
    sealBatch(batch, {
      baseOffset: lie(0, [1, -1, 2 ** 53, 2 ** 63]),
      leaderEpoch: lie(view.leaderEpoch, int32s),
      compression: lie<Compression>("none", codecs),
      isLogAppendTime: dice.once(8),
      isTransactional: dice.once(8),
      isControl: dice.once(8),
      deleteHorizonMs: dice.once(12) ? dice.oneOf(timestamps) : undefined,
      lastOffsetDelta: lie(view.lastOffsetDelta, int32s),
      baseTimestamp: lie(view.baseTimestamp, timestamps),
      maxTimestamp: lie(view.maxTimestamp, timestamps),
      producerId: lie(view.producerId, producerIds),
      producerEpoch: lie(view.producerEpoch, [0, 1, -1, 0x7fff, -0x8000]),
      baseSequence: lie(view.baseSequence, int32s),
      recordCount: lie(view.recordCount, int32s),
    });
    if (dice.once(6)) batch.writeInt32BE(dice.oneOf(int32s), lengthAt);
    return batch;
  }

  #resealed(batch: Buffer): Buffer {
    const view = new BatchView(batch);
    batch.writeUInt32BE(view.computeCrc(), crcAt);
    return batch;
  }

  #otherMagic(batch: Buffer): Buffer {
    batch.writeInt8(this.#dice.oneOf([0, 1, 3, -1, 127]), magicAt);
    return batch;
  }
}

// Where fields of a batch's header stand.
const lengthAt = 8;
const magicAt = 16;
const crcAt = 17;
