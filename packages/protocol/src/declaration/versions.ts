import { assert, int16Max } from "@millrace/vocabulary";

/** Versions as Kafka's schemas write them: `3`, `3-7`, `3+`, or `none`. */
export type Versions = `${number}` | `${number}-${number}` | `${number}+` | "none";

/** A closed range of versions; empty where `last` is below `first`. */
export interface VersionRange {
  readonly first: number;
  readonly last: number;
}

export const everyVersion: VersionRange = { first: 0, last: int16Max };
export const noVersion: VersionRange = { first: 0, last: -1 };

/** Reads versions in the schemas' notation; anything else is an error in a declaration. */
export function parseVersions(text: Versions): VersionRange {
  if (text === "none") return noVersion;
  const [, first, last, open] = /^(\d+)(?:-(\d+)|(\+))?$/.exec(text) ?? [];
  assert(first !== undefined, "versions read like 3, 3-7, 3+ or none", { text });
  if (open !== undefined) return { first: Number(first), last: int16Max };
  return { first: Number(first), last: Number(last ?? first) };
}

export function includesVersion(range: VersionRange, version: number): boolean {
  return version >= range.first && version <= range.last;
}

/** The versions in both ranges. */
export function intersectVersions(a: VersionRange, b: VersionRange): VersionRange {
  return { first: Math.max(a.first, b.first), last: Math.min(a.last, b.last) };
}
