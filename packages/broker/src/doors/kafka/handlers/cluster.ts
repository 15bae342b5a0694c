import type { TopicImage } from "@millrace/metadata";
import type { RequestOf, ResponseOf } from "@millrace/protocol";
import { MillraceError, noBroker, zeroUuid } from "@millrace/vocabulary";
import type { Broker } from "../../../broker.ts";
import { authorizedOperations } from "../authorized-operations.ts";
import { errorCodeOf, errorFields } from "../error-codes.ts";
import { handler, type KafkaCall, type KafkaHandler } from "../handler.ts";

const brokerEndpoints = 1;

/** What the cluster looks like, to admin clients. */
export function clusterHandlers(broker: Broker): KafkaHandler<any>[] {
  return [
    handler("DescribeCluster", { resource: "none", access: "describe", quota: "request" }, (request, call) =>
      describe(broker, request, call),
    ),
    handler("DescribeTopicPartitions", { resource: "topic", access: "describe", quota: "request" }, (request, call) =>
      partitions(broker, request, call),
    ),
  ];
}

function describe(broker: Broker, request: RequestOf<"DescribeCluster">, call: KafkaCall): ResponseOf<"DescribeCluster"> {
  const { image, endpoints, clusterId, self } = broker;
  if (request.endpointType !== brokerEndpoints) {
    const error = new MillraceError("UNSUPPORTED_ENDPOINT_TYPE", { endpointType: request.endpointType, served: brokerEndpoints });
    return { ...errorFields(error), clusterId: "", brokers: [] };
  }
  const shown = [...image.brokers.values()].filter(({ isFenced }) => !isFenced || request.includeFencedBrokers).sort((a, b) => a.id - b.id);
  const brokers = shown.flatMap((each) => {
    const address = endpoints.of(each, call.context);
    return address === undefined
      ? []
      : [{ brokerId: each.id, host: address.host, port: address.port, rack: each.rack ?? null, isFenced: each.isFenced }];
  });
  return {
    errorCode: 0,
    clusterId,
    controllerId: brokers.some(({ brokerId, isFenced }) => brokerId === self && !isFenced) ? self : (brokers[0]?.brokerId ?? noBroker),
    brokers,
    clusterAuthorizedOperations: request.includeClusterAuthorizedOperations ? authorizedOperations(call, "cluster") : undefined,
  };
}

type Page = ResponseOf<"DescribeTopicPartitions">;
type PageTopic = Page["topics"][number];

function partitions(broker: Broker, request: RequestOf<"DescribeTopicPartitions">, call: KafkaCall): Page {
  const limit = Math.max(1, Math.min(request.responsePartitionLimit, broker.configuration.get("max.request.partition.size.limit")));
  const { cursor } = request;
  const isAll = request.topics.length === 0;
  const names = isAll
    ? [...broker.image.topics.all()].map(({ name }) => name)
    : [...new Set(request.topics.map(({ name }) => name))].sort();
  const topics: PageTopic[] = [];
  let room = limit;
  for (const name of names) {
    if (cursor !== null && name < cursor.topicName) continue;
    const topic = broker.image.topics.byName(name);
    if (topic === undefined || !call.guard.allows(name)) {
      if (!isAll) topics.push(missing(name));
      continue;
    }
    const first = cursor?.topicName === name ? cursor.partitionIndex : 0;
    if (room === 0) return { topics, nextCursor: { topicName: name, partitionIndex: first } };
    const shown = topic.partitions.slice(first, first + room);
    topics.push(pageTopic(broker, topic, shown, call));
    room -= shown.length;
    if (first + shown.length < topic.partitions.length)
      return { topics, nextCursor: { topicName: name, partitionIndex: first + shown.length } };
  }
  return { topics, nextCursor: null };
}

function missing(name: string): PageTopic {
  return { errorCode: errorCodeOf(new MillraceError("UNKNOWN_TOPIC_OR_PARTITION")), name, topicId: zeroUuid, partitions: [] };
}

function pageTopic({ image }: Broker, topic: TopicImage, shown: TopicImage["partitions"], call: KafkaCall): PageTopic {
  return {
    errorCode: 0,
    name: topic.name,
    topicId: topic.id,
    isInternal: topic.isInternal,
    partitions: shown.map((partition) => ({
      errorCode: partition.leader === noBroker ? errorCodeOf(new MillraceError("LEADER_NOT_AVAILABLE")) : 0,
      partitionIndex: partition.index,
      leaderId: partition.leader,
      leaderEpoch: partition.leaderEpoch,
      replicaNodes: partition.replicas,
      isrNodes: partition.isr,
      eligibleLeaderReplicas: partition.eligibleLeaders,
      lastKnownElr: [],
      offlineReplicas: partition.replicas.filter((id) => image.brokers.get(id)?.isFenced ?? true),
    })),
    topicAuthorizedOperations: authorizedOperations(call, "topic", topic.name),
  };
}
