import { type Uuid, uuidFromBytes } from "@millrace/vocabulary";

/** A random UUID (version 4) in Kafka's form; draws again while it would begin with `-`, which tools take for an option. */
export function uuidFrom(drawBytes: (length: number) => Buffer): Uuid {
  for (;;) {
    const bytes = drawBytes(16);
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const uuid = uuidFromBytes(bytes);
    if (!uuid.startsWith("-")) return uuid;
  }
}
