import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, type TestContext } from "vitest";
import { JavaPeer } from "../../../test/support/java-peer.ts";
import { kafkaClientsClassPath } from "../../../test/support/kafka-jars.ts";
import {
  BatchView,
  checkFraming,
  compressBatch,
  type Compression,
  decompressRecords,
  encodeMarkerBatch,
  murmur2,
  readMarker,
  readRecords,
  recordsOf,
} from "../src/index.ts";
import { someBatch } from "./support/batches.ts";

const codecs: readonly Compression[] = ["none", "gzip", "snappy", "lz4", "zstd"];
/** Records and bytes of each value: one record, many, and more than a block of any compression. */
const sizes = [
  [1, 0],
  [3, 10],
  [200, 100],
  [40, 10_000],
] as const;
const cases = codecs.flatMap((codec) => sizes.map(([count, bytes]) => ({ codec, count, bytes })));

/** The records of a batch in the words of the Java side. */
function wordsOf(batch: Buffer): string {
  const view = new BatchView(batch);
  let words = "";
  for (const { offset, timestamp, key, value, headers } of readRecords(view, decompressRecords(view, 1 << 24)))
    words += `${offset},${timestamp},${key?.toString("hex") ?? "null"},${value?.toString("hex") ?? "null"},${headers.length};`;
  return words;
}

describe("batches and Kafka's own code", () => {
  let peer: JavaPeer | string = "not started";
  beforeAll(async () => {
    peer = await JavaPeer.start(join(import.meta.dirname, "java", "RecordsPeer.java"), kafkaClientsClassPath);
  });
  afterAll(() => {
    if (peer instanceof JavaPeer) peer.stop();
  });
  function java({ skip }: TestContext): JavaPeer {
    if (typeof peer === "string") skip(peer);
    return peer as JavaPeer;
  }

  test.for(cases)("Java reads $count records of $bytes bytes compressed by $codec here", async ({ codec, count, bytes }, context) => {
    const batch = compressBatch(someBatch(count, bytes), codec);
    expect(await java(context).ask(`read ${batch.toString("hex")}`)).toBe(wordsOf(batch));
  });

  test.for(cases)(
    "$count records of $bytes bytes compressed by Java with $codec are read here",
    async ({ codec, count, bytes }, context) => {
      const peerOfTest = java(context);
      const batch = Buffer.from(await peerOfTest.ask(`write ${codec} ${count} ${bytes}`), "hex");
      const view = new BatchView(batch);
      expect(view.compression).toBe(codec);
      expect(view.computeCrc()).toBe(view.crc);
      expect(checkFraming(view, decompressRecords(view, 1 << 24))).toEqual({
        hasNullKey: count > 4,
        minTimestamp: 1_700_000_000_000,
        maxTimestamp: 1_700_000_000_000 + (count - 1) * 1000,
      });
      expect(wordsOf(batch)).toBe(await peerOfTest.ask(`read ${batch.toString("hex")}`));
    },
  );

  test("keys hash as Java hashes them", async (context) => {
    const keys = Array.from({ length: 40 }, (_, length) => Buffer.from(Array.from({ length }, (__, at) => (at * 89 + length * 7) & 255)));
    for (const key of keys) expect(String(murmur2(key))).toBe(await java(context).ask(`hash ${key.toString("hex")}`));
  });

  test.for(["commit", "abort"] as const)("the marker of a transaction that ended by %s is Java's", async (outcome, context) => {
    const marker = { outcome, coordinatorEpoch: 12 };
    const ours = encodeMarkerBatch(marker, { producerId: 9000, producerEpoch: 5, timestamp: 1_700_000_000_000 });
    const theirs = Buffer.from(await java(context).ask(`marker ${outcome.toUpperCase()} 12`), "hex");
    const view = new BatchView(theirs);
    const [record] = readRecords(view, recordsOf(view));
    expect(readMarker(record!)).toEqual(marker);
    // Base offset and leader epoch are the log's to write.
    expect(ours.subarray(16)).toEqual(theirs.subarray(16));
  });
});
