import type { ScalarKind } from "../declaration/field.ts";
import type { StructLayout, TypeLayout } from "./layout.ts";

/** JavaScript as it grows: functions one after the other, and the values that they refer to. */
export class Source {
  readonly #functions: string[] = [];
  readonly #constants: unknown[] = [];

  /** Adds a function and gives its name. */
  define(parameters: string, lines: readonly string[]): string {
    const name = `f${this.#functions.length}`;
    this.#functions.push(`function ${name}(${parameters}) {\n${lines.map((line) => `  ${line}`).join("\n")}\n}`);
    return name;
  }

  /** An expression for a value: its literal, or a reference where it has none. */
  constant(value: unknown): string {
    if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
    if (typeof value === "number") return String(value);
    const known = this.#constants.indexOf(value);
    return `constants[${known === -1 ? this.#constants.push(value) - 1 : known}]`;
  }

  /** Everything, as the body of a function that gives `entry`. */
  finish(entry: string): { source: string; constants: readonly unknown[] } {
    return { source: `"use strict";\n${this.#functions.join("\n")}\nreturn ${entry};`, constants: this.#constants };
  }
}

/** The name of a struct's field as a property. */
export function property(name: string): string {
  return JSON.stringify(name);
}

/** The method of Reader and Writer for a type that is one value. `records` differ only in writing. */
export function methodOf(kind: ScalarKind, isFlexible: boolean, isNullable: boolean, recordsMethod: string): string {
  switch (kind) {
    case "string":
      return variant("string", isFlexible, isNullable);
    case "bytes":
      return variant("byteSlice", isFlexible, isNullable);
    case "records":
      return variant(recordsMethod, isFlexible, isNullable);
    default:
      return kind;
  }
}

function variant(base: string, isFlexible: boolean, isNullable: boolean): string {
  const words = [...(isFlexible ? ["compact"] : []), ...(isNullable ? ["nullable"] : []), base];
  return words.map((word, index) => (index === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join("");
}

const fixedBytes: Record<ScalarKind, number> = {
  bool: 1,
  int8: 1,
  int16: 2,
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
