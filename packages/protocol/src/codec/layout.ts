import { zeroUuid } from "@millrace/vocabulary";
import type { Field, FieldOptions, Fields, ScalarKind, Shape } from "../declaration/field.ts";
import { everyVersion, includesVersion, intersectVersions, noVersion, parseVersions, type VersionRange } from "../declaration/versions.ts";

/** A struct in one version of a message: what is left of the declaration once the version is known. */
export interface StructLayout {
  readonly isFlexible: boolean;
  /** In the order in which they were declared, those that the version lacks too. */
  readonly fields: readonly FieldLayout[];
}

/** A field in one version. */
export interface FieldLayout {
  readonly name: string;
  readonly type: TypeLayout;
  readonly isPresent: boolean;
  readonly isNullable: boolean;
  /** Undefined: it travels in its place. */
  readonly tag: number | undefined;
  /** The value that stands for a field that is not there; frozen. */
  readonly absent: unknown;
  readonly isIgnorable: boolean;
  /** Whether a writer's value may leave it out. */
  readonly isOptional: boolean;
}

/** How a value lies on the wire. */
export type TypeLayout =
  | { readonly kind: ScalarKind }
  | { readonly kind: "array"; readonly element: TypeLayout }
  | { readonly kind: "struct"; readonly layout: StructLayout };

/** One version of a declaration. */
export interface Versioned {
  readonly name: string;
  readonly fields: Fields;
  readonly version: number;
  readonly isFlexible: boolean;
}

/** Lays out one version. */
export function layoutOf({ fields, version, isFlexible }: Versioned): StructLayout {
  return structLayout(fields, version, isFlexible);
}

function structLayout(fields: Fields, version: number, isFlexible: boolean): StructLayout {
  return { isFlexible, fields: Object.entries(fields).map(([name, field]) => fieldLayout(name, field, version, isFlexible)) };
}

function fieldLayout(name: string, { shape, options }: Field, version: number, isFlexible: boolean): FieldLayout {
  const versions = versionsOf(options);
  return {
    name,
    type: typeLayout(shape, version, isFlexible),
    isPresent: includesVersion(versions, version),
    isNullable: includesVersion(nullableVersionsOf(options), version),
    tag: options.tag,
    absent: absentValue(shape, options),
    isIgnorable: options.ignorable === true,
    isOptional: options.absent !== undefined || options.tag !== undefined,
  };
}

function typeLayout(shape: Shape, version: number, isFlexible: boolean): TypeLayout {
  switch (shape.kind) {
    case "array":
      return { kind: "array", element: typeLayout(shape.element, version, isFlexible) };
    case "struct":
      return { kind: "struct", layout: structLayout(shape.fields, version, isFlexible) };
    default:
      return shape;
  }
}

/** The versions that carry a field, as far as its own declaration says. */
export function versionsOf(options: FieldOptions): VersionRange {
  return options.versions === undefined ? everyVersion : parseVersions(options.versions);
}

/** The versions in which a field may be null. */
export function nullableVersionsOf(options: FieldOptions): VersionRange {
  return options.nullable === undefined ? noVersion : intersectVersions(parseVersions(options.nullable), versionsOf(options));
}

/** What stands for a field that is not there: `absent`, or its type's zero. */
export function absentValue(shape: Shape, options: FieldOptions): unknown {
  if (options.absent !== undefined) return Array.isArray(options.absent) ? noElements : options.absent;
  switch (shape.kind) {
    case "bool":
      return false;
    case "string":
      return "";
    case "uuid":
      return zeroUuid;
    case "bytes":
      return noBytes;
    case "records":
      return null;
    case "array":
      return noElements;
    case "struct":
      return Object.freeze(
        Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, absentValue(field.shape, field.options)])),
      );
    default:
      return 0;
  }
}

const noElements: readonly never[] = Object.freeze([]);
const noBytes = Buffer.alloc(0);
