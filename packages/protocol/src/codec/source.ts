import type { ScalarKind } from "../declaration/field.ts";

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
