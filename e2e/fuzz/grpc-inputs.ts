import type { BatchMaker } from "./batches.ts";
import type { Dice } from "./dice.ts";
import { victims } from "./requests.ts";

/** What one call sends: a method, and the bytes of its stream, which should be messages with their lengths before them. */
export interface GrpcInput {
  readonly path: string;
  readonly bytes: Buffer;
}

const paths = ["Produce", "Produce", "Produce", "Consume", "DescribeTopics", "ListOffsets", "InitProducer", "Nothing"] as const;

/** Makes calls of the log's service with bytes that are mostly no messages of theirs. */
export class GrpcInputMaker {
  readonly #dice: Dice;
  readonly #batches: BatchMaker;

  constructor(dice: Dice, batches: BatchMaker) {
    this.#dice = dice;
    this.#batches = batches;
  }

  make(): GrpcInput {
    const dice = this.#dice;
    const path = `/millrace.log.v1.Log/${dice.oneOf(paths)}`;
    const messages = Array.from({ length: 1 + dice.below(3) }, () => this.#framed(this.#spoilt(this.#produceRequest())));
    return { path, bytes: Buffer.concat(messages) };
  }

  /** A ProduceRequest of log.proto. */
  #produceRequest(): Buffer {
    const dice = this.#dice;
    const entries = Array.from({ length: dice.below(4) }, () =>
      delimited(
        4,
        Buffer.concat([varint(1, dice.below(9)), delimited(2, Buffer.from(dice.oneOf(victims))), delimited(15, this.#batches.make())]),
      ),
    );
    return Buffer.concat([varint(1, dice.below(4)), varint(3, dice.below(50)), ...entries]);
  }

  #spoilt(message: Buffer): Buffer {
    const dice = this.#dice;
    if (message.length === 0 || dice.once(4)) return message;
    if (dice.once(3)) return message.subarray(0, dice.below(message.length));
    const from = dice.below(Math.min(message.length, 80));
    dice.bytes(1 + dice.below(6)).copy(message, from);
    return message;
  }

  /** gRPC's five bytes before a message: whether it is compressed, and its length. Both may lie. */
  #framed(message: Buffer): Buffer {
    const dice = this.#dice;
    const prefix = Buffer.alloc(5);
    prefix.writeUInt8(dice.once(10) ? dice.below(256) : 0);
    prefix.writeUInt32BE(dice.once(10) ? dice.oneOf([0, 1, 0x7fff_ffff, 0xffff_ffff, message.length + 1]) : message.length, 1);
    return Buffer.concat([prefix, message]);
  }
}

function varint(field: number, value: number): Buffer {
  return Buffer.from([field << 3, value]);
}

function delimited(field: number, bytes: Buffer): Buffer {
  const length: number[] = [];
  for (let rest = bytes.length; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.concat([Buffer.from([(field << 3) | 2, ...length, rest]), bytes]);
    length.push((rest & 0x7f) | 0x80);
  }
}
