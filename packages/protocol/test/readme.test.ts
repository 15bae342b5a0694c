import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { advertised } from "../src/advertised.ts";
import { type Api, type ApiName, apiOf, apis } from "../src/apis.ts";
import type { VersionRange } from "../src/declaration/versions.ts";
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse, readRequestHeader } from "../src/frames.ts";

const readme = readFileSync(join(import.meta.dirname, "..", "README.md"), "utf8");

function printed({ first, last }: VersionRange): string {
  return first === last ? `${first}` : `${first}–${last}`;
}

function rowOf({ key, name, request: { versions, flexible } }: Api): string[] {
  const served = advertised.get(name as ApiName);
  return [
    `${key}`,
    name,
    printed(versions),
    flexible.last < 0 ? "none" : `${flexible.first}+`,
    served === undefined ? "no" : printed(served),
  ];
}

test("the README's table is that of the declarations", () => {
  const cells = readme
    .split("\n")
    .filter((line) => /^\| +\d/.test(line))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(cells).toEqual(Object.values<Api>(apis).map(rowOf));
});

test("the README's example says what it does", () => {
  const asked = { groupId: "g", generationId: 3, memberId: "m" };
  const { parts: sent } = encodeRequest(apis.Heartbeat, { apiVersion: 4, correlationId: 7, clientId: "billing" }, asked);
  const frame = Buffer.concat(sent).subarray(4);
  const header = readRequestHeader(frame);
  expect(header).toEqual({ apiKey: 12, apiVersion: 4, correlationId: 7, clientId: "billing", bodyAt: 18 });
  expect(apiOf(header.apiKey)?.name).toBe("Heartbeat");
  expect(decodeRequest(apis.Heartbeat, header, frame).generationId).toBe(3);
  const { parts } = encodeResponse(apis.Heartbeat, header.apiVersion, header.correlationId, { errorCode: 27 });
  expect(decodeResponse(apis.Heartbeat, 4, Buffer.concat(parts).subarray(4)).errorCode).toBe(27);
});
