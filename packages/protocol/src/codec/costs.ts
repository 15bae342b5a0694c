import type { ScalarKind } from "../declaration/field.ts";
import type { StructLayout, TypeLayout } from "./layout.ts";

/*
 * What elements of an array cost, so that a count can be refused before anything is allocated for it.
 */

const fixedBytes: Record<ScalarKind, number> = {
  bool: 1,
  int8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  int64: 8,
  uuid: 16,
  string: 2,
  bytes: 4,
  records: 4,
};

/** The fewest bytes that a value of this type takes on the wire. */
export function bytesMin(type: TypeLayout, isFlexible: boolean): number {
  if (type.kind === "struct") return structBytesMin(type.layout);
  if (type.kind === "array") return isFlexible ? 1 : 4;
  const hasLength = type.kind === "string" || type.kind === "bytes" || type.kind === "records";
  return hasLength && isFlexible ? 1 : fixedBytes[type.kind];
}

function structBytesMin({ fields, isFlexible }: StructLayout): number {
  const inPlace = fields.filter(({ isPresent, tag }) => isPresent && tag === undefined);
  return inPlace.reduce(
    (sum, { type, isNullable }) => sum + (isNullable && type.kind === "struct" ? 1 : bytesMin(type, isFlexible)),
    isFlexible ? 1 : 0,
  );
}

/** What V8 takes for a value, roughly: a slot of 8 bytes, and what it refers to. Lengths are bounded by the frame. */
const heapBytesByKind = { string: 32, uuid: 48, bytes: 104, records: 104, array: 40 } as const;

/** What a value of this type takes of the heap, beside bytes that the wire carries and arrays' elements. */
export function heapBytesOf(type: TypeLayout): number {
  if (type.kind === "struct")
    return 8 + 24 + type.layout.fields.reduce((sum, field) => sum + (field.isPresent ? heapBytesOf(field.type) : 8), 0);
  return 8 + (type.kind in heapBytesByKind ? heapBytesByKind[type.kind as keyof typeof heapBytesByKind] : 0);
}
