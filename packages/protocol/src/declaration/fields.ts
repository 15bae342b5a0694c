import type { BrokerId, LeaderEpoch, Offset, ProducerId, TopicId, Uuid } from "@millrace/vocabulary";
import type { Field, FieldOptions, Fields, IsOptional, OrNull, ScalarKind, Shape, StructInput, StructValue } from "./field.ts";

/** The way to declare a field of one value. */
type Declare<Value, Input = Value> = <const Options extends FieldOptions = Record<never, never>>(
  options?: Options,
) => Field<OrNull<Value, Options>, OrNull<Input, Options>, IsOptional<Options>>;

function scalar<Value, Input = Value>(kind: ScalarKind): Declare<Value, Input> {
  return (options) => ({ shape: { kind }, options: options ?? {} });
}

export const bool: Declare<boolean> = scalar("bool");
export const int8: Declare<number> = scalar("int8");
export const int16: Declare<number> = scalar("int16");
/** Ports. */
export const uint16: Declare<number> = scalar("uint16");
export const int32: Declare<number> = scalar("int32");
/** 64 bits as a double: exact up to 2^53 either way, rounded beyond. */
export const int64: Declare<number> = scalar("int64");
export const uuid: Declare<Uuid> = scalar("uuid");
/** At most 32,767 bytes of UTF-8. */
export const string: Declare<string> = scalar("string");
/** Readers get a slice of the frame; writers' bytes are copied. */
export const bytes: Declare<Buffer, Uint8Array> = scalar("bytes");
/** Record batches, one after the other. Readers get a slice of the frame; writers' buffers are sent as they lie. */
export const records: Declare<Buffer, Buffer | readonly Buffer[]> = scalar("records");

export const brokerId: Declare<BrokerId> = scalar("int32");
export const leaderEpoch: Declare<LeaderEpoch> = scalar("int32");
export const offset: Declare<Offset> = scalar("int64");
export const producerId: Declare<ProducerId> = scalar("int64");
export const topicId: Declare<TopicId> = scalar("uuid");
/** Kafka's number of an error (`wireOf`, `codeOfWire`); 0: none. */
export const errorCode: Declare<number> = scalar("int16");

/** How long the broker holds the connection back after this answer, for a quota's sake (KIP-219). */
export function throttleTimeMs(options?: FieldOptions): Field<number, number, true> {
  return { shape: { kind: "int32" }, options: { absent: 0, ignorable: true, ...options } };
}

/** A bit for each operation that the principal may do, numbered as AclOperation is; -2^31: it was not asked for. */
export function authorizedOperations(options?: FieldOptions): Field<number, number, true> {
  return { shape: { kind: "int32" }, options: { absent: -0x8000_0000, ...options } };
}

/** A field of structs: its options follow its fields. */
export interface StructField<Value, Input> extends Field<Value, Input, false> {
  with<const Options extends FieldOptions>(options: Options): Field<OrNull<Value, Options>, OrNull<Input, Options>, IsOptional<Options>>;
}

/** An array: of what a field declares, or of structs, given their fields. */
export function array<Value, Input, const Options extends FieldOptions = Record<never, never>>(
  element: Field<Value, Input>,
  options?: Options,
): Field<OrNull<readonly Value[], Options>, OrNull<readonly Input[], Options>, IsOptional<Options>>;
export function array<F extends Fields>(element: F): StructField<readonly StructValue<F>[], readonly StructInput<F>[]>;
export function array(element: Field | Fields, options: FieldOptions = {}): Field {
  if (isField(element)) return { shape: { kind: "array", element: element.shape }, options };
  return structField({ kind: "array", element: { kind: "struct", fields: element } });
}

/** One struct. */
export function struct<F extends Fields>(fields: F): StructField<StructValue<F>, StructInput<F>> {
  return structField({ kind: "struct", fields });
}

function structField<Value, Input>(shape: Shape): StructField<Value, Input> {
  return { shape, options: {}, with: (options) => ({ shape, options }) };
}

function isField(element: Field | Fields): element is Field {
  return "shape" in element && "kind" in element.shape;
}
