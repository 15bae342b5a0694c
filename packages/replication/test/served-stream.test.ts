import { decodeFromLeader, type Draft, encodeMessage } from "@millrace/contracts";
import { FromFollower, type FromLeader, Replication } from "@millrace/contracts/replication";
import { grpcPeers } from "@millrace/rpc";
import type { PeerChannel, PeerStream } from "@millrace/runtime";
import { testIdentity } from "@millrace/storage/testing";
import { encodeBatch } from "@millrace/records";
import { uuidToBytes } from "@millrace/vocabulary";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RealReplicas, topicId } from "./support/real-replicas.ts";

let replicas: RealReplicas;
let channel: PeerChannel;

beforeAll(async () => {
  replicas = await RealReplicas.open(1);
  channel = grpcPeers().channel(replicas.address(1));
});
afterAll(async () => {
  channel.close();
  await replicas[Symbol.asyncDispose]();
});

const hello = { clusterId: uuidToBytes(testIdentity.clusterId), brokerId: 2, brokerEpoch: 7, leaderId: 1, levelMin: 1, levelMax: 1 };
const subscription = { generation: 1, topicId: uuidToBytes(topicId), partition: 0, leaderEpoch: 0, end: 0, syncedEnd: 0, lastEpoch: -1 };

/** A stream on which these messages are sent: what comes back first, and how it ends. */
function converse(...messages: readonly (Draft<FromFollower> | Buffer)[]) {
  const stream: PeerStream = channel.stream(Replication.follow.path);
  const said = Promise.withResolvers<FromLeader>();
  const answered = Promise.withResolvers<FromLeader>();
  const closed = Promise.withResolvers<string | undefined>();
  stream.receive({
    message: (bytes) => {
      const message = decodeFromLeader(bytes);
      said.resolve(message);
      if (message.answers.length > 0) answered.resolve(message);
    },
    ended: () => {},
    drained: () => {},
    closed: (reason) => closed.resolve(reason?.code),
  });
  for (const message of messages) stream.send([Buffer.isBuffer(message) ? message : encodeMessage(FromFollower, message)]);
  return { stream, said: said.promise, answered: answered.promise, closed: closed.promise };
}

test.each([
  ["does not begin with a hello", "INVALID_REQUEST", {}],
  ["is of another cluster", "INCONSISTENT_CLUSTER_ID", { hello: { ...hello, clusterId: Buffer.alloc(16, 9) } }],
  ["names its cluster in other than 16 bytes", "INCONSISTENT_CLUSTER_ID", { hello: { ...hello, clusterId: Buffer.alloc(3) } }],
  ["means another leader", "INVALID_REQUEST", { hello: { ...hello, leaderId: 5 } }],
  ["has no level in common", "UNSUPPORTED_VERSION", { hello: { ...hello, levelMin: 2, levelMax: 3 } }],
  ["is of a life that is over", "STALE_BROKER_EPOCH", { hello: { ...hello, brokerId: 1, brokerEpoch: -1 } }],
] as const)("a stream that %s ends with %s", async (_, code, message) => {
  expect(await converse(message).closed).toBe(code);
});

test("a second hello, and bytes that are no message, end the stream", async () => {
  expect(await converse({ hello }, { hello }).closed).toBe("INVALID_REQUEST");
  expect(await converse({ hello }, Buffer.from([0x12, 0x05])).closed).toBe("INVALID_REQUEST");
});

test("a hello is answered with the leader's own", async () => {
  const { said, stream } = converse({ hello });
  expect((await said).hello).toEqual({ brokerId: 1, levelMin: 1, levelMax: 1 });
  stream.end();
});

test.each([
  ["an older leader epoch is refused with the current one", { leaderEpoch: -1 }, { code: "FENCED_LEADER_EPOCH", leaderEpoch: 0 }],
  ["a newer leader epoch waits for metadata that does not come", { leaderEpoch: 5 }, { code: "UNKNOWN_LEADER_EPOCH", leaderEpoch: -1 }],
  ["a partition that is not known waits, too", { partition: 9 }, { code: "UNKNOWN_LEADER_EPOCH", leaderEpoch: -1 }],
  ["a topic id that is none is never known", { topicId: Buffer.alloc(3) }, { code: "UNKNOWN_LEADER_EPOCH", leaderEpoch: -1 }],
  ["a broker without a replica is refused", {}, { code: "NOT_LEADER_OR_FOLLOWER", leaderEpoch: 0 }],
] as const)("a subscription with %s", async (_, change, refused) => {
  const { answered, stream } = converse({ hello, subscribe: [{ ...subscription, ...change }] });
  expect((await answered).answers).toEqual([expect.objectContaining({ generation: 1, accepted: null, refused })]);
  stream.end();
});

test("without credit a follower is pushed marks alone; with a single byte of it the first batch comes whole", async () => {
  const batch = encodeBatch([{ key: null, value: Buffer.alloc(1_000), timestamp: 1 }]);
  await using two = await RealReplicas.open(2);
  const own = grpcPeers().channel(two.address(1));
  const stream = own.stream(Replication.follow.path);
  const pushed: number[] = [];
  const told = Promise.withResolvers<void>();
  stream.receive({
    message: (bytes) => {
      for (const { batches } of decodeFromLeader(bytes).pushes) pushed.push(batches.length);
      told.resolve();
    },
    ended: () => {},
    drained: () => {},
    closed: () => {},
  });
  // A newer life of broker 2 takes the place of the one that runs.
  const life = { hello: { ...hello, brokerEpoch: 99 }, subscribe: [{ ...subscription }] };
  stream.send([encodeMessage(FromFollower, life)]);
  await told.promise;
  const leader = two.partition(1);
  for (let count = 0; count < 2; count++) leader.append(Buffer.from(batch), { acks: 1, origin: "client" });
  await new Promise<void>((resolve) => void leader.whenWritten(leader.log.nextOffset, () => resolve()));
  stream.send([encodeMessage(FromFollower, { creditBytes: 1 })]);
  await expect.poll(() => pushed.filter((bytes) => bytes > 0)).toEqual([batch.length]);
  stream.send([encodeMessage(FromFollower, { creditBytes: 10_000 })]);
  await expect.poll(() => pushed.filter((bytes) => bytes > 0)).toEqual([batch.length, batch.length]);
  own.close();
});
