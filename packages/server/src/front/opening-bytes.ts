import { whoQuestion } from "@millrace/controller";

/** What a connection's first bytes say that it speaks; `who`: a controller asks who is there. */
export type Opening = "kafka" | "grpc" | "http" | "tls" | "who" | "unknown";

/** The most that has to be collected before it is certain. */
export const openingBytesMax = 24;

/** HTTP/2's connection preface (RFC 9113, 3.4). */
const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");
const methods: readonly Buffer[] = ["GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "OPTIONS ", "PATCH "].map((method) =>
  Buffer.from(method, "latin1"),
);
/** The first byte of a frame's length, as long as frames are smaller than 112 MiB. */
const kafkaFirstByteMax = 0x06;
/** A TLS record that holds a handshake. */
const tlsHandshake = 0x16;

/** Tells the protocol by the bytes that have come so far; undefined: more are needed. */
export function openingOf(bytes: Buffer): Opening | undefined {
  const first = bytes[0];
  if (first === undefined) return undefined;
  if (first <= kafkaFirstByteMax) return "kafka";
  if (first === tlsHandshake) return "tls";
  const isPreface = compare(bytes, preface);
  if (isPreface === "same") return "grpc";
  const isWho = compare(bytes, whoQuestion);
  if (isWho === "same") return "who";
  const isMethod = methods.map((method) => compare(bytes, method));
  if (isMethod.includes("same")) return "http";
  return [isPreface, isWho, ...isMethod].includes("so far") ? undefined : "unknown";
}

function compare(bytes: Buffer, wanted: Buffer): "same" | "so far" | "other" {
  const length = Math.min(bytes.length, wanted.length);
  if (bytes.compare(wanted, 0, length, 0, length) !== 0) return "other";
  return length === wanted.length ? "same" : "so far";
}
