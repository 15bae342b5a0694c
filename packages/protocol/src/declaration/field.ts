import type { Versions } from "./versions.ts";

/** What a declaration says of a field beside its type. */
export interface FieldOptions {
  /** Versions that carry the field; left out: all that carry what it stands in. */
  readonly versions?: Versions;
  /** Versions in which it may be null; left out: none. */
  readonly nullable?: Versions;
  /**
   * What readers find where the version lacks the field, or the sender left its tag out; and what is written where a
   * value leaves the field out. Without it: zero, false, the empty text, the empty array.
   */
  readonly absent?: unknown;
  /** The field travels behind the others under this number, and only where it differs from `absent` (KIP-482). */
  readonly tag?: number;
  /** In versions that lack the field its value is dropped; otherwise one that differs from `absent` is refused there. */
  readonly ignorable?: true;
}

/** Types that are one value. `records` are bytes too, but never copied. */
export type ScalarKind = "bool" | "int8" | "int16" | "uint16" | "int32" | "int64" | "uuid" | "string" | "bytes" | "records";

/** How a field is built. */
export type Shape =
  | { readonly kind: ScalarKind }
  | { readonly kind: "array"; readonly element: Shape }
  | { readonly kind: "struct"; readonly fields: Fields };

declare const types: unique symbol;

/**
 * One field of a message. `Value` is what readers get, `Input` what writers may give, `Optional` whether a writer may
 * leave it out.
 */
export interface Field<Value = unknown, Input = unknown, Optional extends boolean = boolean> {
  readonly shape: Shape;
  readonly options: FieldOptions;
  /** For the compiler alone. */
  readonly [types]?: { readonly value: Value; readonly input: Input; readonly optional: Optional };
}

/** Fields by name, in the order in which they travel. */
export type Fields = Readonly<Record<string, Field>>;

/** A struct as a reader gets it: every field is there. */
export type StructValue<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends Field<infer Value, any, any> ? Value : never;
};

/** A struct as a writer may give it: fields with `absent` or a tag may be left out. */
export type StructInput<F extends Fields> = {
  readonly [Name in RequiredNames<F>]: FieldInput<F[Name]>;
} & {
  readonly [Name in Exclude<keyof F, RequiredNames<F>>]?: FieldInput<F[Name]> | undefined;
};

type FieldInput<F> = F extends Field<any, infer Input, any> ? Input : never;
type RequiredNames<F extends Fields> = {
  [Name in keyof F]: F[Name] extends Field<any, any, true> ? never : Name;
}[keyof F];

/** Whether a writer may leave out a field with these options. */
export type IsOptional<Options> = Options extends { absent: unknown } | { tag: number } ? true : false;
/** The type of a field that may be null in some version. */
export type OrNull<Value, Options> = Options extends { nullable: string } ? Value | null : Value;
