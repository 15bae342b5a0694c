import * as fc from "fast-check";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { JavaPeer } from "../../../test/support/java-peer.ts";
import { kafkaClientsClassPath } from "../../../test/support/kafka-jars.ts";
import { type Api, apis } from "../src/apis.ts";
import { Writer } from "../src/codec/writer.ts";
import type { Message } from "../src/declaration/message.ts";
import { arbitraryOf } from "../src/testing/arbitraries.ts";

const sides = Object.values<Api>(apis).flatMap((api) =>
  ([api.request, api.response] as Message<unknown, any>[]).map((message) => ({ message, title: `${message.name} ${message.kind}` })),
);
/** Values of each version. */
const runs = 12;

describe("messages and Kafka's own code", () => {
  let peer: JavaPeer | string = "not started";
  beforeAll(async () => {
    peer = await JavaPeer.start(join(import.meta.dirname, "java", "MessagesPeer.java"), kafkaClientsClassPath);
  });
  afterAll(() => {
    if (peer instanceof JavaPeer) peer.stop();
  });

  test.for(sides)("Java reads every version of $title, and writes it as it was", async ({ message }, { skip }) => {
    if (typeof peer === "string") return skip(peer);
    for (let version = message.versions.first; version <= message.versions.last; version++) {
      for (const value of fc.sample(arbitraryOf(message, version), { numRuns: runs, seed: version })) {
        const writer = new Writer();
        message.codec(version).write(writer, value);
        const hex = Buffer.concat(writer.finish().parts).toString("hex");
        expect(await peer.ask(`${message.kind} ${message.key} ${version} ${hex}`), `version ${version}`).toBe(hex);
      }
    }
  });
});
