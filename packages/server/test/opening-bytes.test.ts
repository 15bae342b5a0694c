import { expect, test } from "vitest";
import { openingOf } from "@millrace/server";

const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

function whenCertain(text: string): [number, string] {
  const bytes = Buffer.from(text, "latin1");
  for (let length = 1; length <= bytes.length; length++) {
    const opening = openingOf(bytes.subarray(0, length));
    if (opening !== undefined) return [length, opening];
  }
  return [bytes.length, "undecided"];
}

test.each([
  ["a small frame of Kafka's", "\x00\x00\x00\x20", 1, "kafka"],
  ["the largest frame of Kafka's", "\x06\x40\x00\x00", 1, "kafka"],
  ["a TLS handshake", "\x16\x03\x01", 1, "tls"],
  ["HTTP/2's preface", preface, preface.length, "grpc"],
  ["GET", "GET / HTTP/1.1\r\n", 4, "http"],
  ["a method that begins as the preface does", "PUT /x HTTP/1.1\r\n", 4, "http"],
  ["POST", "POST /x HTTP/1.1\r\n", 5, "http"],
  ["a preface that goes wrong", "PRI * HTTP/1.1\r\n", 12, "unknown"],
  ["a controller that asks who is there", "MILLRACE WHO\n", 13, "who"],
  ["a question that goes wrong", "MILLRACE WHY\n", 12, "unknown"],
  ["anything else", "SSH-2.0-x\r\n", 1, "unknown"],
  ["a negative frame length", "\xff\xff\xff\xff", 1, "unknown"],
])("%s is told by its bytes, one at a time", (_, text, length, opening) => {
  expect(whenCertain(text)).toEqual([length, opening]);
});
