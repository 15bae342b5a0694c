import type { Header } from "@millrace/client";
import { MillraceError } from "@millrace/vocabulary";
import type { LineDefaults, LineReader } from "./line-record.ts";

/** Fields that a line may have: those that `consume -o jsonl` prints, some of which say nothing here. */
const fields: ReadonlySet<string> = new Set("topic partition offset timestamp key keyBase64 value valueBase64 headers".split(" "));

/**
 * Lines are JSON objects with key, value, headers, partition and timestamp, none of which must be there. A key or value that is no
 * text is sent as JSON. RECORD_INVALID, with the line's number, for what is none.
 */
export function jsonReader(defaults: LineDefaults): LineReader {
  const defaultKey = defaults.key === undefined ? null : Buffer.from(defaults.key);
  return (bytes, line) => {
    const given = parseObject(bytes, line);
    return {
      key: bytesOf(given, "key", line) ?? defaultKey,
      value: bytesOf(given, "value", line),
      headers: given["headers"] === undefined ? defaults.headers : headersOf(given["headers"], line),
      partition: partitionOf(given["partition"], line) ?? defaults.partition,
      timestampMs: timestampOf(given["timestamp"], line),
    };
  };
}

type Fields = Readonly<Record<string, unknown>>;

function parseObject(bytes: Buffer, line: number): Fields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString());
  } catch (cause) {
    throw invalid(line, (cause as Error).message);
  }
  if (!isObject(parsed)) throw invalid(line, "it must be an object");
  const unknown = Object.keys(parsed).find((name) => !fields.has(name));
  if (unknown !== undefined) throw invalid(line, `there is no field ${unknown}; there are ${[...fields].join(", ")}`);
  return parsed;
}

function bytesOf(given: Fields, name: "key" | "value", line: number): Buffer | null {
  const base64 = given[`${name}Base64`];
  if (base64 !== undefined) return fromBase64(base64, `${name}Base64`, line);
  const text = given[name];
  if (text === undefined || text === null) return null;
  return Buffer.from(typeof text === "string" ? text : JSON.stringify(text));
}

function fromBase64(text: unknown, name: string, line: number): Buffer {
  if (typeof text !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw invalid(line, `${name} must be base64`);
  return Buffer.from(text, "base64");
}

/** Headers as `consume` prints them, or as an object of texts. */
function headersOf(headers: unknown, line: number): Header[] {
  if (Array.isArray(headers)) return headers.map((header: unknown) => headerOf(header, line));
  if (!isObject(headers)) throw invalid(line, "headers must be an array of { key, value }, or an object");
  return Object.entries(headers).map(([key, value]) => headerOf({ key, value }, line));
}

function headerOf(header: unknown, line: number): Header {
  if (!isObject(header) || typeof header["key"] !== "string") throw invalid(line, "a header must have a key, a text");
  return { key: header["key"], value: bytesOf(header, "value", line) };
}

function partitionOf(partition: unknown, line: number): number | undefined {
  if (partition === undefined || partition === null) return undefined;
  if (typeof partition !== "number" || !Number.isSafeInteger(partition) || partition < 0)
    throw invalid(line, "partition must be a whole number from 0");
  return partition;
}

function timestampOf(timestamp: unknown, line: number): number | undefined {
  if (timestamp === undefined || timestamp === null) return undefined;
  const ms = typeof timestamp === "string" ? Date.parse(timestamp) : timestamp;
  if (typeof ms !== "number" || !Number.isSafeInteger(ms) || ms < 0)
    throw invalid(line, "timestamp must be milliseconds since 1970, or a date and time");
  return ms;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(line: number, reason: string): MillraceError {
  return new MillraceError("RECORD_INVALID", { line, reason });
}
