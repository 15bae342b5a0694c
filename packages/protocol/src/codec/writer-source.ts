import type { FieldLayout, StructLayout, TypeLayout } from "./layout.ts";
import { methodOf, property, Source } from "./source.ts";

/**
 * Writes the function that writes a struct: `(writer, value) => void`. Of a partition of Produce 9 it is
 *
 *     function f0(w, s) {
 *       const v0 = s["index"];
 *       const v1 = s["records"];
 *       w.int32(v0);
 *       w.compactNullableRecords(v1);
 *       w.unsigned(0);
 *     }
 */
export function writerSource(layout: StructLayout): { source: string; constants: readonly unknown[] } {
  const source = new Source();
  return source.finish(structWriter(source, layout));
}

function structWriter(source: Source, layout: StructLayout): string {
  const lines: string[] = [];
  layout.fields.forEach((field, index) => lines.push(...takeValue(source, field, index)));
  layout.fields.forEach((field, index) => {
    if (field.isPresent && field.tag === undefined) lines.push(...writeLines(source, field, `v${index}`, layout.isFlexible));
  });
  if (layout.isFlexible) lines.push(...writeTags(source, layout));
  return source.define("w, s", lines);
}

/** Takes a field of the value, or what stands for it; refuses one that the version cannot carry. */
function takeValue(source: Source, field: FieldLayout, index: number): string[] {
  const { name, isPresent, isIgnorable, isOptional, absent } = field;
  if (!isPresent && isIgnorable) return [];
  const taken = `s[${property(name)}]`;
  if (!isPresent) return [`if ${isGiven(field, taken)} refuseField(${property(name)});`];
  if (!isOptional) return [`const v${index} = ${taken};`];
  return [`const v${index} = ${taken} === undefined ? ${source.constant(absent)} : ${taken};`];
}

/** Whether a value was given that differs from the one that stands for it. */
function isGiven(field: FieldLayout, value: string): string {
  return `(${value} !== undefined && ${differs(field, value)})`;
}

/** Whether a value differs from the one that stands for a field that is not there. */
function differs({ type, absent }: Pick<FieldLayout, "type" | "absent">, value: string): string {
  if (absent === null) return `${value} !== null`;
  switch (type.kind) {
    case "array":
    case "bytes":
      return `(${value} === null || ${value}.length !== 0)`;
    case "struct":
      return `(${type.layout.fields.map((field) => isGiven(field, `${value}[${property(field.name)}]`)).join(" || ")})`;
    default:
      return `${value} !== ${JSON.stringify(absent)}`;
  }
}

function writeTags(source: Source, { fields }: StructLayout): string[] {
  const tagged = fields
    .map((field, index) => ({ field, value: `v${index}` }))
    .filter(({ field }) => field.isPresent && field.tag !== undefined)
    .sort((a, b) => a.field.tag! - b.field.tag!);
  if (tagged.length === 0) return ["w.unsigned(0);"];
  return [
    ...tagged.map(({ field, value }) => `const has_${value} = ${differs(field, value)};`),
    `w.unsigned(${tagged.map(({ value }) => `has_${value}`).join(" + ")});`,
    ...tagged.flatMap(({ field, value }) => [
      `if (has_${value}) {`,
      "  const outer = w;",
      "  {",
      "    const w = new Writer();",
      ...writeLines(source, field, value, true).map((line) => `    ${line}`),
      `    outer.tag(${field.tag}, w);`,
      "  }",
      "}",
    ]),
  ];
}

function writeLines(source: Source, { name, type, isNullable }: FieldLayout, value: string, isFlexible: boolean): string[] {
  if (!isNullable) {
    const check = nullableKinds.has(type.kind) ? [`if (${value} === null) refuseNull(${property(name)});`] : [];
    return [...check, ...writeThere(source, type, value, isFlexible)];
  }
  if (type.kind === "struct")
    return [`if (${value} === null) w.int8(-1);`, "else {", "  w.int8(1);", ...indented(writeThere(source, type, value, isFlexible)), "}"];
  if (type.kind === "array") {
    const count = isFlexible ? "compactCount" : "count";
    return [`if (${value} === null) w.${count}(-1);`, "else {", ...indented(writeThere(source, type, value, isFlexible)), "}"];
  }
  return [`w.${methodOf(type.kind, isFlexible, true, "records")}(${value});`];
}

/** Types that may be null in some version; the others never are. */
const nullableKinds: ReadonlySet<string> = new Set(["string", "bytes", "records", "array", "struct"]);

function writeThere(source: Source, type: TypeLayout, value: string, isFlexible: boolean): string[] {
  if (type.kind === "struct") return [`${structWriter(source, type.layout)}(w, ${value});`];
  if (type.kind === "array") return [`${arrayWriter(source, type.element, isFlexible)}(w, ${value});`];
  return [`w.${methodOf(type.kind, isFlexible, false, "records")}(${value});`];
}

function arrayWriter(source: Source, element: TypeLayout, isFlexible: boolean): string {
  return source.define("w, elements", [
    `w.${isFlexible ? "compactCount" : "count"}(elements.length);`,
    "for (let index = 0; index < elements.length; index++) {",
    "  const element = elements[index];",
    ...indented(writeThere(source, element, "element", isFlexible)),
    "}",
  ]);
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
