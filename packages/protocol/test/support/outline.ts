import { absentValue, nullableVersionsOf, versionsOf } from "../../src/codec/layout.ts";
import type { Field, Fields, Shape } from "../../src/declaration/field.ts";
import type { Message } from "../../src/declaration/message.ts";
import { intersectVersions, noVersion, parseVersions, type VersionRange, type Versions } from "../../src/declaration/versions.ts";
import type { Schema, SchemaField } from "./kafka-schemas.ts";

/**
 * A message as both a declaration and Kafka's schema tell it, so that the two can be compared. What makes no difference is taken
 * out: versions outside the message's or the surrounding field's, and whether a field is ignorable that no version lacks.
 *
 * Names are Kafka's with a small first letter.
 */
export interface Outline {
  readonly key: number;
  readonly versions: VersionRange;
  readonly flexible: VersionRange;
  /** In the order in which they travel. */
  readonly fields: readonly FieldOutline[];
}

interface FieldOutline {
  readonly name: string;
  readonly type: string;
  readonly versions: VersionRange;
  readonly nullable: VersionRange;
  readonly tag: number | undefined;
  readonly absent: unknown;
  readonly ignorable: boolean;
  readonly fields: readonly FieldOutline[] | undefined;
}

export function outlineOfDeclaration(message: Message<unknown, any>): Outline {
  const { key, versions, flexible, fields } = message;
  return { key, versions, flexible: bounded(flexible, versions), fields: declaredFields(fields, versions) };
}

function declaredFields(fields: Fields, outer: VersionRange): FieldOutline[] {
  return Object.entries(fields).map(([name, field]) => declaredField(name, field, outer));
}

function declaredField(name: string, { shape, options }: Field, outer: VersionRange): FieldOutline {
  const versions = bounded(versionsOf(options), outer);
  const struct = structOf(shape);
  return {
    name,
    type: typeName(shape),
    versions,
    nullable: bounded(nullableVersionsOf(options), versions),
    tag: options.tag,
    absent: shape.kind === "struct" && options.absent === undefined ? "struct" : plain(absentValue(shape, options)),
    ignorable: options.ignorable === true && isMissingSomewhere(versions, outer),
    fields: struct && declaredFields(struct, versions),
  };
}

function structOf(shape: Shape): Fields | undefined {
  if (shape.kind === "array") return structOf(shape.element);
  return shape.kind === "struct" ? shape.fields : undefined;
}

function typeName(shape: Shape): string {
  return shape.kind === "array" ? `[]${typeName(shape.element)}` : shape.kind;
}

export function outlineOfSchema(schema: Schema): Outline {
  const versions = parseVersions(schema.validVersions as Versions);
  const flexible = bounded(parseVersions(schema.flexibleVersions as Versions), versions);
  return { key: schema.apiKey ?? -1, versions, flexible, fields: schemaFields(schema, schema.fields, versions) };
}

function schemaFields(schema: Schema, fields: readonly SchemaField[], outer: VersionRange): FieldOutline[] {
  const known = fields.filter(({ versions }) => !isEmpty(bounded(parseVersions(versions as Versions), outer)));
  return known.map((field) => schemaField(schema, field, outer));
}

function schemaField(schema: Schema, field: SchemaField, outer: VersionRange): FieldOutline {
  const versions = bounded(parseVersions(field.versions as Versions), outer);
  const element = field.type.replace("[]", "");
  const struct = field.fields ?? schema.commonStructs?.find(({ name }) => name === element)?.fields;
  const tagged = bounded(parseVersions((field.taggedVersions ?? "none") as Versions), versions);
  return {
    name: withSmallInitial(field.name),
    type: struct === undefined ? field.type : field.type.replace(element, "struct"),
    versions,
    nullable: bounded(parseVersions((field.nullableVersions ?? "none") as Versions), versions),
    // A field that travels in its place in some versions and as a tag in others would need another outline.
    tag: isEmpty(tagged) || !isSame(tagged, versions) ? undefined : field.tag,
    absent: schemaDefault(field, struct !== undefined),
    ignorable: field.ignorable === true && isMissingSomewhere(versions, outer),
    fields: struct && schemaFields(schema, struct, versions),
  };
}

function schemaDefault({ type, default: text }: SchemaField, isStruct: boolean): unknown {
  if (text === "null") return null;
  if (type.startsWith("[]")) return [];
  if (isStruct) return "struct";
  if (type === "string") return text ?? "";
  if (type === "bool") return text === true || text === "true";
  if (type === "uuid") return "AAAAAAAAAAAAAAAAAAAAAA";
  if (type === "bytes") return "";
  return type === "records" ? null : Number(text ?? 0);
}

/** Buffers as texts, so that a comparison shows them. */
function plain(value: unknown): unknown {
  return Buffer.isBuffer(value) ? value.toString("hex") : value;
}

function withSmallInitial(name: string): string {
  return name[0]!.toLowerCase() + name.slice(1);
}

function bounded(range: VersionRange, outer: VersionRange): VersionRange {
  const both = intersectVersions(range, outer);
  return isEmpty(both) ? noVersion : both;
}

function isMissingSomewhere(versions: VersionRange, outer: VersionRange): boolean {
  return !isSame(versions, outer);
}

function isSame(a: VersionRange, b: VersionRange): boolean {
  return a.first === b.first && a.last === b.last;
}

function isEmpty({ first, last }: VersionRange): boolean {
  return last < first;
}
