import { describe, expect, test } from "vitest";
import { advertised } from "../src/advertised.ts";
import { type Api, apiOf, apis, requestHeaderVersion, responseHeaderVersion } from "../src/apis.ts";
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse, readRequestHeader } from "../src/frames.ts";
import { bytesOf } from "./support/hexadecimal.ts";
import { refusalOf } from "./support/refusal.ts";

const all: readonly Api[] = Object.values(apis);

describe("frames", () => {
  test("a frame begins with the length of what follows", () => {
    const { parts, bytes } = encodeResponse(apis.Heartbeat, 4, 7, { errorCode: 27 });
    const frame = Buffer.concat(parts);
    expect(frame.length).toBe(bytes);
    expect(frame).toEqual(bytesOf("0000000c 00000007 00 00000000 001b 00"));
  });

  test("a header of version 2 keeps the two-byte length of its client id", () => {
    const { parts } = encodeRequest(
      apis.Heartbeat,
      { apiVersion: 4, correlationId: 1, clientId: "ab" },
      {
        groupId: "",
        generationId: 0,
        memberId: "",
      },
    );
    expect(Buffer.concat(parts).subarray(4, 17)).toEqual(bytesOf("000c 0004 00000001 0002 6162 00"));
  });

  test("ApiVersions is answered with header version 0 in every version", () => {
    expect([0, 2, 3, 5].map((version) => responseHeaderVersion(apis.ApiVersions, version))).toEqual([0, 0, 0, 0]);
    expect([0, 3, 4].map((version) => responseHeaderVersion(apis.Heartbeat, version))).toEqual([0, 0, 1]);
    expect([2, 3].map((version) => requestHeaderVersion(apis.ApiVersions, version))).toEqual([1, 2]);
  });

  test("the header of a version or an API that nobody knows is read, its message refused", () => {
    const { parts } = encodeRequest(apis.ApiVersions, { apiVersion: 5, correlationId: 9, clientId: null }, {});
    const frame = Buffer.concat(parts).subarray(4);
    frame.writeInt16BE(99, 2);
    const header = readRequestHeader(frame);
    expect(header).toMatchObject({ apiKey: 18, apiVersion: 99, correlationId: 9, clientId: null });
    expect(refusalOf(() => decodeRequest(apis.ApiVersions, header, frame))).toBe("UNSUPPORTED_VERSION");
    frame.writeInt16BE(999, 0);
    expect(readRequestHeader(frame)).toMatchObject({ apiKey: 999, correlationId: 9 });
    expect(apiOf(999)).toBeUndefined();
  });

  test("a response in a version that was not asked for is refused, or another value", () => {
    const { parts } = encodeResponse(apis.Heartbeat, 0, 1, { errorCode: 0 });
    expect(refusalOf(() => decodeResponse(apis.Heartbeat, 4, Buffer.concat(parts).subarray(4)))).toBe("INVALID_REQUEST");
  });
});

describe("the table of APIs", () => {
  test("an API has one key, one name, and the same versions both ways", () => {
    for (const [name, { name: own, key, request, response }] of Object.entries<Api>(apis)) {
      expect(own).toBe(name);
      expect(apiOf(key)!.name).toBe(name);
      expect([response.name, response.key]).toEqual([name, key]);
      expect([request.kind, response.kind]).toEqual(["request", "response"]);
      expect(response.versions).toEqual(request.versions);
    }
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
  });

  test("what is advertised can be read and written, but for Produce 0 to 2", () => {
    const undeclared = [...advertised].flatMap(([name, { first, last }]) => {
      const { versions } = apis[name].request;
      const range = Array.from({ length: last - first + 1 }, (_, index) => first + index);
      return range.filter((version) => version < versions.first || version > versions.last).map((version) => `${name} ${version}`);
    });
    expect(undeclared).toEqual(["Produce 0", "Produce 1", "Produce 2"]);
  });
});
