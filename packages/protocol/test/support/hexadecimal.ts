/** Bytes written in hexadecimal, with blanks between the fields. */
export function bytesOf(hex: string): Buffer {
  return Buffer.from(hex.replaceAll(" ", ""), "hex");
}
