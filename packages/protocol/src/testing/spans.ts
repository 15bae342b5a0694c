import { type FieldLayout, layoutOf, type StructLayout, type TypeLayout } from "../codec/layout.ts";
import { Reader } from "../codec/reader.ts";
import type { ScalarKind } from "../declaration/field.ts";
import type { Message } from "../declaration/message.ts";
import { includesVersion } from "../declaration/versions.ts";

/** A stretch of an encoded message, and what it is: where a fuzzer should strike. */
export interface Span {
  /** `topics[0].name`; tagged fields that are not declared: `#7`. */
  readonly path: string;
  /**
   * `length` stands before bytes or a text, `count` before elements, `tags` before tagged fields, `tag` is the number of one,
   * `presence` says whether a struct follows; everything else is a value of that type.
   */
  readonly role: "length" | "count" | "tags" | "tag" | "presence" | Exclude<ScalarKind, "string" | "bytes" | "records"> | "payload";
  readonly from: number;
  readonly to: number;
}

/**
 * Takes a message apart into spans that cover it without a gap. It follows the declaration by itself, and not by way of the
 * compiled codec, which it so checks. Throws INVALID_REQUEST where the bytes are no such message.
 */
export function spansOf(message: Message<unknown, any>, version: number, bytes: Buffer): Span[] {
  const { name, fields, flexible } = message;
  const walk = new Walk(new Reader(bytes));
  walk.struct("", layoutOf({ name, fields, version, isFlexible: includesVersion(flexible, version) }));
  return walk.spans;
}

class Walk {
  readonly spans: Span[] = [];
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  struct(path: string, layout: StructLayout): void {
    const inPlace = layout.fields.filter(({ isPresent, tag }) => isPresent && tag === undefined);
    for (const field of inPlace) this.#field(join(path, field.name), field, layout.isFlexible);
    if (layout.isFlexible) this.#tags(path, layout);
  }

  #field(path: string, { type, isNullable }: FieldLayout, isFlexible: boolean): void {
    if (type.kind === "struct" && isNullable && !this.#span(path, "presence", () => this.#reader.isThere())) return;
    this.#type(path, type, isFlexible);
  }

  #type(path: string, type: TypeLayout, isFlexible: boolean): void {
    switch (type.kind) {
      case "struct":
        return this.struct(path, type.layout);
      case "array": {
        const count = this.#span(path, "count", () => (isFlexible ? this.#reader.unsigned() - 1 : this.#reader.int32()));
        for (let index = 0; index < count; index++) this.#type(`${path}[${index}]`, type.element, isFlexible);
        return;
      }
      case "string":
        return this.#payload(path, () => (isFlexible ? this.#reader.unsigned() - 1 : this.#reader.int16()));
      case "bytes":
      case "records":
        return this.#payload(path, () => (isFlexible ? this.#reader.unsigned() - 1 : this.#reader.int32()));
      default: {
        const { kind } = type;
        this.#span(path, kind, () => this.#reader[kind]());
      }
    }
  }

  #tags(path: string, layout: StructLayout): void {
    const count = this.#span(path, "tags", () => this.#reader.tagCount());
    for (let index = 0; index < count; index++) {
      const number = this.#span(path, "tag", () => this.#reader.unsigned());
      const field = layout.fields.find(({ isPresent, tag }) => isPresent && tag === number);
      if (field === undefined) {
        this.#payload(join(path, `#${number}`), () => this.#reader.unsigned());
        continue;
      }
      const outer = this.#span(join(path, field.name), "length", () => this.#reader.enterTag());
      this.#field(join(path, field.name), field, true);
      this.#reader.leaveTag(outer);
    }
  }

  #payload(path: string, readLength: () => number): void {
    const length = this.#span(path, "length", readLength);
    if (length > 0) this.#span(path, "payload", () => this.#reader.skip(length));
  }

  #span<Value>(path: string, role: Span["role"], read: () => Value): Value {
    const from = this.#reader.position;
    const value = read();
    this.spans.push({ path, role, from, to: this.#reader.position });
    return value;
  }
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
