import { type Api, type ApiName, advertised, apis, encodeRequest, frameLengthBytes, requestHeaderVersion } from "@millrace/protocol";
import { type Span, spansOf } from "@millrace/protocol/testing";
import * as fc from "fast-check";
import type { Subjects } from "./generated/pools.ts";
import { drawRequests } from "./generated/requests.ts";
import { rawCorrelationId } from "./exchange.ts";
import { type Scenario, scenario } from "./scenario.ts";
import type { Side } from "./side.ts";

/** Nothing here is about what is there: bytes are refused before anybody looks. */
const subjects: Subjects = { topics: ["malformed-topic"], groupId: "malformed-group" };

/** Requests that are spoilt where it hurts: lengths and counts that lie, ends that are missing, of each API in its first and last version. */
export function malformedScenarios(options: { seed: number; runs: number }): Scenario[] {
  const names = [...advertised.keys()].filter((name) => !leftOut.has(name));
  return names.map((name) => scenario(`${name} drawn by seed ${options.seed} and spoilt`, (side) => play(side, name, options)));
}

/** What may wait, or tell of everything there is, when it can be read after all. */
const leftOut: ReadonlySet<ApiName> = new Set([
  "JoinGroup",
  "SyncGroup",
  "Metadata",
  "DescribeLogDirs",
  "DescribeTopicPartitions",
  "ListGroups",
  "ListConfigResources",
]);

async function play(side: Side, name: ApiName, { seed, runs }: { seed: number; runs: number }): Promise<void> {
  const versions = side.versionsOf(name);
  for (const version of new Set([versions[0]!, versions.at(-1)!])) {
    for (const request of drawRequests(name, version, subjects, { seed, runs: 1 })) {
      const frames = spoilt(apis[name], version, request);
      if (frames.length === 0) continue; // a request without fields
      for (const frame of fc.sample(fc.constantFrom(...frames), { seed: seed + version, numRuns: runs })) {
        await side.attemptRaw("drawn and spoilt", { key: apis[name].key, version }, frame);
      }
    }
  }
}

/** Every way of spoiling one request. */
function spoilt(api: Api, version: number, request: object): Buffer[] {
  const header = { apiVersion: version, correlationId: rawCorrelationId, clientId: "differential" };
  const whole = Buffer.concat(encodeRequest(api, header, request).parts);
  const body = bodyOf(api, version, request);
  const at = whole.length - body.length;
  const spans = spansOf(api.request, version, body);
  return [...spans.map(({ from }) => withLength(whole.subarray(0, at + from))), ...spans.flatMap((span) => lies(whole, at, span))];
}

/** The message alone, without its header. */
function bodyOf(api: Api, version: number, request: object): Buffer {
  const parts = encodeRequest(api, { apiVersion: version, correlationId: 0, clientId: "" }, request).parts;
  const whole = Buffer.concat(parts);
  return whole.subarray(frameLengthBytes + 2 + 2 + 4 + 2 + (requestHeaderVersion(api, version) === 2 ? 1 : 0));
}

/** A length or a count that claims more than there is, or less than nothing. */
function lies(whole: Buffer, at: number, { role, from, to }: Span): Buffer[] {
  if (role !== "length" && role !== "count") return [];
  const replaced = (bytes: readonly number[]) =>
    withLength(Buffer.concat([whole.subarray(0, at + from), Buffer.from(bytes), whole.subarray(at + to)]));
  const bytes = to - from;
  if (bytes === 4) return [replaced([0x7f, 0xff, 0xff, 0xff]), replaced([0xff, 0xff, 0xff, 0xfe])];
  if (bytes === 2) return [replaced([0x7f, 0xff]), replaced([0xff, 0xfe])];
  return [replaced([0xff, 0xff, 0xff, 0xff, 0x07]), replaced([0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]), replaced([0])];
}

/** The same bytes with their length before them, in the place of the length that was there. */
function withLength(frame: Buffer): Buffer {
  const result = Buffer.from(frame);
  result.writeInt32BE(frame.length - frameLengthBytes);
  return result;
}
