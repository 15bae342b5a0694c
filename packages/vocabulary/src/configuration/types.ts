/** How DescribeConfigs names a value's type; Kafka's words. */
export type ConfigKind = "boolean" | "string" | "int" | "short" | "long" | "double" | "list" | "password";

/** Turns the text of a configuration value into the value, and back. */
export interface ConfigType<Value> {
  readonly kind: ConfigKind;
  /** What may be written, in words: the second half of «… must be …». */
  readonly allowed: string;
  /** The value, or undefined where the text is not allowed. */
  parse(text: string): Value | undefined;
  /** The text that DescribeConfigs shows and that `parse` reads back. */
  print(value: Value): string;
}

/** One configuration key. */
export interface ConfigKey<Value> {
  readonly type: ConfigType<Value>;
  readonly default: Value;
  readonly doc: string;
  /** Whether a running broker takes a change at once; otherwise it holds from the next start. */
  readonly dynamic: boolean;
}

/** The type of the value behind a key. */
export type ValueOf<Key> = Key extends ConfigKey<infer Value> ? Value : never;

export function boolean(): ConfigType<boolean> {
  return {
    kind: "boolean",
    allowed: "true or false",
    parse: (text) => booleans.get(text.trim().toLowerCase()),
    print: String,
  };
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
]);

/** A whole number in [min, max]. */
function whole(kind: "int" | "short" | "long", min: number, max: number): ConfigType<number> {
  return {
    kind,
    allowed: `a whole number from ${min} to ${max}`,
    parse(text) {
      if (!/^[+-]?\d+$/.test(text.trim())) return undefined;
      const value = Number(text);
      return value >= min && value <= max ? value : undefined;
    },
    print: printWhole,
  };
}

/** Long.MAX_VALUE lies one below 2^63, which is the nearest double. */
function printWhole(value: number): string {
  return value >= 2 ** 63 ? "9223372036854775807" : String(value);
}

export function int({ min = -0x8000_0000, max = 0x7fff_ffff }: { min?: number; max?: number } = {}): ConfigType<number> {
  return whole("int", min, max);
}

export function short({ min = -0x8000, max = 0x7fff }: { min?: number; max?: number } = {}): ConfigType<number> {
  return whole("short", min, max);
}

/** Up to Long.MAX_VALUE, which is read as the double 2^63. */
export function long({ min = -(2 ** 63) }: { min?: number } = {}): ConfigType<number> {
  return { ...whole("long", min, 2 ** 63), allowed: `a whole number from ${min}` };
}

export function double({ min, max }: { min: number; max: number }): ConfigType<number> {
  return {
    kind: "double",
    allowed: `a number from ${min} to ${max}`,
    parse(text) {
      const value = text.trim() === "" ? Number.NaN : Number(text);
      return value >= min && value <= max ? value : undefined;
    },
    print: String,
  };
}

export function string(): ConfigType<string> {
  return { kind: "string", allowed: "a text", parse: (text) => text, print: (value) => value };
}

/** One of a few words, spelled exactly. */
export function oneOf<const Word extends string>(...words: Word[]): ConfigType<Word> {
  return {
    kind: "string",
    allowed: `one of ${words.join(", ")}`,
    parse: (text) => words.find((word) => word === text.trim()),
    print: (value) => value,
  };
}

/** Texts separated by commas; where `words` are given, only these. */
export function list<const Word extends string>(...words: Word[]): ConfigType<readonly Word[]> {
  const known = (part: string): part is Word => words.length === 0 || words.includes(part as Word);
  return {
    kind: "list",
    allowed: words.length === 0 ? "texts separated by commas" : `any of ${words.join(", ")}, separated by commas`,
    parse(text) {
      const parts = text
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== "");
      return parts.every(known) ? [...new Set(parts)] : undefined;
    },
    print: (value) => value.join(","),
  };
}

/** A value that may be missing: the key then has no value of its own, and its documentation says what holds instead. */
export function optional<Value>(type: ConfigType<Value>): ConfigType<Value | undefined> {
  return { ...type, print: (value) => (value === undefined ? "" : type.print(value)) };
}
