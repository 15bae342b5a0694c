import { Log, type Topic } from "@millrace/contracts/log";
import type { Draft } from "@millrace/contracts";
import type { TopicImage } from "@millrace/metadata";
import type { PeerMethod } from "@millrace/runtime";
import { LeaderEpoch, MillraceError, noBroker, topicNameFault, unknownLeaderEpoch, uuidToBytes } from "@millrace/vocabulary";
import type { Broker } from "../../broker.ts";
import { listOffset, type OffsetSpot } from "../../operations/list-offsets.ts";
import { locatePartition, locateTopic } from "../../operations/locate.ts";
import { attempt, failureDraft, leaderDraft, topicRef } from "./drafts.ts";
import type { GrpcCall, Unary } from "./unary.ts";

/** `OffsetSpot` of log.proto, by number; a timestamp has no name here. */
const spots: readonly (OffsetSpot | undefined)[] = ["latest", "earliest", "max-timestamp"];
const timestampSpot = 3;
const readCommitted = 1;

/** Where records are, and who leads them. */
export function logMethods(broker: Broker, unary: Unary): PeerMethod[] {
  return [
    unary(Log.describeTopics, { resource: "topic", access: "describe", quota: "request" }, (request, call) => {
      const missing: string[] = [];
      const topics = request.all ? everyTopic(broker, call) : namedTopics(broker, request, call, missing);
      if (request.createMissing) broker.topics.createMissing(missing);
      const brokers = broker.endpoints
        .all(broker.image, call.context)
        .map(({ id, host, port, rack }) => ({ id, host, port, rack: rack ?? "" }));
      return { clusterId: broker.clusterId, controller: broker.self, brokers, topics };
    }),

    unary(Log.listOffsets, { resource: "topic", access: "describe", quota: "request" }, async ({ isolation, queries }, call) => {
      const sight = { isolation: isolation === readCommitted ? "read_committed" : "read_uncommitted", seesAll: false } as const;
      const offsets = queries.map(async (query) => {
        const found = await attempt(() => {
          const partition = locatePartition(broker, topicRef(query.topic, query.topicId), query.partition);
          call.guard.check(partition.topic);
          partition.checkLeader(query.leaderEpoch === null ? unknownLeaderEpoch : LeaderEpoch(query.leaderEpoch));
          const spot = spots[query.spot];
          if (spot === undefined && query.spot !== timestampSpot) throw new MillraceError("INVALID_REQUEST", { spot: query.spot });
          return listOffset(partition, spot ?? { timestampMs: query.timestampMs }, sight);
        });
        if (found instanceof MillraceError) return { failure: failureDraft(found), leader: leaderDraft(broker, call.context, found) };
        const { offset, timestamp, leaderEpoch } = found;
        return { offset: present(offset), timestampMs: present(timestamp), leaderEpoch: present(leaderEpoch) };
      });
      return { offsets: await Promise.all(offsets) };
    }),

    unary(Log.initProducer, { resource: "cluster", access: "idempotent_write", quota: "request" }, async (_, { guard }) => {
      guard.checkCluster();
      return { producerId: await broker.producerIds.take(), producerEpoch: 0 };
    }),
  ];
}

/** Kafka's -1 is protobuf's absence. */
function present(value: number): number | undefined {
  return value < 0 ? undefined : value;
}

function everyTopic(broker: Broker, { guard }: GrpcCall): Draft<Topic>[] {
  return [...broker.image.topics.all()].filter(({ name }) => guard.allows(name)).map(topicDraft);
}

function namedTopics(
  broker: Broker,
  { names, ids }: { names: readonly string[]; ids: readonly Buffer[] },
  { guard }: GrpcCall,
  missing: string[],
): Draft<Topic>[] {
  const byName = names.map((name) => {
    try {
      const fault = topicNameFault(name);
      if (fault !== undefined) throw new MillraceError("INVALID_TOPIC_EXCEPTION", { topic: name, reason: fault });
      guard.check(name);
      return topicDraft(locateTopic(broker.image, { name }));
    } catch (error) {
      if (error instanceof MillraceError && error.code === "UNKNOWN_TOPIC_OR_PARTITION") missing.push(name);
      return { failure: failureDraft(error), name };
    }
  });
  const byId = ids.map((id) => {
    try {
      const topic = locateTopic(broker.image, topicRef("", id));
      guard.check(topic.name);
      return topicDraft(topic);
    } catch (error) {
      return { failure: failureDraft(error), id };
    }
  });
  return [...byName, ...byId];
}

function topicDraft({ id, name, isInternal, partitions }: TopicImage): Draft<Topic> {
  return {
    name,
    id: uuidToBytes(id),
    internal: isInternal,
    partitions: partitions.map(({ index, leader, leaderEpoch, replicas, isr }) => ({
      partition: index,
      leader: leader === noBroker ? undefined : leader,
      leaderEpoch,
      replicas: [...replicas],
      isr: [...isr],
    })),
  };
}
