/** A 64-bit integer as a double: exact up to 2^53 either way, rounded beyond. */
export function readInt64(bytes: Buffer, position: number): number {
  return bytes.readInt32BE(position) * 0x1_0000_0000 + bytes.readUInt32BE(position + 4);
}

/** Writes a whole number as 64 bits; what does not fit becomes the nearest that does. */
export function writeInt64(bytes: Buffer, position: number, value: number): void {
  if (value >= 2 ** 63) {
    bytes.writeUInt32BE(0x7fff_ffff, position);
    bytes.writeUInt32BE(0xffff_ffff, position + 4);
    return;
  }
  const bounded = Math.max(value, -(2 ** 63));
  const high = Math.floor(bounded / 0x1_0000_0000);
  bytes.writeInt32BE(high, position);
  bytes.writeUInt32BE(bounded - high * 0x1_0000_0000, position + 4);
}
