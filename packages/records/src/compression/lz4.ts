import { compressLz4Block, decompressLz4Block, lz4BlockBytesMax, lz4Expansion } from "./lz4-block.ts";
import { corrupt, Output } from "./output.ts";
import { xxhash32 } from "./xxhash32.ts";

/*
 * An LZ4 frame, little endian: magic, flags, block size, [content size], [dictionary id], checksum of these; blocks, each with its
 * length, whose highest bit says that it lies uncompressed, and [its checksum]; a zero; [checksum of the content].
 */

const magic = 0x184d_2204;
const flag = {
  version: 0x40,
  versionMask: 0xc0,
  independent: 0x20,
  blockChecksum: 0x10,
  contentSize: 0x08,
  contentChecksum: 0x04,
  dictionary: 0x01,
} as const;
/** By the three bits of the second byte of the descriptor; the smaller ones do not exist. */
const blockBytesMaxByCode = [0, 0, 0, 0, 64 << 10, 256 << 10, 1 << 20, 4 << 20] as const;
const uncompressed = 0x8000_0000;

/** The frame that Kafka's clients write: independent blocks of 64 KiB, no checksums but the header's. */
const blockCode = 4;
const blockBytes = blockBytesMaxByCode[blockCode];

export function compressLz4(input: Buffer): Buffer {
  const blocks = Math.ceil(input.length / blockBytes);
  const frame = Buffer.allocUnsafe(15 + blocks * (4 + lz4BlockBytesMax(blockBytes)));
  frame.writeUInt32LE(magic);
  frame[4] = flag.version | flag.independent;
  frame[5] = blockCode << 4;
  frame[6] = headerChecksum(frame.subarray(4, 6));
  let to = 7;
  for (let from = 0; from < input.length; from += blockBytes) to = writeBlock(input.subarray(from, from + blockBytes), frame, to);
  return frame.subarray(0, frame.writeUInt32LE(0, to));
}

function writeBlock(input: Buffer, frame: Buffer, to: number): number {
  const end = compressLz4Block(input, frame, to + 4);
  if (end - to - 4 < input.length) {
    frame.writeUInt32LE(end - to - 4, to);
    return end;
  }
  frame.writeUInt32LE((uncompressed | input.length) >>> 0, to);
  input.copy(frame, to + 4);
  return to + 4 + input.length;
}

function headerChecksum(descriptor: Buffer): number {
  return (xxhash32(descriptor) >>> 8) & 0xff;
}

/**
 * Decompresses one frame with whatever it has: linked blocks, checksums, a content size. CORRUPT_MESSAGE where it is none, needs a
 * dictionary, or goes on after its end; MESSAGE_TOO_LARGE past `outputBytesMax`.
 */
export function decompressLz4(input: Buffer, outputBytesMax: number): Buffer {
  const frame = new FrameReader(input);
  const output = new Output(outputBytesMax, Math.min(frame.blockBytesMax, input.length * 4));
  for (;;) {
    const block = frame.nextBlock();
    if (block === undefined) break;
    if (block.isCompressed) decompressBlock(block.bytes, frame, output);
    else appendBlock(block.bytes, output);
  }
  const content = output.finish();
  frame.checkContent(content);
  return content;
}

function decompressBlock(block: Buffer, frame: FrameReader, output: Output): void {
  // What the block may become, by the frame and by its own length, up to what is left of the whole.
  const bytesMax = Math.min(frame.blockBytesMax, block.length * lz4Expansion, output.bytesMax - output.length);
  output.reserve(bytesMax);
  decompressLz4Block(block, output, frame.isLinked ? 0 : output.length, bytesMax);
}

function appendBlock(block: Buffer, output: Output): void {
  output.reserve(block.length);
  output.length += block.copy(output.bytes, output.length);
}

/** Goes from block to block and checks what stands around them. */
class FrameReader {
  readonly blockBytesMax: number;
  readonly isLinked: boolean;
  readonly #input: Buffer;
  readonly #flags: number;
  readonly #contentBytes: bigint | undefined;
  #at: number;

  constructor(input: Buffer) {
    this.#input = input;
    this.#at = 0;
    if (input.length < 7 || input.readUInt32LE() !== magic) throw corrupt({ lz4Magic: input.subarray(0, 4).toString("hex") });
    this.#flags = input[4]!;
    this.blockBytesMax = blockBytesMaxByCode[(input[5]! >> 4) & 7]!;
    if ((this.#flags & flag.versionMask) !== flag.version || (this.#flags & flag.dictionary) !== 0 || this.blockBytesMax === 0)
      throw corrupt({ lz4Flags: this.#flags, lz4BlockSize: input[5] });
    this.isLinked = (this.#flags & flag.independent) === 0;
    this.#at = 6;
    this.#contentBytes = this.#has(flag.contentSize) ? input.readBigUInt64LE(this.#take(8)) : undefined;
    const checksum = headerChecksum(input.subarray(4, this.#at));
    if (input[this.#take(1)] !== checksum) throw corrupt({ lz4HeaderChecksum: input[this.#at - 1], computed: checksum });
  }

  /** Undefined: the blocks have ended. */
  nextBlock(): { readonly bytes: Buffer; readonly isCompressed: boolean } | undefined {
    const word = this.#input.readUInt32LE(this.#take(4));
    if (word === 0) return undefined;
    const length = word & ~uncompressed;
    if (length > this.blockBytesMax) throw corrupt({ lz4BlockBytes: length, lz4BlockBytesMax: this.blockBytesMax });
    const from = this.#take(length);
    const bytes = this.#input.subarray(from, from + length);
    if (this.#has(flag.blockChecksum)) this.#checkSum(bytes);
    return { bytes, isCompressed: word < uncompressed };
  }

  /** Checks what follows the blocks. */
  checkContent(content: Buffer): void {
    if (this.#contentBytes !== undefined && this.#contentBytes !== BigInt(content.length))
      throw corrupt({ lz4ContentBytes: String(this.#contentBytes), computed: content.length });
    if (this.#has(flag.contentChecksum)) this.#checkSum(content);
    if (this.#at !== this.#input.length) throw corrupt({ lz4FrameEndsAt: this.#at, available: this.#input.length });
  }

  #checkSum(bytes: Buffer): void {
    const checksum = this.#input.readUInt32LE(this.#take(4));
    if (checksum !== xxhash32(bytes)) throw corrupt({ lz4Checksum: checksum, computed: xxhash32(bytes) });
  }

  #has(bit: number): boolean {
    return (this.#flags & bit) !== 0;
  }

  #take(bytes: number): number {
    const at = this.#at;
    if (bytes > this.#input.length - at) throw corrupt({ lz4FrameBytes: this.#input.length, wanted: at + bytes });
    this.#at = at + bytes;
    return at;
  }
}
