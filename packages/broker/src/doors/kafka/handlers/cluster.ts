import type { TopicImage } from "@millrace/metadata";
import type { RequestOf, ResponseOf } from "@millrace/protocol";
import { MillraceError, noBroker, topicNameFault, zeroUuid } from "@millrace/vocabulary";
import type { Broker } from "../../../broker.ts";
import { authorizedOperations } from "../authorized-operations.ts";
import { errorCodeOf, errorFields, expectMillraceError } from "../error-codes.ts";
import { handler, type KafkaCall, type KafkaHandler } from "../handler.ts";

const brokerEndpoints = 1;
const controllerEndpoints = 2;

/** What the cluster looks like, to admin clients. */
export function clusterHandlers(broker: Broker): KafkaHandler<any>[] {
  return [
    handler("DescribeCluster", { resource: "none", access: "describe", quota: "request" }, (request, call) =>
      describe(broker, request, call),
    ),
    handler("UnregisterBroker", { resource: "cluster", access: "alter", quota: "controller_mutation" }, (request, call) =>
      unregister(broker, request, call),
    ),
    handler("DescribeTopicPartitions", { resource: "topic", access: "describe", quota: "request" }, (request, call) =>
      partitions(broker, request, call),
    ),
  ];
}

function describe(broker: Broker, request: RequestOf<"DescribeCluster">, call: KafkaCall): ResponseOf<"DescribeCluster"> {
  const { image, endpoints, clusterId, self } = broker;
  if (request.endpointType !== brokerEndpoints) {
    const code = request.endpointType === controllerEndpoints ? "MISMATCHED_ENDPOINT_TYPE" : "UNSUPPORTED_ENDPOINT_TYPE";
    const error = new MillraceError(code, { endpointType: request.endpointType, served: brokerEndpoints });
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

async function unregister(
  broker: Broker,
  { brokerId }: RequestOf<"UnregisterBroker">,
  { guard }: KafkaCall,
): Promise<ResponseOf<"UnregisterBroker">> {
  try {
    guard.checkCluster();
    guard.charge(1);
    await broker.controller.unregisterBroker(brokerId);
    return errorFields(undefined);
  } catch (error) {
    return errorFields(expectMillraceError(error));
  }
}

type Page = ResponseOf<"DescribeTopicPartitions">;
type PageTopic = Page["topics"][number];

/** A page of partitions: topics by name, from the cursor on. A cursor must stand at a topic that is asked for. */
function partitions(broker: Broker, request: RequestOf<"DescribeTopicPartitions">, call: KafkaCall): Page {
  const { cursor } = request;
  const isAll = request.topics.length === 0;
  const asked = isAll ? [...broker.image.topics.all()].map(({ name }) => name) : request.topics.map(({ name }) => name);
  const names = [...new Set(asked)].sort();
  if (cursor !== null && (cursor.partitionIndex < 0 || !(isAll || names.includes(cursor.topicName)))) {
    const error = new MillraceError("INVALID_REQUEST", { cursor: `${cursor.topicName}-${cursor.partitionIndex}` });
    return { topics: names.map((name) => failed(name, error)), nextCursor: null };
  }
  const topics: PageTopic[] = [];
  let room = Math.max(1, Math.min(request.responsePartitionLimit, broker.configuration.get("max.request.partition.size.limit")));
  for (const name of names) {
    if (cursor !== null && name < cursor.topicName) continue;
    const first = cursor?.topicName === name ? cursor.partitionIndex : 0;
    if (room === 0) return { topics, nextCursor: { topicName: name, partitionIndex: first } };
    const topic = call.guard.allows(name) ? broker.image.topics.byName(name) : undefined;
    if (topic === undefined) {
      if (!isAll) topics.push(missing(name, call));
      continue;
    }
    const shown = topic.partitions.slice(first, first + room);
    topics.push(pageTopic(broker, topic, shown, call));
    room -= shown.length;
    if (first + shown.length < topic.partitions.length)
      return { topics, nextCursor: { topicName: name, partitionIndex: first + shown.length } };
  }
  return { topics, nextCursor: null };
}

/** What may be done to a topic is told even where there is none. */
function missing(name: string, call: KafkaCall): PageTopic {
  const reason = topicNameFault(name);
  const error =
    reason === undefined
      ? new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", { topic: name })
      : new MillraceError("INVALID_TOPIC_EXCEPTION", { topic: name, reason });
  return { ...failed(name, error), topicAuthorizedOperations: authorizedOperations(call, "topic", name) };
}

function failed(name: string, error: MillraceError): PageTopic {
  return { errorCode: errorCodeOf(error), name, topicId: zeroUuid, partitions: [] };
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
      lastKnownElr: partition.lastKnownLeader === noBroker ? [] : [partition.lastKnownLeader],
      offlineReplicas: partition.replicas.filter((id) => image.brokers.get(id)?.isFenced ?? true),
    })),
    topicAuthorizedOperations: authorizedOperations(call, "topic", topic.name),
  };
}
