import { corrupt, Output } from "./output.ts";
import { compressSnappyBlock, decompressSnappyBlock, snappyBlockBytesMax, snappyLength } from "./snappy-block.ts";

/*
 * Java's producers do not write one Snappy block but a stream of them, big endian: a magic of 8 bytes, two versions of 4, and
 * for each block its length and the block. librdkafka and others write the bare block. Readers take both.
 */

const magic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const headerBytes = 16;
const version = 1;
/** What Java's stream compresses at a time. */
const blockBytes = 32 << 10;

/** Writes the stream that Java's consumers want. */
export function compressSnappy(input: Buffer): Buffer {
  const blocks = Math.ceil(input.length / blockBytes);
  const stream = Buffer.allocUnsafe(headerBytes + blocks * (4 + snappyBlockBytesMax(blockBytes)));
  magic.copy(stream);
  stream.writeInt32BE(version, 8);
  stream.writeInt32BE(version, 12);
  let to = headerBytes;
  for (let from = 0; from < input.length; from += blockBytes) {
    const end = compressSnappyBlock(input.subarray(from, from + blockBytes), stream, to + 4);
    stream.writeInt32BE(end - to - 4, to);
    to = end;
  }
  return stream.subarray(0, to);
}

/** Decompresses a stream or a bare block. CORRUPT_MESSAGE where it is neither, MESSAGE_TOO_LARGE past `outputBytesMax`. */
export function decompressSnappy(input: Buffer, outputBytesMax: number): Buffer {
  const output = new Output(outputBytesMax, Math.min(input.length * 3, outputBytesMax));
  if (beginsStream(input, 0)) appendStream(input, output);
  else appendBlock(input, output);
  return output.finish();
}

function beginsStream(input: Buffer, at: number): boolean {
  return input.length - at >= headerBytes && input.compare(magic, 0, magic.length, at, at + magic.length) === 0;
}

/** Streams may follow one another: each begins with the magic, which is no length that a block could have. */
function appendStream(input: Buffer, output: Output): void {
  for (let at = headerBytes; at < input.length;) {
    if (beginsStream(input, at)) {
      at += headerBytes;
      continue;
    }
    if (input.length - at < 4) throw corrupt({ snappyStreamEndsAt: input.length });
    const length = input.readInt32BE(at);
    at += 4;
    if (length < 0 || length > input.length - at) throw corrupt({ snappyBlockBytes: length, available: input.length - at });
    appendBlock(input.subarray(at, at + length), output);
    at += length;
  }
}

function appendBlock(block: Buffer, output: Output): void {
  output.reserve(snappyLength(block).length);
  output.length = decompressSnappyBlock(block, output.bytes, output.length);
}
