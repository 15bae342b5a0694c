import { uuidFromBytes } from "@millrace/vocabulary";
import * as fc from "fast-check";
import { type FieldLayout, layoutOf, type StructLayout, type TypeLayout } from "../codec/layout.ts";
import { Reader } from "../codec/reader.ts";
import { Writer } from "../codec/writer.ts";
import type { Message } from "../declaration/message.ts";
import { includesVersion } from "../declaration/versions.ts";

/**
 * What fields hold by preference, by their names; of an array of scalars what its elements hold. Null is left out where a field, or its
 * version, has no null, and stands for it where it has.
 */
export type Pools = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/**
 * Values of a message that one of its versions can carry whole: what is written comes back equal. Fields that the version lacks hold
 * what readers find there.
 */
export function arbitraryOf<Value>(message: Message<Value, any>, version: number, pools: Pools = {}): fc.Arbitrary<Value> {
  const { name, fields, flexible } = message;
  const wire = structArbitrary(layoutOf({ name, fields, version, isFlexible: includesVersion(flexible, version) }), pools);
  if (message.wire === undefined) return wire as fc.Arbitrary<Value>;
  const wireCodec = message.wire.codec(version);
  return wire.map((value) => {
    const writer = new Writer();
    wireCodec.write(writer, value);
    return message.codec(version).read(new Reader(Buffer.concat(writer.finish().parts)));
  });
}

function structArbitrary({ fields }: StructLayout, pools: Pools): fc.Arbitrary<unknown> {
  return fc.record(Object.fromEntries(fields.map((field) => [field.name, fieldArbitrary(field, pools)])), { noNullPrototype: true });
}

function fieldArbitrary({ name, type, isPresent, isNullable, tag, absent }: FieldLayout, pools: Pools): fc.Arbitrary<unknown> {
  if (!isPresent) return fc.constant(absent);
  const pool = isStruct(type) ? undefined : pools[name];
  const there = pool === undefined ? typeArbitrary(type, pools) : pooled(type, pool, isNullable);
  const value = isNullable && pool === undefined ? fc.option(there, { nil: null, freq: 4 }) : there;
  return tag === undefined ? value : fc.oneof(fc.constant(absent), value);
}

function isStruct(type: TypeLayout): boolean {
  return type.kind === "struct" || (type.kind === "array" && isStruct(type.element));
}

function pooled(type: TypeLayout, pool: fc.Arbitrary<unknown>, isNullable: boolean): fc.Arbitrary<unknown> {
  const isFit = (value: unknown) => value !== null;
  if (type.kind !== "array") return isNullable ? pool : pool.filter(isFit);
  const elements = fc.array(pool.filter(isFit), { maxLength: elementsMax });
  return isNullable ? fc.option(elements, { nil: null, freq: 4 }) : elements;
}

const elementsMax = 4;

function typeArbitrary(type: TypeLayout, pools: Pools): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case "array":
      return fc.array(typeArbitrary(type.element, pools), { maxLength: elementsMax });
    case "struct":
      return structArbitrary(type.layout, pools);
    case "bool":
      return fc.boolean();
    case "int8":
      return signed(8);
    case "int16":
      return signed(16);
    case "uint16":
      return fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 0xffff));
    case "int32":
      return signed(32);
    case "int64":
      // Doubles carry integers up to 2^53 exactly, and the ends of the range by rounding.
      return fc.oneof(fc.maxSafeInteger(), fc.constantFrom(-1, 0, 2 ** 63, -(2 ** 63)));
    case "uuid":
      return fc.uint8Array({ minLength: 16, maxLength: 16 }).map(uuidFromBytes);
    case "string":
      // No half surrogates, which have no UTF-8 and would come back as U+FFFD.
      return fc.string({ unit: "grapheme", maxLength: 12 });
    case "bytes":
    case "records":
      return fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
  }
}

function signed(bits: number): fc.Arbitrary<number> {
  const half = 2 ** (bits - 1);
  return fc.oneof(fc.integer({ min: -half, max: half - 1 }), fc.constantFrom(-1, 0, half - 1, -half));
}
