import { MillraceError } from "@millrace/vocabulary";
import type { MessageType } from "./message.ts";
import protobuf from "./protobuf.ts";

/**
 * Decodes replicated state, where a field that this version does not know would be lost by passing over it: LEVEL_UNKNOWN
 * where the message, or one inside it, holds such a field; DATA_DAMAGED where the bytes are no such message.
 */
export function decodeStrictly<Message extends object>(type: MessageType<Message>, bytes: Buffer): Message {
  const message = decodeWhole(type, bytes);
  if (holdsUnknown(message)) throw new MillraceError("LEVEL_UNKNOWN", { message: type.name, sizeBytes: bytes.length });
  return message;
}

function decodeWhole<Message>(type: MessageType<Message>, bytes: Buffer): Message {
  const reader = protobuf.Reader.create(bytes);
  reader.discardUnknown = false;
  try {
    return type.decode(reader as never);
  } catch (cause) {
    throw new MillraceError("DATA_DAMAGED", { message: type.name, sizeBytes: bytes.length, fault: String(cause) }, { cause });
  }
}

/** The decoder keeps what it does not know under this name, out of sight of enumerations. */
function holdsUnknown(value: object): boolean {
  if ("$unknowns" in value) return true;
  if (value instanceof Uint8Array) return false;
  return Object.values(value).some((inner: unknown) => typeof inner === "object" && inner !== null && holdsUnknown(inner));
}
