import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Api, apis, responseHeaderVersion } from "../src/apis.ts";
import { decodeRequest, decodeResponse, readRequestHeader } from "../src/frames.ts";
import { type Span, spansOf } from "../src/testing/spans.ts";
import { capturedExchanges } from "./support/captured.ts";
import { refusalOf } from "./support/refusal.ts";

/** A captured frame, and how it is read. */
interface Subject {
  readonly kind: "request" | "response";
  readonly frame: Buffer;
  /** Where the message begins: what stands before it is header. */
  readonly bodyAt: number;
  readonly decode: (frame: Buffer) => unknown;
  readonly spans: readonly Span[];
}

const subjects: readonly Subject[] = capturedExchanges().flatMap(({ api: name, version, request, response }) => {
  const api: Api = apis[name];
  const header = readRequestHeader(request);
  const asked: Subject = {
    kind: "request",
    frame: request,
    bodyAt: header.bodyAt,
    decode: (frame) => decodeRequest(api, header, frame),
    spans: spansOf(api.request, version, request.subarray(header.bodyAt)),
  };
  if (response === undefined) return [asked];
  // The header: a correlation id, and in its version 1 an empty section of tags.
  const bodyAt = 4 + responseHeaderVersion(api, version);
  return [
    asked,
    {
      kind: "response",
      frame: response,
      bodyAt,
      decode: (frame) => decodeResponse(api, version, frame),
      spans: spansOf(api.response, version, response.subarray(bodyAt)),
    },
  ];
});

/** Elements of all arrays in a decoded message. Each took a byte of the frame or more, so there are no more of them than bytes. */
function elementsIn(value: unknown): number {
  if (value === null || typeof value !== "object" || Buffer.isBuffer(value)) return 0;
  const own = Array.isArray(value) ? value.length : 0;
  return Object.values(value).reduce<number>((sum, each) => sum + elementsIn(each), own);
}

function expectDecodedOrRefused({ decode }: Subject, frame: Buffer): void {
  let decoded: unknown;
  const code = refusalOf(() => (decoded = decode(frame)));
  expect(code ?? "INVALID_REQUEST").toBe("INVALID_REQUEST");
  if (code === undefined) expect(elementsIn(decoded)).toBeLessThanOrEqual(frame.length);
}

describe("frames that are not what they were", () => {
  test("every truncation of every captured frame is refused with INVALID_REQUEST", () => {
    for (const { frame, bodyAt, decode } of subjects) {
      for (let end = bodyAt; end < frame.length; end++) expect(refusalOf(() => decode(frame.subarray(0, end)))).toBe("INVALID_REQUEST");
    }
  });

  test("bytes behind a request are passed over, as Kafka does, and bytes behind a response are refused", () => {
    for (const { kind, frame, decode } of subjects)
      expect(refusalOf(() => decode(Buffer.concat([frame, Buffer.alloc(1)])))).toBe(kind === "request" ? undefined : "INVALID_REQUEST");
  });

  test("lengths and counts that lie are refused, or read as something else that fits", () => {
    // Two's complement and compact lengths: null, empty, below null, the greatest, and varints that do not end.
    const lies = ["00", "01", "7f", "80000000", "7fffffff", "ffffffff", "ffffffff0f", "ffffffffff", "ffffffff7f", "8000"].map((hex) =>
      Buffer.from(hex, "hex"),
    );
    for (const subject of subjects) {
      const { frame, bodyAt, spans } = subject;
      for (const { from, to } of spans.filter(({ role }) => role === "length" || role === "count" || role === "tags")) {
        for (const lie of lies)
          expectDecodedOrRefused(subject, Buffer.concat([frame.subarray(0, bodyAt + from), lie, frame.subarray(bodyAt + to)]));
      }
    }
  });

  test("bytes changed at random are refused, or read as something else that fits", () => {
    const changes = fc.array(fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...subjects), changes, (subject, changed) => {
        const frame = Buffer.from(subject.frame);
        for (const { at, byte } of changed) {
          const room = frame.length - subject.bodyAt;
          if (room > 0) frame[subject.bodyAt + (at % room)] = byte;
        }
        expectDecodedOrRefused(subject, frame);
      }),
      { numRuns: 20_000 },
    );
  });

  test("a header of any bytes is read or refused with INVALID_REQUEST", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(refusalOf(() => readRequestHeader(Buffer.from(bytes))) ?? "INVALID_REQUEST").toBe("INVALID_REQUEST");
      }),
      { numRuns: 2000 },
    );
  });
});
