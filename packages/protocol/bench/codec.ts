/** What the hot messages cost: `node packages/protocol/bench/codec.ts`. */
import { BrokerId, LeaderEpoch, Offset, TopicId } from "@millrace/vocabulary";
import { apis, decodeRequest, decodeResponse, encodeRequest, encodeResponse, readRequestHeader, type ResponseOf } from "../src/index.ts";
import { bestNs } from "../../../test/support/measure.ts";

const topicId = TopicId("AAECAwQFBgcICQoLDA0ODw");
const records = Buffer.alloc(16_384);
const report = (what: string, ns: number): void =>
  console.log(`${what}: ${ns < 10_000 ? `${ns.toFixed(0)} ns` : `${(ns / 1e6).toFixed(2)} ms`}`);

function produceFrame(version: number, partitions: number): Buffer {
  const partitionData = Array.from({ length: partitions }, (_, index) => ({ index, records }));
  const request = { acks: -1, timeoutMs: 30_000, topicData: [{ name: "orders", topicId, partitionData }] };
  return Buffer.concat(
    encodeRequest(apis.Produce, { apiVersion: version, correlationId: 1, clientId: "producer-1" }, request).parts,
  ).subarray(4);
}

function fetchResponse(partitions: number, version: number): ResponseOf<"Fetch"> {
  return {
    sessionId: 7,
    responses: [
      {
        topic: version < 13 ? "orders" : "",
        topicId,
        partitions: Array.from({ length: partitions }, (_, partitionIndex) => ({
          partitionIndex,
          errorCode: 0,
          highWatermark: Offset(1_000_000),
          lastStableOffset: Offset(1_000_000),
          logStartOffset: Offset(0),
          abortedTransactions: null,
          records: [records, records],
        })),
      },
    ],
  };
}

for (const [version, partitions] of [
  [8, 1],
  [9, 1],
  [13, 1],
  [9, 50],
] as const) {
  const frame = produceFrame(version, partitions);
  report(
    `Produce ${version} of ${partitions} partition(s), header and request read`,
    bestNs(() => {
      decodeRequest(apis.Produce, readRequestHeader(frame), frame);
    }, 1000),
  );
}
for (const [version, partitions] of [
  [11, 1],
  [16, 1],
  [16, 50],
] as const) {
  const response = fetchResponse(partitions, version);
  report(
    `Fetch ${version} of ${partitions} partition(s), response written`,
    bestNs(() => void encodeResponse(apis.Fetch, version, 1, response), 1000),
  );
}

const partitions = Array.from({ length: 10_000 }, (_, partitionIndex) => ({
  errorCode: 0,
  partitionIndex,
  leaderId: BrokerId(1),
  leaderEpoch: LeaderEpoch(3),
  replicaNodes: [1, 2, 3].map(BrokerId),
  isrNodes: [1, 2, 3].map(BrokerId),
}));
const metadata = { brokers: [], topics: [{ errorCode: 0, name: "orders", topicId, partitions }] };
report(
  "Metadata 13 of 10,000 partitions, response written",
  bestNs(() => void encodeResponse(apis.Metadata, 13, 1, metadata), 1, 40),
);
const frame = Buffer.concat(encodeResponse(apis.Metadata, 13, 1, metadata).parts).subarray(4);
report(
  "Metadata 13 of 10,000 partitions, response read",
  bestNs(() => void decodeResponse(apis.Metadata, 13, frame), 1, 40),
);
