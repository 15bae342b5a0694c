import { MillraceError, type Uuid, uuidFromBytes } from "@millrace/vocabulary";

/** A UUID of a record. Throws DATA_DAMAGED unless it has its 16 bytes. */
export function readUuid(bytes: Buffer): Uuid {
  if (bytes.length !== 16) throw new MillraceError("DATA_DAMAGED", { message: "MetadataRecord", uuidBytes: bytes.length });
  return uuidFromBytes(bytes);
}
