import { offsetNames, type RequestOf, type ResponseOf } from "@millrace/protocol";
import type { Isolation } from "@millrace/replication";
import { type LeaderEpoch, MillraceError, Offset, unknownLeaderEpoch } from "@millrace/vocabulary";
import type { Broker } from "../../../broker.ts";
import { listOffset, type OffsetSpot } from "../../../operations/list-offsets.ts";
import { locatePartition } from "../../../operations/locate.ts";
import { errorCodeOf, expectMillraceError } from "../error-codes.ts";
import { handler, type KafkaCall, type KafkaHandler } from "../handler.ts";
import { namedTwice, onceEach } from "../once-each.ts";

const readCommitted = 1;
/** A client that looks past the high watermark, for debugging. */
const debuggingReplica = -2;
/** The first version whose answer has a leader epoch. */
const leaderEpochVersion = 4;
/** Below this version OFFSET_NOT_AVAILABLE is not known. */
const offsetNotAvailableVersion = 5;

/** Names of offsets and the first version that may ask for each. */
const spots = new Map<number, { spot: OffsetSpot; from: number }>([
  [offsetNames.latest, { spot: "latest", from: 0 }],
  [offsetNames.earliest, { spot: "earliest", from: 0 }],
  [offsetNames.maxTimestamp, { spot: "max-timestamp", from: 7 }],
  [offsetNames.earliestLocal, { spot: "earliest", from: 8 }],
  [offsetNames.latestTiered, { spot: "tiered", from: 9 }],
  [offsetNames.earliestPendingUpload, { spot: "tiered", from: 11 }],
]);

export function listOffsetsHandler(broker: Broker): KafkaHandler<"ListOffsets"> {
  return handler("ListOffsets", { resource: "topic", access: "describe", quota: "request" }, (request, call) =>
    handle(broker, request, call),
  );
}

async function handle(broker: Broker, request: RequestOf<"ListOffsets">, call: KafkaCall): Promise<ResponseOf<"ListOffsets">> {
  const isolation: Isolation = request.isolationLevel === readCommitted ? "read_committed" : "read_uncommitted";
  const seesAll = request.replicaId === debuggingReplica;
  const topics = request.topics.map(async ({ name, partitions }) => {
    const twice = namedTwice(partitions, indexOf);
    const answers = onceEach(partitions, indexOf).map(async (asked) => {
      const partition = indexOf(asked);
      const answer = twice.has(partition)
        ? failed(new MillraceError("INVALID_REQUEST", { topic: name, partition, reason: "named twice" }))
        : await find(broker, name, asked, { isolation, seesAll }, call);
      return { partitionIndex: partition, ...answer };
    });
    return { name, partitions: await Promise.all(answers) };
  });
  return { topics: await Promise.all(topics) };
}

function indexOf({ partitionIndex }: { readonly partitionIndex: number }): number {
  return partitionIndex;
}

interface Asked {
  readonly partitionIndex: number;
  readonly currentLeaderEpoch: LeaderEpoch;
  readonly timestamp: number;
}

async function find(broker: Broker, topic: string, asked: Asked, sight: { isolation: Isolation; seesAll: boolean }, call: KafkaCall) {
  try {
    call.guard.check(topic);
    const spot = spotOf(asked.timestamp, call.version);
    const partition = locatePartition(broker, { name: topic }, asked.partitionIndex);
    partition.checkLeader(asked.currentLeaderEpoch);
    const { leaderEpoch, ...found } = await listOffset(partition, spot, sight);
    return { errorCode: 0, ...found, leaderEpoch: call.version >= leaderEpochVersion ? leaderEpoch : unknownLeaderEpoch };
  } catch (error) {
    const known = expectMillraceError(error);
    const isTooNew = known.code === "OFFSET_NOT_AVAILABLE" && call.version < offsetNotAvailableVersion;
    return failed(isTooNew ? new MillraceError("LEADER_NOT_AVAILABLE", known.facts) : known);
  }
}

/** What a timestamp asks for. UNSUPPORTED_VERSION for a name that the version does not have. */
function spotOf(timestamp: number, version: number): OffsetSpot | { timestampMs: number } {
  if (timestamp >= 0) return { timestampMs: timestamp };
  const named = spots.get(timestamp);
  if (named === undefined || version < named.from) throw new MillraceError("UNSUPPORTED_VERSION", { timestamp, version });
  return named.spot;
}

function failed(error: MillraceError) {
  return { errorCode: errorCodeOf(error), timestamp: -1, offset: Offset(-1), leaderEpoch: unknownLeaderEpoch };
}
