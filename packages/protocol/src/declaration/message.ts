import { MillraceError } from "@millrace/vocabulary";
import { compile } from "../codec/compile.ts";
import type { Reader } from "../codec/reader.ts";
import type { Writer } from "../codec/writer.ts";
import type { Fields, StructInput, StructValue } from "./field.ts";
import { includesVersion, parseVersions, type VersionRange, type Versions } from "./versions.ts";

/** What a message is: one side of an API, a record of a coordinator, or what clients of a group put into others' messages. */
export type MessageKind = "request" | "response" | "stored" | "embedded";

/** A message in all its versions. `Value` is what reading gives, `Input` what writing takes. */
export interface Message<Value = unknown, Input = never> {
  /** Kafka's name, without the suffix that `kind` tells. */
  readonly name: string;
  readonly kind: MessageKind;
  /** The API's key, or the type of the stored record; -1: neither. */
  readonly key: number;
  /** Versions that can be read and written. */
  readonly versions: VersionRange;
  /** Versions with compact lengths and tagged fields (KIP-482). */
  readonly flexible: VersionRange;
  /** The fields as they travel. */
  readonly fields: Fields;
  /** The message as it travels, where whoever handles it sees another shape (`oneShape`). */
  readonly wire?: Message<unknown, any>;
  /** Compiled when first asked for. UNSUPPORTED_VERSION outside `versions`. */
  codec(version: number): Codec<Value, Input>;
}

/** Reads and writes one version of a message. */
export interface Codec<Value, Input> {
  /** Throws INVALID_REQUEST where the bytes are no such message. */
  readonly read: (reader: Reader) => Value;
  /** Throws UNSUPPORTED_VERSION where the version cannot say what the value says. */
  readonly write: (writer: Writer, value: Input) => void;
}

/** What readers of a message get. */
export type TypeOf<M> = M extends Message<infer Value, any> ? Value : never;
/** What writers of a message may give. */
export type InputOf<M> = M extends Message<any, infer Input> ? Input : never;

/** Key and versions of a message, as its schema says. */
export interface MessageOptions {
  readonly key: number;
  readonly versions: Versions;
  readonly flexible: Versions;
}

/** A message that still lacks its fields. */
export interface Declaration {
  /** In the order in which they travel. */
  fields<F extends Fields>(fields: F): Message<StructValue<F>, StructInput<F>>;
}

/** Declares what a client asks. */
export function request(name: string, options: MessageOptions): Declaration {
  return { fields: (fields) => declare("request", name, options, fields) };
}

/** Declares what a broker answers. */
export function response(name: string, options: MessageOptions): Declaration {
  return { fields: (fields) => declare("response", name, options, fields) };
}

/** Declares the key or the value of a record that a coordinator stores. */
export function stored(name: string, options: MessageOptions): Declaration {
  return { fields: (fields) => declare("stored", name, options, fields) };
}

/** Declares what group members tell each other; brokers pass it on as bytes. */
export function embedded(name: string, options: Omit<MessageOptions, "key">): Declaration {
  return { fields: (fields) => declare("embedded", name, { ...options, key: -1 }, fields) };
}

function declare<F extends Fields>(
  kind: MessageKind,
  name: string,
  options: MessageOptions,
  fields: F,
): Message<StructValue<F>, StructInput<F>> {
  const versions = parseVersions(options.versions);
  const flexible = parseVersions(options.flexible);
  const versioned = (version: number) => ({ name, fields, version, isFlexible: includesVersion(flexible, version) });
  return {
    name,
    kind,
    key: options.key,
    versions,
    flexible,
    fields,
    codec: oncePerVersion(versions, name, (version) => compile(versioned(version))),
  };
}

/** Two ways between what travels and what the rest of the code sees. */
export interface ShapeAdapter<Wire, WireInput, Value, Input> {
  readonly fromWire: (wire: Wire, version: number) => Value;
  readonly toWire: (value: Input, version: number) => WireInput;
}

/**
 * Gives a message whose shape differs between versions the newest one in all of them, so that whoever handles it knows
 * one. `toWire` throws UNSUPPORTED_VERSION where an old shape cannot say it.
 */
export function oneShape<Wire, WireInput, Value, Input>(
  message: Message<Wire, WireInput>,
  adapter: ShapeAdapter<Wire, WireInput, Value, Input>,
): Message<Value, Input> {
  const { codec: codecOfWire, ...rest } = message;
  return {
    ...rest,
    wire: message,
    codec: oncePerVersion(message.versions, message.name, (version) => {
      const codec = codecOfWire(version);
      return {
        read: (reader) => adapter.fromWire(codec.read(reader), version),
        write: (writer, value) => codec.write(writer, adapter.toWire(value, version)),
      };
    }),
  };
}

/** Remembers what `make` made. It depends on nothing but the version, so that every broker of a process may share it. */
function oncePerVersion<Made>(versions: VersionRange, name: string, make: (version: number) => Made): (version: number) => Made {
  const made: Made[] = [];
  return (version) => {
    const known = made[version];
    if (known !== undefined) return known;
    if (!Number.isInteger(version) || !includesVersion(versions, version))
      throw new MillraceError("UNSUPPORTED_VERSION", { message: name, version, ...versions });
    return (made[version] = make(version));
  };
}
