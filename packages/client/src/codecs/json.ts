import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Codec } from "./codec.ts";
import { notNull } from "./not-null.ts";

/**
 * JSON, checked both ways by a Standard Schema (zod, valibot, arktype, ...): what is sent is its input, and must pass it; what
 * is received is its output. The bytes hold the input, so that a schema that parses or fills in defaults does so once.
 */
export function json<Schema extends StandardSchemaV1>(
  schema: Schema,
): Codec<StandardSchemaV1.InferInput<Schema>, StandardSchemaV1.InferOutput<Schema>>;
/** JSON that nobody checks. */
export function json<Value = unknown>(): Codec<Value, Value>;
export function json(schema: StandardSchemaV1 = anything): Codec<unknown, unknown> {
  return {
    encode: (value) => after(check(schema, value), () => bytesOf(value)),
    decode: (bytes) => check(schema, JSON.parse(notNull(bytes).toString()) as unknown),
  };
}

/** What a schema found, when it threw nothing itself. */
export class SchemaMismatch extends TypeError {
  override readonly name = "SchemaMismatch";
  readonly issues: readonly StandardSchemaV1.Issue[];

  constructor(issues: readonly StandardSchemaV1.Issue[]) {
    super(issues.map(({ message, path = [] }) => [path.map(segmentOf).join("."), message].filter(Boolean).join(": ")).join("; "));
    this.issues = issues;
  }
}

function segmentOf(segment: PropertyKey | StandardSchemaV1.PathSegment): string {
  return String(typeof segment === "object" ? segment.key : segment);
}

const anything: StandardSchemaV1 = { "~standard": { version: 1, vendor: "millrace", validate: (value) => ({ value }) } };

/** The schema's output; a promise of it where the schema is asynchronous. */
function check(schema: StandardSchemaV1, value: unknown): unknown {
  return after(schema["~standard"].validate(value), (result) => {
    if (result.issues !== undefined) throw new SchemaMismatch(result.issues);
    return result.value;
  });
}

function bytesOf(value: unknown): Buffer {
  const written = JSON.stringify(value) as string | undefined;
  if (written === undefined) throw new TypeError(`JSON has no ${typeof value}`);
  return Buffer.from(written);
}

function after<Value, Result>(value: Value | Promise<Value>, use: (value: Value) => Result): Result | Promise<Result> {
  return value instanceof Promise ? value.then(use) : use(value);
}
