import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { apis } from "../src/apis.ts";
import { Reader } from "../src/codec/reader.ts";
import { Writer } from "../src/codec/writer.ts";
import type { Message } from "../src/declaration/message.ts";
import { ConsumerProtocolAssignment, ConsumerProtocolSubscription } from "../src/embedded/consumer-protocol.ts";
import { GroupMetadataKey, GroupMetadataValue } from "../src/stored/group-metadata.ts";
import { OffsetCommitKey, OffsetCommitValue } from "../src/stored/offset-commit.ts";
import { arbitraryOf } from "../src/testing/arbitraries.ts";
import { spansOf } from "../src/testing/spans.ts";

const runs = 20;

const messages: readonly Message<unknown, any>[] = [
  ...Object.values(apis).flatMap(({ request, response }) => [request, response] as Message<unknown, any>[]),
  OffsetCommitKey,
  OffsetCommitValue,
  GroupMetadataKey,
  GroupMetadataValue,
  ConsumerProtocolSubscription,
  ConsumerProtocolAssignment,
];

const versions = messages.flatMap((message) =>
  Array.from({ length: message.versions.last - message.versions.first + 1 }, (_, index) => ({
    message,
    version: message.versions.first + index,
    title: `${message.name} ${message.kind} ${message.versions.first + index}`,
  })),
);

function encode(message: Message<unknown, any>, version: number, value: unknown): Buffer {
  const writer = new Writer();
  message.codec(version).write(writer, value);
  const { parts, bytes } = writer.finish();
  const whole = Buffer.concat(parts);
  expect(whole.length).toBe(bytes);
  return whole;
}

describe("every message in every version", () => {
  test.each(versions)("$title comes back as it was written", ({ message, version }) => {
    fc.assert(
      fc.property(arbitraryOf(message, version), (value) => {
        const bytes = encode(message, version, value);
        const reader = new Reader(bytes);
        const back = message.codec(version).read(reader);
        reader.expectEnd();
        expect(back).toEqual(value);
        expect(encode(message, version, back)).toEqual(bytes);
      }),
      { numRuns: runs },
    );
  });

  test.each(versions)("$title taken apart by its declaration is covered without a gap", ({ message, version }) => {
    fc.assert(
      fc.property(arbitraryOf(message, version), (value) => {
        const bytes = encode(message, version, value);
        let end = 0;
        for (const { from, to } of spansOf(message, version, bytes)) {
          expect(from).toBe(end);
          end = to;
        }
        expect(end).toBe(bytes.length);
      }),
      { numRuns: runs },
    );
  });
});
