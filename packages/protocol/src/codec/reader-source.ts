import { bytesMin, heapBytesOf } from "./costs.ts";
import type { FieldLayout, StructLayout, TypeLayout } from "./layout.ts";
import { methodOf, property, Source } from "./source.ts";

/**
 * Writes the function that reads a struct: `(reader) => value`. Of a partition of Produce 9 it is
 *
 *     function f0(r) {
 *       const v0 = r.int32();
 *       const v1 = r.compactNullableByteSlice();
 *       r.skipTags();
 *       return { "index": v0, "records": v1 };
 *     }
 */
export function readerSource(layout: StructLayout): { source: string; constants: readonly unknown[] } {
  const source = new Source();
  return source.finish(structReader(source, layout));
}

function structReader(source: Source, layout: StructLayout): string {
  const lines: string[] = [];
  layout.fields.forEach((field, index) => {
    const isHere = field.isPresent && field.tag === undefined;
    const value = isHere ? readExpression(source, field.type, layout.isFlexible, field.isNullable) : source.constant(field.absent);
    lines.push(`${field.tag === undefined ? "const" : "let"} v${index} = ${value};`);
  });
  if (layout.isFlexible) lines.push(...readTags(source, layout));
  lines.push(`return { ${layout.fields.map(({ name }, index) => `${property(name)}: v${index}`).join(", ")} };`);
  return source.define("r", lines);
}

function readTags(source: Source, layout: StructLayout): string[] {
  const cases = layout.fields.flatMap((field, index) => tagCase(source, field, index));
  if (cases.length === 0) return ["r.skipTags();"];
  return [
    "for (let tags = r.tagCount(); tags > 0; tags--) {",
    "  switch (r.unsigned()) {",
    ...cases.map((line) => `    ${line}`),
    "    default: r.skipTag();",
    "  }",
    "}",
  ];
}

function tagCase(source: Source, { tag, isPresent, type, isNullable }: FieldLayout, index: number): string[] {
  if (tag === undefined || !isPresent) return [];
  return [
    `case ${tag}: { const outer = r.enterTag(); v${index} = ${readExpression(source, type, true, isNullable)}; r.leaveTag(outer); break; }`,
  ];
}

function readExpression(source: Source, type: TypeLayout, isFlexible: boolean, isNullable: boolean): string {
  if (type.kind === "array") return `${arrayReader(source, type.element, isFlexible, isNullable)}(r)`;
  if (type.kind !== "struct") return `r.${methodOf(type.kind, isFlexible, isNullable, "byteSlice")}()`;
  const read = `${structReader(source, type.layout)}(r)`;
  return isNullable ? `r.isThere() ? ${read} : null` : read;
}

function arrayReader(source: Source, element: TypeLayout, isFlexible: boolean, isNullable: boolean): string {
  const read = readExpression(source, element, isFlexible, false);
  const bounds = `${Math.max(1, bytesMin(element, isFlexible))}, ${heapBytesOf(element)}`;
  return source.define("r", [
    `const count = r.${isFlexible ? "compactCount" : "count"}(${bounds});`,
    isNullable ? "if (count < 0) return null;" : "if (count < 0) r.refuseNull();",
    "const elements = [];",
    `for (let index = 0; index < count; index++) elements.push(${read});`,
    "return elements;",
  ]);
}
